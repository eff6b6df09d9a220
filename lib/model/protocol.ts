import { z } from 'zod'

/** How the lines that score a model were held out: shares of its data set, one of k folds, or another data set by name. */
export const heldOutSchema = z.strictObject({
  name: z.enum(['paper', 'blocked', 'transfer']),
  test: z.number(),
  validation: z.number(),
  fold: z.strictObject({ k: z.int().min(2), fold: z.int().min(1) }).optional(),
  scoredOn: z.string().max(200).optional(),
})
export type HeldOut = z.infer<typeof heldOutSchema>
