import { axisOf } from '@/lib/experiments/axes'
import { measureOf } from '@/lib/experiments/measures'
import type { AxisValue } from '@/lib/experiments/points'
import type { LinePoint, LineSeries, LinesBody, ReportItem, ScaleInfo, Summary, TableBody } from '@/lib/experiments/report/report-types'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import { phasesOf } from '@/components/runs/phases'

/** How many lines a run worked through; null where that is not known. */
export type LinesOf = (run: RunRecord) => number | null

type Timed = RunRecord & { readonly timings: NonNullable<RunRecord['timings']> }

/** What a launch cost, against the axis that was swept: wall and processor time by phase, peak memory, and time for 1,000 lines; the same as a table. */
export function costItems(runs: readonly RunRecord[], linesOf: LinesOf): ReportItem[] {
  const timed = runs.filter((run): run is Timed => run.timings !== null)
  if (timed.length === 0) return []
  const axis = costAxis(timed)
  const caption = others(timed, axis)
  const item = (id: string, title: string, body: LinesBody | TableBody): ReportItem => ({ id: `cost-${id}`, title, caption, protocol: 'As it was on the machine of each run, its load included.', body })
  const all = { title: 'whole run', of: (run: Timed) => run.timings.totalSeconds }
  return [
    item('wall', 'Wall clock by phase', lines(timed, axis, measureScale('Wall clock', 's'), [...phaseSeries(timed, 'wallSeconds'), all])),
    item('cpu', 'Processor time by phase', lines(timed, axis, measureScale('Processor time of all threads', 's'), [...phaseSeries(timed, 'cpuSeconds'), { title: 'whole run', of: (run) => run.timings.cpuSeconds }])),
    item('memory', 'Peak memory', lines(timed, axis, measureScale('Largest resident set', 'bytes'), [{ title: 'whole run', of: (run) => run.timings.peakMemoryBytes }])),
    item('per-line', 'Time for 1,000 lines', lines(timed, axis, { ...measureScale('Time for 1,000 lines', 's'), scale: 'log' }, [
      { title: 'whole run', of: (run) => perThousand(run.timings.totalSeconds, linesOf(run)) },
      { title: 'inference', of: (run) => run.timings.inferMillisPerLine || null },
    ])),
    item('table', 'Cost of each place', table(timed, axis, linesOf)),
  ].filter(({ body }) => body.kind !== 'lines' || body.series.some((one) => one.points.length > 0))
}

interface Cost { readonly title: string; readonly of: (run: Timed) => number | null }

function perThousand(seconds: number, lineCount: number | null): number | null {
  return lineCount === null || lineCount === 0 ? null : (seconds / lineCount) * 1000
}

function phaseSeries(runs: readonly Timed[], of: 'wallSeconds' | 'cpuSeconds'): Cost[] {
  const names = [...new Set(runs.flatMap((run) => phasesOf(run.timings).map(({ phase }) => phase)))]
  const read = (run: Timed, name: string): number | null => phasesOf(run.timings).find(({ phase }) => phase === name)?.[of] ?? null
  return names.filter((name) => runs.some((run) => (read(run, name) ?? 0) > 0)).map((name) => ({ title: name, of: (run) => read(run, name) }))
}

/** The swept axis with the most values; numbers before names, and what every run has before all else only where nothing was swept. */
export function costAxis(runs: readonly Pick<RunRecord, 'axes'>[]): string {
  const found = [...new Set(runs.flatMap((run) => Object.keys(run.axes)))].filter((name) => name !== 'seed' && name !== 'trial').map((name) => {
    const values = new Set(runs.flatMap((run) => run.axes[name] ?? []))
    return { name, values: values.size, numbers: [...values].every((value) => typeof value === 'number') }
  }).filter(({ values }) => values > 1)
  const best = found.sort((a, b) => Number(b.numbers) - Number(a.numbers) || b.values - a.values)[0]
  return best?.name ?? (runs.some((run) => run.axes.window !== undefined) ? 'window' : 'preset')
}

function others(runs: readonly Timed[], axis: string): string {
  const pooled = [...new Set(runs.flatMap((run) => Object.keys(run.axes)))].filter((name) => name !== axis && new Set(runs.map((run) => run.axes[name])).size > 1)
  return pooled.length === 0 ? '' : `Each point is the mean over every ${pooled.map((name) => axisOf(name).title.toLowerCase()).join(' and ')}.`
}

function measureScale(title: string, unit: string): ScaleInfo {
  return { title, unit, scale: 'linear', domain: null }
}

function lines(runs: readonly Timed[], axis: string, y: ScaleInfo, costs: readonly Cost[]): LinesBody {
  const { title, unit } = axisOf(axis)
  const places = placesOf(runs, axis)
  const series = costs.map((cost, index): LineSeries => ({
    key: `${index}`, title: cost.title, published: false,
    points: places.flatMap((x): LinePoint[] => {
      const summary = summarise(runs.filter((run) => run.axes[axis] === x), cost)
      return summary ? [{ x, ...summary }] : []
    }),
  }))
  return { kind: 'lines', x: { title, unit, scale: places.every((place) => typeof place === 'number') ? 'linear' : 'point', domain: null }, y, series }
}

function placesOf(runs: readonly Timed[], axis: string): AxisValue[] {
  const places = [...new Set(runs.flatMap((run) => run.axes[axis] ?? []))]
  return places.every((place) => typeof place === 'number') ? places.sort((a, b) => Number(a) - Number(b)) : places
}

function summarise(runs: readonly Timed[], cost: Cost): Summary | null {
  const values = runs.flatMap((run) => {
    const value = cost.of(run)
    return value === null || !Number.isFinite(value) ? [] : [{ run: run.id, number: run.number, seed: run.seed, value }]
  })
  if (values.length === 0) return null
  const mean = values.reduce((sum, one) => sum + one.value, 0) / values.length
  const squares = values.reduce((sum, one) => sum + (one.value - mean) ** 2, 0)
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null, values }
}

const COLUMNS = ['totalSeconds', 'cpuSeconds', 'trainSeconds', 'inferMillisPerLine', 'peakMemoryBytes'] as const

function table(runs: readonly Timed[], axis: string, linesOf: LinesOf): TableBody {
  const { title, unit } = axisOf(axis)
  const columns = COLUMNS.filter((key) => runs.some((run) => run.timings[key] > 0))
  const per: Cost = { title: 's per 1,000 lines', of: (run) => perThousand(run.timings.totalSeconds, linesOf(run)) }
  return {
    kind: 'table',
    heads: [unit ? `${title} (${unit})` : title],
    columns: [
      ...columns.map((key) => ({ key, title: measureOf(key).title, measure: key, published: false, protocol: null })),
      { key: 'per', title: 'For 1,000 lines', measure: 'totalSeconds', published: false, protocol: null },
    ],
    rows: placesOf(runs, axis).map((place) => {
      const here = runs.filter((run) => run.axes[axis] === place)
      return { key: String(place), head: [place], cells: [...columns.map((key) => summarise(here, { title: key, of: (run) => run.timings[key] })), summarise(here, per)] }
    }),
  }
}
