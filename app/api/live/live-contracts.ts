import { z } from 'zod'
import { QUERY_LIMITS } from '@/lib/query'
import type { LiveUpdate } from '@/lib/live/live-state'
import { idSchema } from '../contracts'

export const contextParams = z.object({ context: idSchema })
export const lineParams = z.object({ context: idSchema, seq: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER) })
export const rowParams = z.object({ id: idSchema })
export const updateQuery = z.strictObject({ run: z.string().regex(/^[0-9a-f]{1,32}$/).optional(), since: z.coerce.number().int().nonnegative().default(0) })
export const alertsQuery = z.strictObject({ state: z.enum(['open', 'acknowledged']).optional(), limit: z.coerce.number().int().min(1).max(1000).default(200), context: idSchema.optional() })
export const acknowledgeBody = z.strictObject({ state: z.enum(['open', 'acknowledged']).default('acknowledged') })
export const keepBody = z.strictObject({ name: z.string().trim().min(1).max(255) })
export const tryBody = z.strictObject({ query: z.string().min(1).max(QUERY_LIMITS.text) })
export const startersBody = z.strictObject({ enabled: z.boolean().default(true), names: z.array(z.string().max(120)).max(200).optional() })

/** What /live shows; `update` is null while nothing is received here. */
export interface LiveAnswer { readonly update: LiveUpdate | null }
