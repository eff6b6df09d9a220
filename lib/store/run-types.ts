import type { Point } from '@/lib/experiments/points'
import type { EpochRow, RunProgress } from '@/lib/experiments/execute-types'
import type { ClassResult, ConfusionCell, RunEnvironment, RunMetrics, RunTimings } from '@/lib/experiments/run-spec'
import type { JsonObject, RunState, StoredError } from './types'

export type RunKind = 'train' | 'measure'

/** A run to be made; `params` is the RunSpec or MeasureSpec that is carried out, `axes` what a sweep varies. */
export interface NewRun {
  /** A training unless said otherwise. */
  readonly kind?: RunKind
  readonly name: string
  readonly preset: string
  readonly protocol: string
  readonly seed: number
  readonly axes: object
  readonly params: object
  readonly priority?: number
  readonly tags?: readonly string[]
}

/** A run as tables show it: without the heavy parts. */
export interface RunRow {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly experimentId: string | null
  readonly experimentName: string | null
  readonly datasetId: string
  readonly datasetName: string
  readonly preset: string
  readonly protocol: string
  readonly seed: number
  readonly axes: JsonObject
  readonly kind: RunKind
  readonly state: RunState
  /** Why its training was cut short: 'hopeless' beside others, or 'budget-spent'; null where it ended by itself. */
  readonly endedEarly: string | null
  /** Of the data set when the run began; null before. */
  readonly datasetVersion: number | null
  readonly attempt: number
  readonly worker: string | null
  readonly cancelRequested: boolean
  readonly progress: RunProgress | null
  readonly engine: string | null
  readonly timings: RunTimings | null
  readonly metrics: RunMetrics | null
  readonly error: StoredError | null
  readonly tags: string[]
  readonly pinned: boolean
  readonly epochs: number
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** A run with all that is kept of it. */
export interface Run extends RunRow {
  readonly params: JsonObject
  readonly priority: number
  /** What it measured beside its metrics. */
  readonly points: readonly Point[]
  /** Wall clock of all ended attempts, those lost included. */
  readonly workedSeconds: number
  readonly environment: RunEnvironment | null
  readonly perClass: ClassResult[] | null
  readonly confusion: ConfusionCell[] | null
  readonly note: string
  readonly clonedFromId: string | null
  readonly hasCheckpoint: boolean
  readonly models: readonly { readonly id: string; readonly name: string }[]
}

export interface StoredEpoch extends EpochRow { readonly fold: number }

export type { EpochRow, RunProgress }
