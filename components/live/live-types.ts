import type { EpochRow } from '@/lib/experiments/execute-types'
import type { Alert } from '@/lib/live/watch'
import type { RunLine, RunState } from '@/components/runs/run-line'

export interface ImportProgress {
  readonly phase: 'reading' | 'labels' | 'summary'
  readonly bytes: number
  readonly totalBytes: number | null
  readonly events: number
  readonly rejected: number
}

export interface LiveImport {
  readonly id: string
  readonly name: string
  readonly state: 'importing' | 'ready' | 'failed'
  readonly progress: ImportProgress | null
  readonly error: { readonly code: string; readonly message: string } | null
}

export type RunCounts = Readonly<Record<RunState, number>>

/** The messages of /api/events by their names. */
export interface LiveMessages {
  snapshot: { readonly counts: RunCounts; readonly active: readonly RunLine[]; readonly imports: readonly LiveImport[] }
  counts: RunCounts
  run: RunLine
  'run-gone': { readonly id: string }
  'runs-changed': Record<string, never>
  dataset: LiveImport
  'dataset-gone': { readonly id: string }
  /** Somebody has labelled: ask for the labels since the newest that is known. Whoever comes back after a break asks too, as this is not repeated. */
  labels: { readonly dataset: string; readonly newest: number; readonly actor: string }
  reconstruction: { readonly id: string; readonly dataset: string; readonly state: RunState; readonly progress: { readonly phase: string; readonly done: number; readonly total: number } | null }
  /** Contexts that come in have changed; ask /api/live for what is new. */
  live: Record<string, never>
  alert: Alert
  epochs: { readonly run: string; readonly epochs: readonly EpochRow[] }
}
export type LiveName = keyof LiveMessages
export const LIVE_NAMES: readonly LiveName[] = ['snapshot', 'counts', 'run', 'run-gone', 'runs-changed', 'dataset', 'dataset-gone', 'labels', 'reconstruction', 'live', 'alert', 'epochs']

/** What the shell shows of all that: `connected` is false while the stream is down. */
export interface LiveState {
  readonly connected: boolean
  readonly counts: RunCounts
  readonly active: readonly RunLine[]
  readonly imports: readonly LiveImport[]
}
