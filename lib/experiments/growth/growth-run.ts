import type { JsonObject } from '@/lib/audit/event'
import type { PlannedRun } from '../planned-run'
import type { AxisValue } from '../points'
import type { RunMetrics, RunSpec } from '../run-spec'

/** Settings that a launch grows from, with the value of each swept axis. */
export interface Base { readonly swept: Readonly<Record<string, AxisValue>>; readonly params: RunSpec }

/** How a run of a growing launch stands. */
export interface RunStanding {
  readonly id: string
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'stopped'
  readonly axes: JsonObject
  readonly metrics: Partial<RunMetrics> | null
}

/** What growth reads of a stored run to go on from it. */
export interface GrownRun extends RunStanding { readonly params: JsonObject }

/** A run to add, and the run whose checkpoint it goes on from. */
export interface NextRun extends PlannedRun { readonly from: string | null }

/** What follows from the runs that a launch has by now. */
export interface GrowthStep {
  readonly add: readonly NextRun[]
  /** Runs whose checkpoints nobody will go on from. */
  readonly spent: readonly string[]
  readonly finished: boolean
}

/** In order of first appearance; Node 20 lacks Map.groupBy. */
export function groups<R, K>(runs: readonly R[], keyOf: (run: R) => K): Map<K, R[]> {
  const map = new Map<K, R[]>()
  for (const run of runs) {
    const known = map.get(keyOf(run))
    if (known) known.push(run)
    else map.set(keyOf(run), [run])
  }
  return map
}
