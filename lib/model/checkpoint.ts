import { z } from 'zod'
import { AuditweaveError } from '@/lib/audit/errors'
import type { OptimizerState, Weights } from '@/lib/engine/types'
import type { Plateau } from './plateau'
import { readTensors, writeTensors } from './safetensors'
import { prefixed, unprefixed } from './weights'

export const STOP_REASONS = ['epochs', 'earlyStopping', 'maxSeconds', 'aborted'] as const
export type StopReason = (typeof STOP_REASONS)[number]

const epochRecordSchema = z.strictObject({
  /** From 1. */
  epoch: z.int().min(1),
  steps: z.int(),
  loss: z.number(),
  accuracy: z.number(),
  validationLoss: z.number(),
  validationAccuracy: z.number(),
  /** The rate this epoch trained with. */
  learningRate: z.number(),
  /** Wall clock, validation included. */
  seconds: z.number(),
  /** Whether its weights are the best so far. */
  best: z.boolean(),
})
/**
 * One epoch's figures; losses are means over windows, lines and heads, accuracies shares of label parts. Parts without a
 * class in the coder (labels never trained on) count in neither, so a blocked validation looks better than its test.
 */
export type EpochRecord = z.infer<typeof epochRecordSchema>

/** All that a run needs to go on after an epoch as if it had never stopped. */
export interface Checkpoint {
  /** Epochs done. */
  readonly epoch: number
  readonly weights: Weights
  readonly best: Weights
  readonly optimizer: OptimizerState
  readonly plateau: Plateau
  readonly history: readonly EpochRecord[]
  /** Training time so far. */
  readonly seconds: number
  readonly stopped: StopReason | null
  /** Tells runs apart: a checkpoint resumes only the run that wrote it. */
  readonly fingerprint: string
}

const stateSchema = z.strictObject({
  version: z.literal(1),
  epoch: z.int().min(0),
  optimizerStep: z.int().min(0),
  plateau: z.strictObject({
    learningRate: z.number(), best: z.number().nullable(), bestEpoch: z.int(), wait: z.int(), reduceBest: z.number().nullable(), reduceWait: z.int(),
  }),
  history: z.array(epochRecordSchema),
  seconds: z.number(),
  stopped: z.enum(STOP_REASONS).nullable(),
  fingerprint: z.string(),
})

/** One safetensors file: four sets of tensors, the rest as JSON in its metadata. */
export function serialiseCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { weights, best, optimizer, ...rest } = checkpoint
  const state: z.infer<typeof stateSchema> = { version: 1, optimizerStep: optimizer.step, ...rest, history: [...rest.history] }
  const tensors = new Map([...prefixed('weights', weights), ...prefixed('best', best), ...prefixed('first', optimizer.first), ...prefixed('second', optimizer.second)])
  return writeTensors({ tensors, metadata: { checkpoint: JSON.stringify(state) } })
}

/** Throws 'bad-checkpoint' (or 'bad-weights') where the bytes are not a whole checkpoint. */
export function parseCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = readTensors(bytes)
  let json: unknown = null
  try {
    json = JSON.parse(metadata.checkpoint ?? 'null')
  } catch {
    // Left null: the schema says what is wrong with it.
  }
  const parsed = stateSchema.safeParse(json)
  if (!parsed.success) throw new AuditweaveError('bad-checkpoint', `The checkpoint cannot be resumed: ${parsed.error.issues[0]?.message ?? 'no state'}. Start the run anew.`)
  const { version: _version, optimizerStep, ...state } = parsed.data
  return {
    ...state,
    weights: unprefixed('weights', tensors),
    best: unprefixed('best', tensors),
    optimizer: { step: optimizerStep, first: unprefixed('first', tensors), second: unprefixed('second', tensors) },
  }
}
