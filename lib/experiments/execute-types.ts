import type { EngineChoice } from '@/lib/engine/registry/optional'
import type { EpochRecord } from '@/lib/model/checkpoint'
import type { TrainedModel } from '@/lib/model/model-file'
import type { ArrayCache } from './encoded/array-cache.node.ts'
import type { PartOf } from './encoded/gather-parts'
import type { LineTable } from './encoded/line-table'
import type { LabelledLog } from './labelled-log'
import type { LineAnswers } from './line-answers'
import type { Point } from './points'
import type { ClassResult, ConfusionCell, RunEnvironment, RunMetrics, RunTimings, SplitName } from './run-spec'

/** API lines ready for a network: 39 categorical values and the target label each, in log order. */
export interface TrainingLines {
  readonly table: LineTable
  /** Names the data in the model card. */
  readonly source: { readonly name: string; readonly sha256: string; readonly lines: number }
}

export const PHASES = ['load', 'preprocess', 'train', 'infer', 'measure', 'save'] as const
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

/** Why a training was ended before its own end: it is far behind others, or the launch's budget is spent. */
export type EndedEarly = 'hopeless' | 'budget-spent'

/** A split that is stored with a data set. */
export interface LoadedSplit { readonly name: string; readonly version: number; readonly partOf: PartOf }

/** A data set as a run reads it; each part is loaded when it is asked for. */
export interface RunData {
  /** What a network over windows learns from: the first `limit` lines, all of them where null. */
  loadLines(limit: number | null): Promise<TrainingLines>
  /** What the linked network learns from. */
  loadLog(): Promise<LabelledLog>
  /** A stored split by name; absent where a log is a file and has none. */
  loadSplit?(split: SplitName): Promise<LoadedSplit>
}

export interface ExecuteDeps extends RunData {
  readonly threads: number
  /** Of Auditweave, for the run's record. */
  readonly version: string
  /** Where a run's settings name no engine. */
  readonly engine?: EngineChoice
  /** The data set that a run of the transfer protocol is scored on, by the name in its settings. */
  loadScored(name: string): Promise<RunData>
  /** A model that ships, by name; measurements use one. */
  loadModel(name: string): Promise<TrainedModel>
  /** Where linked logs are kept for later runs; each run links its log anew where it is absent. */
  readonly cache?: ArrayCache
  readonly resume: Uint8Array | null
  readonly signal: AbortSignal
  onProgress(progress: RunProgress): void
  onEpoch(row: EpochRow): void | Promise<void>
  /** Called at epoch ends; `bytes` resumes the run to the same weights. */
  onCheckpoint(epoch: number, bytes: Uint8Array): void | Promise<void>
  /** Asked when all else at an epoch's end is done: an answer ends the training there, and the run is scored with the best weights so far. */
  shouldEnd?(row: EpochRow): Promise<EndedEarly | null>
}

/** What came of a run. */
export interface RunOutcome {
  /** Null, as are the four after it, where nothing was trained. */
  readonly metrics: RunMetrics | null
  readonly perClass: readonly ClassResult[] | null
  readonly confusion: readonly ConfusionCell[] | null
  /** A model folder's two files. */
  readonly model: { readonly manifest: string; readonly weights: Uint8Array } | null
  /** What it said of each test line. */
  readonly answers: LineAnswers | null
  readonly timings: RunTimings
  readonly environment: RunEnvironment
  /** What was measured beside the metrics. */
  readonly points: readonly Point[]
  readonly endedEarly: EndedEarly | null
}

/** The outcome of a training, in which nothing is missing. */
export type TrainingOutcome = { readonly [K in keyof RunOutcome]: K extends 'endedEarly' ? RunOutcome[K] : NonNullable<RunOutcome[K]> }
