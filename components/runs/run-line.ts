import type { RunProgress } from '@/lib/experiments/execute-types'
import type { RunRow } from '@/lib/store/run-types'
import type { RunState } from '@/lib/store/types'

export type { RunState }

/** What pages read of a stored run. */
export type RunSource = RunRow

/** A run in short, as lists, the live stream and menus show it. */
export interface RunLine {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly experimentId: string | null
  readonly experiment: string | null
  readonly dataset: string
  readonly preset: string
  readonly protocol: string
  readonly window: number | null
  /** Its number in a search. */
  readonly trial: number | null
  readonly seed: number
  readonly kind: RunRow['kind']
  readonly state: RunState
  readonly endedEarly: string | null
  readonly stopping: boolean
  readonly pinned: boolean
  readonly progress: RunProgress | null
  readonly error: string | null
  readonly epochs: number
  readonly windowF1: number | null
  readonly lineF1: number | null
  readonly weightedF1: number | null
  readonly lineAccuracy: number | null
  readonly trainSeconds: number | null
  readonly preprocessSeconds: number | null
  readonly inferMillis: number | null
  readonly totalSeconds: number | null
  readonly engine: string | null
  readonly worker: string | null
  readonly tags: readonly string[]
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

export function runLine(run: RunSource): RunLine {
  const { metrics, timings, axes } = run
  return {
    id: run.id,
    number: run.number,
    name: run.name,
    experimentId: run.experimentId,
    experiment: run.experimentName,
    dataset: run.datasetName,
    preset: run.preset,
    protocol: run.protocol,
    window: typeof axes.window === 'number' ? axes.window : null,
    trial: typeof axes.trial === 'number' ? axes.trial : null,
    seed: run.seed,
    kind: run.kind,
    state: run.state,
    endedEarly: run.endedEarly,
    stopping: run.state === 'running' && run.cancelRequested,
    pinned: run.pinned,
    progress: run.progress,
    error: run.error?.message ?? null,
    epochs: run.epochs,
    windowF1: metrics?.windowPartsF1 ?? null,
    lineF1: metrics?.lineMacroF1 ?? null,
    weightedF1: metrics?.lineWeightedF1 ?? null,
    lineAccuracy: metrics?.lineAccuracy ?? null,
    trainSeconds: timings?.trainSeconds ?? null,
    preprocessSeconds: timings?.preprocessSeconds ?? null,
    inferMillis: timings?.inferMillisPerLine ?? null,
    totalSeconds: timings?.totalSeconds ?? null,
    engine: run.engine,
    worker: run.worker,
    tags: run.tags,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
  }
}

/** Share of a running run that is done, as far as its phase tells; null when it does not. */
export function progressShare(progress: RunProgress | null): number | null {
  if (!progress || progress.total <= 0) return null
  const within = Math.min(1, progress.done / progress.total)
  return progress.phase === 'train' && progress.epoch !== null && progress.epochs ? Math.min(1, (progress.epoch - 1 + within) / progress.epochs) : within
}
