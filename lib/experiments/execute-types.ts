import type { EpochRecord } from '@/lib/model/checkpoint'
import type { LineTable } from './encoded/line-table'
import type { LabelledLog } from './labelled-log'
import type { ClassResult, ConfusionCell, RunEnvironment, RunMetrics, RunTimings } from './run-spec'

/** API lines ready for a network: 39 categorical values and the target label each, in log order. */
export interface TrainingLines {
  readonly table: LineTable
  /** Names the data in the model card. */
  readonly source: { readonly name: string; readonly sha256: string; readonly lines: number }
}

export const PHASES = ['load', 'preprocess', 'train', 'infer', 'save'] as const
export type Phase = (typeof PHASES)[number]

export type EpochRow = EpochRecord

/** `done` and `total` count the phase's own unit; secondsLeft is null until it can be told. */
export interface RunProgress {
  readonly phase: Phase
  readonly done: number
  readonly total: number
  readonly unit: 'lines' | 'steps' | 'windows'
  readonly epoch: number | null
  readonly epochs: number | null
  readonly secondsLeft: number | null
}

export interface ExecuteDeps {
  readonly threads: number
  /** Of Auditweave, for the run's record. */
  readonly version: string
  /** What a network over windows learns from. */
  loadLines(): Promise<TrainingLines>
  /** What the linked network learns from. */
  loadLog(): Promise<LabelledLog>
  readonly resume: Uint8Array | null
  readonly signal: AbortSignal
  onProgress(progress: RunProgress): void
  onEpoch(row: EpochRow): void | Promise<void>
  /** Called at epoch ends; `bytes` resumes the run to the same weights. */
  onCheckpoint(epoch: number, bytes: Uint8Array): void | Promise<void>
}

export interface RunOutcome {
  readonly metrics: RunMetrics
  readonly timings: RunTimings
  readonly perClass: readonly ClassResult[]
  readonly confusion: readonly ConfusionCell[]
  readonly environment: RunEnvironment
  /** A model folder's two files. */
  readonly model: { readonly manifest: string; readonly weights: Uint8Array }
}
