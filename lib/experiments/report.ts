import type { JsonObject } from '@/lib/audit/event'
import { isSearch, type ExperimentSpec, type Published } from './experiment-spec'
import type { Protocol, RunMetrics, RunSpec, RunTimings } from './run-spec'
import { buildSearchReport, type SearchReport } from './search/search-report'

/** The slice of a finished run that a report reads. */
export interface RunSummary {
  readonly id: string
  readonly spec: Pick<RunSpec, 'window' | 'protocol' | 'seed'>
  readonly metrics: RunMetrics
  readonly timings: RunTimings
  /** What tells the runs of a search apart. */
  readonly axes?: JsonObject
}

export interface ReportPoint {
  readonly x: number
  readonly mean: number
  /** Sample standard deviation over repetitions; null for a single run. */
  readonly deviation: number | null
  readonly values: readonly { readonly run: string; readonly seed: number; readonly value: number }[]
}

export interface ReportSeries {
  readonly key: string
  readonly label: string
  readonly protocol: Protocol
  readonly measure: Measure
  readonly points: readonly ReportPoint[]
}

export type Measure = 'windowF1' | 'lineF1' | 'lineAccuracy' | 'trainSeconds' | 'inferMillis'

export interface ReportRow {
  readonly window: number
  readonly published: Published['points'][number] | null
  readonly measures: Readonly<Record<Protocol, Readonly<Record<Measure, ReportPoint | null>>>>
}

export interface Report {
  readonly experiment: string
  readonly title: string
  readonly runs: number
  readonly rows: readonly ReportRow[]
  readonly series: readonly ReportSeries[]
  readonly published: Published
  readonly notes: readonly string[]
  /** Spearman's rank correlation of our mean F1 under the paper's protocol with the published column; null under three points. */
  readonly rankCorrelation: number | null
  /** Of an experiment that searches; it has no rows by window then. */
  readonly search: SearchReport | null
}

const READ: Record<Measure, (run: RunSummary) => number> = {
  windowF1: (run) => run.metrics.windowPartsF1,
  lineF1: (run) => run.metrics.lineMacroF1,
  lineAccuracy: (run) => run.metrics.lineAccuracy,
  trainSeconds: (run) => run.timings.trainSeconds,
  inferMillis: (run) => run.timings.inferMillisPerLine,
}
const MEASURES = Object.keys(READ) as Measure[]
const LABELS: Record<Measure, string> = {
  windowF1: 'Macro F1 of label parts over window positions',
  lineF1: 'Macro F1 of whole labels over lines',
  lineAccuracy: 'Tuple accuracy over lines',
  trainSeconds: 'Training time (s)',
  inferMillis: 'Inference per line (ms)',
}

/** Folds finished runs into the experiment's table and figure, or a search's trials. Runs of other windows or protocols simply add rows. */
export function buildReport(spec: ExperimentSpec, runs: readonly RunSummary[]): Report {
  const windows = isSearch(spec) ? [] : windowsOf(spec, runs)
  const rows = windows.map((window) => row(spec, runs, window))
  const series = spec.protocols.flatMap((protocol) => MEASURES.map((measure) => toSeries(rows, protocol, measure)))
  return {
    experiment: spec.name,
    title: spec.title,
    runs: runs.length,
    rows,
    series,
    published: spec.published,
    notes: spec.notes,
    rankCorrelation: rankCorrelation(rows),
    search: isSearch(spec) ? buildSearchReport(runs) : null,
  }
}

function windowsOf(spec: ExperimentSpec, runs: readonly RunSummary[]): number[] {
  return [...new Set([...spec.published.points.map((p) => p.x), ...runs.map((r) => r.spec.window)])].sort((a, b) => a - b)
}

function row(spec: ExperimentSpec, runs: readonly RunSummary[], window: number): ReportRow {
  const cell = (protocol: Protocol): Record<Measure, ReportPoint | null> => {
    const here = runs.filter((run) => run.spec.window === window && run.spec.protocol === protocol)
    return Object.fromEntries(MEASURES.map((measure) => [measure, point(window, here, READ[measure])])) as Record<Measure, ReportPoint | null>
  }
  return {
    window,
    published: spec.published.points.find((p) => p.x === window) ?? null,
    measures: { paper: cell('paper'), blocked: cell('blocked') },
  }
}

function point(x: number, runs: readonly RunSummary[], read: (run: RunSummary) => number): ReportPoint | null {
  if (runs.length === 0) return null
  const values = runs.map((run) => ({ run: run.id, seed: run.spec.seed, value: read(run) }))
  const mean = values.reduce((sum, v) => sum + v.value, 0) / values.length
  const squares = values.reduce((sum, v) => sum + (v.value - mean) ** 2, 0)
  return { x, mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null, values }
}

function toSeries(rows: readonly ReportRow[], protocol: Protocol, measure: Measure): ReportSeries {
  const points = rows.map((r) => r.measures[protocol][measure]).filter((p) => p !== null)
  return { key: `${protocol}-${measure}`, label: LABELS[measure], protocol, measure, points }
}

function rankCorrelation(rows: readonly ReportRow[]): number | null {
  const pairs = rows.flatMap((r) => {
    const ours = r.measures.paper.windowF1
    return ours && r.published ? [[ours.mean, r.published.f1] as const] : []
  })
  return pairs.length < 3 ? null : spearman(pairs.map((p) => p[0]), pairs.map((p) => p[1]))
}

/** Spearman's rank correlation with average ranks for ties. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)]
  const mean = (a.length + 1) / 2
  let [xy, xx, yy] = [0, 0, 0]
  x.forEach((rank, i) => {
    const [dx, dy] = [rank - mean, (y[i] ?? 0) - mean]
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  })
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy)
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return below + (equal + 1) / 2
  })
}
