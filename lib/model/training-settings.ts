import { z } from 'zod'

/**
 * What decides a training run besides the network and the data. `stride` is the distance between the starts of
 * training windows; the paper's is 1. `maxSeconds` ends training early with the best weights so far: a run that it cuts
 * depends on the machine's speed.
 */
export const trainingSettingsSchema = z.strictObject({
  epochs: z.int().min(1).max(10_000),
  batch: z.int().min(1).max(1024),
  learningRate: z.number().positive().max(1),
  stride: z.int().min(1).max(4096),
  /**
   * Where windows begin: `fixed` at the same lines in every epoch (the default), `random` at lines that differ by epoch, so that few windows an
   * epoch still come to begin anywhere. The split then holds windows at every line.
   */
  phase: z.enum(['fixed', 'random']).optional(),
  earlyStoppingPatience: z.int().min(1),
  reducePatience: z.int().min(1),
  reduceFactor: z.number().positive().max(1),
  /** A smaller fall of the validation loss does not count against reducing the rate (Keras's default 1e-4). */
  reduceMinDelta: z.number().min(0).default(1e-4),
  seed: z.int().min(0).max(2 ** 31 - 1),
  maxSeconds: z.number().positive().nullable().default(null),
})
export type TrainingSettings = z.infer<typeof trainingSettingsSchema>
