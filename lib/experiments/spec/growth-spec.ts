import { z } from 'zod'
import { searchSchema } from '../search/search-spec'

/** How a launch goes on from its ended runs. */
export const growthSchema = z.discriminatedUnion('kind', [
  /** Hyper-parameters: Hyperband and random search. */
  z.strictObject({ kind: z.literal('search'), search: searchSchema }),
  /**
   * Backward elimination: each round leaves every remaining candidate (a feature or a group's name) out by itself, drops the one whose absence gives the best
   * `measure` (mean over seeds), and goes on until `keep` are left or the measure falls by more than `tolerance` below the best so far.
   */
  z.strictObject({ kind: z.literal('elimination'), candidates: z.array(z.string()).min(2), keep: z.int().min(1), tolerance: z.number().min(0).max(1), measure: z.string() }),
])
export type Growth = z.infer<typeof growthSchema>
