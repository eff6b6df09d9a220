import { z } from 'zod'

/** Pages whose states can be named. */
export const VIEW_ROOMS = ['runs', 'compare', 'lines'] as const
const name = z.string().min(1).max(120)
/** The query of an address; it is only ever read by the page's own codec. */
const state = z.string().max(16_000)

export const viewsQuery = z.object({ room: z.enum(VIEW_ROOMS) })
export const viewBody = z.strictObject({ room: z.enum(VIEW_ROOMS), name, state })
export const viewChangeBody = z.strictObject({ name: name.optional(), state: state.optional() })
