import { z } from 'zod'

/** What a reconstruction is asked for beside contexts. */
export const reconstructionOptions = z.object({
  /** Keeps of each line what those who label want to know, and asks a model. */
  evidence: z.boolean().default(false),
  /** Trains the model first, on what is labelled by now. */
  learn: z.boolean().default(false),
})
export type ReconstructionOptions = z.infer<typeof reconstructionOptions>
