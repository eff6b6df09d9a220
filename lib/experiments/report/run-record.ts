import type { ClassResult, RunMetrics, RunTimings } from '../run-spec'
import type { AxisValue, Point } from '../points'

/** What a report reads of a finished run; `axes` holds the swept axes, protocol, preset and seed too. */
export interface RunRecord {
  readonly id: string
  readonly number: number
  readonly kind: 'train' | 'measure'
  readonly seed: number
  readonly axes: Readonly<Record<string, AxisValue>>
  /** Of a training. */
  readonly metrics: RunMetrics | null
  readonly timings: RunTimings | null
  readonly perClass: readonly ClassResult[] | null
  readonly points: readonly Point[]
  readonly engine: string | null
}

/** Where a report's figures come from: it is said in every report and every exported file. */
export interface ReportSource {
  readonly launch: string
  readonly scale: string
  readonly dataset: { readonly name: string; readonly version: number; readonly sha256: string | null }
  /** ISO time of the launch. */
  readonly at: string
}
