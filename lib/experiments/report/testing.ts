import { listExperiments } from '../catalogue'
import type { Point } from '../points'
import type { ClassResult, RunMetrics, RunTimings } from '../run-spec'
import type { ExperimentSpec } from '../spec/experiment-spec'
import type { ReportSource, RunRecord } from './run-record'

/** Runs of tests: what a training or a measurement stored, made up. */
export function madeUpRun(number: number, axes: RunRecord['axes'], figures: { readonly metrics?: Partial<RunMetrics>; readonly timings?: Partial<RunTimings>; readonly points?: readonly Point[]; readonly perClass?: readonly ClassResult[] } = {}): RunRecord {
  const { metrics, timings, points = [], perClass } = figures
  return {
    id: `run-${number}`, number, kind: metrics ? 'train' : 'measure', seed: Number(axes['seed'] ?? 1), axes, points, engine: 'wasm',
    metrics: metrics ? (metrics as RunMetrics) : null, timings: timings ? (timings as RunTimings) : null, perClass: perClass ?? null,
  }
}

export const MADE_UP_SOURCE: ReportSource = { launch: 'launch-1', scale: 'smoke', dataset: { name: 'lab-a', version: 2, sha256: 'ab'.repeat(32) }, at: '2026-11-23T15:00:00Z' }

export function specOf(name: string): ExperimentSpec {
  const found = listExperiments().find((spec) => spec.name === name)
  if (!found) throw new Error(`no experiment ${name}`)
  return found
}
