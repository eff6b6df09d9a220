import { z } from 'zod'
import { idSchema } from '../../contracts'

/** A context's id, as lib/contexts makes it. */
export const contextIdSchema = z.string().regex(/^ctx-[0-9a-f]{16}$/, 'not a context')
export const contextParams = z.object({ id: idSchema, context: contextIdSchema })
export const lineParams = z.object({ id: idSchema, seq: z.string().regex(/^\d{1,9}$/, 'not a line').transform(Number) })

/** Requests that one act may name. */
const MOST_REQUESTS = 200_000
const requests = z.array(z.string().min(1).max(512)).min(1).max(MOST_REQUESTS)
const contexts = z.array(contextIdSchema).min(1).max(10_000)
const uuid = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'not a random UUID')
const why = z.string().max(2000).default('')

export const CORRECTION_LIMIT = 16 * 1024 * 1024
export const correctionBody = z.strictObject({
  id: uuid,
  seen: z.int().min(0),
  why,
  act: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('move'), requests, to: contextIdSchema }),
    z.strictObject({ kind: z.literal('split'), requests, trigger: z.string().min(1).max(512) }),
    z.strictObject({ kind: z.literal('merge'), contexts, into: contextIdSchema }),
    z.strictObject({ kind: z.literal('background'), requests }),
    z.strictObject({ kind: z.literal('confirm'), contexts }),
  ]),
})
export const undoBody = z.strictObject({ id: uuid, correction: uuid, why })
export const correctionsQuery = z.object({ context: contextIdSchema.optional() })
