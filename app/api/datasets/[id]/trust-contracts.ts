import { z } from 'zod'
import { AGREEMENT_PARTS } from '@/lib/labelling/agreement/ratings'
import { annotatorName } from '../../annotators/contracts'
import { idSchema } from '../../contracts'

const seedSchema = z.int().min(0).max(2 ** 31 - 1)

const createBody = z.strictObject({
  title: z.string().trim().min(1).max(200),
  annotator: annotatorName,
  sample: z.strictObject({
    method: z.enum(['random', 'stratified']),
    seed: seedSchema.default(1),
    size: z.union([z.strictObject({ count: z.int().min(1).max(100_000) }), z.strictObject({ share: z.number().gt(0).max(1) })]),
    from: z.enum(['labelled', 'all']).default('labelled'),
  }),
})

const stateBody = z.strictObject({ assignment: idSchema, state: z.enum(['open', 'closed']) })

/** A new assignment, or another state of one that is there. */
export const assignmentBody = z.union([createBody, stateBody])
export const assignmentsQuery = z.object({ assignment: idSchema.optional() })

/** `shared`, `model`, `rules`, or `by:` and a name. */
const sideSchema = z.string().regex(/^(?:shared|model|rules|by:[^\p{Cc}]{1,64})$/u, 'not a side')
export const pairQuery = z.object({ a: sideSchema.optional(), b: sideSchema.optional(), part: z.enum(AGREEMENT_PARTS).optional() })

/** A stored model's id, or the name of one that ships; the default one where it is left out. */
export const driftQuery = z.object({ model: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'not a model').optional() })
