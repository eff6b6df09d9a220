import { AuditweaveError } from '@/lib/audit/errors'
import { AXES as RUN_AXES } from '@/lib/experiments/axes'
import { axisHead } from '@/lib/experiments/report/axis-text'
import { GROUPINGS, type CellOf } from '../cell'
import { RUN_MEASURES, runMeasure } from '../measures'
import type { OutputOf } from '../result'
import type { NotebookSources, SourceRun } from './sources'

type Plot = OutputOf<'plot'>

const EMPTY: Pick<Plot, 'bars' | 'series' | 'overTime'> = { bars: [], series: [], overTime: null }

/** A chart of a query's answer: counts by a field, or over time. @throws AuditweaveError 'bad-chart' */
export function chartOfAnswer(cell: CellOf<'chart'>, answer: OutputOf<'answer'>): Plot {
  const title = cell.text.trim() || `${answer.of} by ${cell.x}, ${answer.dataset}`
  if (cell.x === 'time') return { kind: 'plot', ...EMPTY, title: short(title), x: 'time received (UTC)', y: answer.of, overTime: answer.overTime }
  const grouping = GROUPINGS.find((name) => name === cell.x)
  if (!grouping) throw new AuditweaveError('bad-chart', `An answer cannot be drawn over "${cell.x}". Use x=time, or one of ${GROUPINGS.join(', ')}.`)
  return { kind: 'plot', ...EMPTY, title: short(title), x: answer.of, y: grouping, bars: (answer.tallies[grouping] ?? []).slice(0, 20) }
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 300)
}

/** A chart of runs: a figure over an axis, one line for each value of `by`, with the published values where there are any. @throws AuditweaveError 'bad-chart' */
export function chartOfRuns(cell: CellOf<'chart'>, runs: readonly SourceRun[], published: ReturnType<NotebookSources['published']>): Plot {
  const [x, y] = [reader(cell.x), reader(cell.y)]
  const groups = new Map<string, { x: number; y: number; run: SourceRun }[]>()
  for (const run of runs) {
    const [at, value] = [x.read(run), y.read(run)]
    if (at === null || value === null) continue
    const name = cell.by === 'none' ? 'runs' : groupName(run, cell.by)
    groups.set(name, [...(groups.get(name) ?? []), { x: at, y: value, run }])
  }
  const series = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, values]) => ({ label: label.slice(0, 200), published: false, points: pointsOf(values) }))
  const paper = publishedPoints(published, cell.x, cell.y)
  const title = short(cell.text.trim() || `${y.label} over ${x.label}`)
  return { kind: 'plot', ...EMPTY, title, x: x.label, y: y.label, series: [...series, ...(paper.length > 0 && series.length > 0 ? [{ label: 'paper', published: true, points: paper }] : [])] }
}

interface Reader { readonly label: string; readonly read: (run: SourceRun) => number | null }

const AXES = new Map([['window', 'window size W (lines)'], ['seed', 'seed'], ['number', 'run'], ['trial', 'trial']])

/** @throws AuditweaveError 'bad-chart' naming what can be drawn */
function reader(name: string): Reader {
  const measure = runMeasure(name)
  if (measure) {
    const unit = measure.form === 'seconds' ? ' (s)' : measure.form === 'millis' ? ' (ms)' : ''
    return { label: `${measure.label}${unit}`, read: (run) => numberAt(run[measure.from], name) }
  }
  const label = AXES.get(name) ?? (Object.hasOwn(RUN_AXES, name) ? axisHead(name) : undefined)
  if (label === undefined) throw new AuditweaveError('bad-chart', `Runs have no figure "${name}". Use one of ${[...AXES.keys(), ...RUN_MEASURES.map(({ id }) => id)].join(', ')}.`)
  return { label, read: (run) => (name === 'seed' || name === 'number' ? run[name] : numberAt(run.axes, name)) }
}

export function numberAt(values: object | null, name: string): number | null {
  const value = values === null ? undefined : (Object.entries(values).find(([key]) => key === name)?.[1] as unknown)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** @throws AuditweaveError 'bad-chart' */
function groupName(run: SourceRun, by: string): string {
  if (by === 'protocol') return `${run.protocol} protocol`
  if (by === 'preset') return run.preset
  if (by === 'seed') return `seed ${run.seed}`
  const value = Object.hasOwn(run.axes, by) ? run.axes[by] : undefined
  if (value === undefined) throw new AuditweaveError('bad-chart', `Runs cannot be told apart by "${by}". Use protocol, preset, seed, an axis of the experiment, or none.`)
  return `${by} ${String(value)}`
}

function pointsOf(values: readonly { x: number; y: number; run: SourceRun }[]): Plot['series'][number]['points'] {
  const byX = new Map<number, { x: number; y: number; run: SourceRun }[]>()
  for (const value of values) byX.set(value.x, [...(byX.get(value.x) ?? []), value])
  return [...byX].sort(([a], [b]) => a - b).map(([x, here]) => {
    const mean = here.reduce((sum, one) => sum + one.y, 0) / here.length
    const squares = here.reduce((sum, one) => sum + (one.y - mean) ** 2, 0)
    return { x, y: mean, deviation: here.length > 1 ? Math.sqrt(squares / (here.length - 1)) : null, values: here.map((one) => ({ value: one.y, label: `run #${one.run.number}`, run: one.run.id })) }
  })
}

/** Those that stand on this axis and on no other. */
function publishedPoints(published: ReturnType<NotebookSources['published']>, x: string, y: string): Plot['series'][number]['points'] {
  return published.flatMap(({ axes, measures, deviations }) => {
    const [at, value] = [axes[x], measures[y]]
    return typeof at === 'number' && value !== undefined && Object.keys(axes).length === 1 ? [{ x: at, y: value, deviation: deviations?.[y] ?? null, values: [] }] : []
  }).sort((a, b) => a.x - b.x)
}
