import { z } from 'zod'

/** Larger begins sooner; runs of one launch keep their order among themselves. */
export const prioritySchema = z.int().min(-100).max(100)

/** What a launch may cost, all its runs together; of launches made at once ("run all") the whole of them. */
export const budgetSchema = z.strictObject({
  /** Of run time: runs side by side each count. */
  seconds: z.number().positive().max(1e9).optional(),
  /** Runs that may begin. */
  runs: z.int().min(1).max(1_000_000).optional(),
})
export type Budget = z.infer<typeof budgetSchema>

/** When a run is given up beside others of its launch; see `early-stop.ts`. */
export const earlyStopSchema = z.strictObject({
  /** No run is given up before it has trained so many. */
  graceEpochs: z.int().min(1).max(10_000).default(3),
  /** Finished runs to compare with, at least. */
  leastRuns: z.int().min(1).max(1000).default(3),
})
export type EarlyStop = z.infer<typeof earlyStopSchema>

export const EARLY_STOP: EarlyStop = earlyStopSchema.parse({})

/** Which command made a launch, so that the same command goes on with it instead of making another. */
const commandSchema = z.strictObject({
  /** Of Auditweave. */
  version: z.string(),
  /** Digest of what was asked for. */
  digest: z.string(),
  /** Whether the command has told how it ended. */
  told: z.boolean(),
})

/** How a launch is carried out: nothing of it decides a run's figures but `earlyStop` and a budget that is spent. */
export const launchOptionsSchema = z.strictObject({
  priority: prioritySchema.optional(),
  budget: budgetSchema.optional(),
  earlyStop: earlyStopSchema.optional(),
  command: commandSchema.optional(),
  /** Runs it was made with; one that grows has more later (`expectedRuns` in growth/growth.ts). */
  begun: z.int().min(0).optional(),
})
export type LaunchOptions = z.infer<typeof launchOptionsSchema>
