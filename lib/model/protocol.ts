import { z } from 'zod'

/** How the lines that score a model were held out: shares of its data set, one of k folds, another data set by name, or a split that is stored with the data set. */
export const heldOutSchema = z.strictObject({
  name: z.enum(['paper', 'blocked', 'transfer', 'stored']),
  test: z.number(),
  validation: z.number(),
  fold: z.strictObject({ k: z.int().min(2), fold: z.int().min(1) }).optional(),
  scoredOn: z.string().max(200).optional(),
  split: z.strictObject({ name: z.string().max(200), version: z.int() }).optional(),
})
export type HeldOut = z.infer<typeof heldOutSchema>
