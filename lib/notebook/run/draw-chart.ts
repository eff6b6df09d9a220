import { AuditweaveError } from '@/lib/audit/errors'
import { AXES } from '@/lib/experiments/axes'
import { findMeasure, measureOf } from '@/lib/experiments/measures'
import { axisHead } from '@/lib/experiments/report/axis-text'
import type { AxisValue } from '@/lib/experiments/points'
import { reportContext, type ReportContext } from '@/lib/experiments/report/context'
import type { Observation } from '@/lib/experiments/report/observation'
import { protocolText } from '@/lib/experiments/report/protocol-text'
import type { ReportBody } from '@/lib/experiments/report/report-types'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import { stands } from '@/lib/experiments/report/select'
import { barsBody } from '@/lib/experiments/report/view-bars'
import { linesBody } from '@/lib/experiments/report/view-lines'
import type { ExperimentSpec } from '@/lib/experiments/spec/experiment-spec'
import { GROUPINGS, type CellOf } from '../cell'
import type { OutputOf } from '../result'
import { placesOf } from './chart-places'
import { scatterOfMeasures } from './scatter-chart'

type Plot = OutputOf<'plot'>

const OF_ANSWER: Pick<Plot, 'bars' | 'overTime' | 'body' | 'protocol'> = { bars: [], overTime: null, body: null, protocol: '' }

/** A chart of a query's answer: counts by a field, or over time. @throws AuditweaveError 'bad-chart' */
export function chartOfAnswer(cell: CellOf<'chart'>, answer: OutputOf<'answer'>): Plot {
  const title = cell.text.trim() || `${answer.of} by ${cell.x}, ${answer.dataset}`
  if (cell.x === 'time') return { kind: 'plot', ...OF_ANSWER, title: short(title), x: 'time received (UTC)', y: answer.of, overTime: answer.overTime }
  const grouping = GROUPINGS.find((name) => name === cell.x)
  if (!grouping) throw new AuditweaveError('bad-chart', `An answer cannot be drawn over "${cell.x}". Use x=time, or one of ${GROUPINGS.join(', ')}.`)
  return { kind: 'plot', ...OF_ANSWER, title: short(title), x: answer.of, y: grouping, bars: (answer.tallies[grouping] ?? []).slice(0, 20) }
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 300)
}

/**
 * A chart of runs and their points: a measure over an axis, a line (or a bar, where the axis has names) for each value of `by`, the published values
 * beside them; or a measure over another one, a mark a run. @throws AuditweaveError 'bad-chart'
 */
export function chartOfRuns(cell: CellOf<'chart'>, runs: readonly RunRecord[], spec: ExperimentSpec): Plot {
  const numbered = runs.map((run) => ({ ...run, axes: { ...run.axes, number: run.number } }))
  const context = reportContext(spec, numbered)
  if (findMeasure(cell.y) === undefined && !context.observations.some((one) => Object.hasOwn(one.measures, cell.y))) throw unknownFigure(cell.y, context)
  const body = bodyOf(cell, context)
  const x = body.kind === 'scatter' ? measureOf(cell.x).title : axisHead(cell.x)
  const y = measureOf(cell.y).title
  return { kind: 'plot', ...OF_ANSWER, title: short(cell.text.trim() || `${y} over ${x}`), x, y, body: structuredClone(body) as Plot['body'], protocol: protocolText(spec, numbered.filter((run) => stands(run.axes, whereOfRuns(cell, run)))) }
}

/** Of what a chart is narrowed to, what a run itself says. */
function whereOfRuns(cell: CellOf<'chart'>, run: RunRecord): ReturnType<typeof placesOf> {
  return Object.fromEntries(Object.entries(placesOf(cell.where)).filter(([axis]) => run.axes[axis] !== undefined))
}

function bodyOf(cell: CellOf<'chart'>, context: ReportContext): ReportBody {
  const { x, y } = cell
  const where = placesOf(cell.where)
  const by = seriesAxis(cell.by, context)
  const values = context.observations.flatMap((one) => axisAt(one, x) ?? [])
  if (values.length === 0 && findMeasure(x) !== undefined && !Object.hasOwn(AXES, x)) return scatterOfMeasures(context, { x, y, by, where })
  if (values.length === 0 && !Object.hasOwn(AXES, x) && x !== 'number') throw unknownFigure(x, context)
  const common = { id: 'chart', title: '', measure: y, where, published: true, ...(by === undefined ? {} : { series: by }) }
  const named = [...values, ...context.published.flatMap((one) => axisAt(one, x) ?? [])].some((value) => typeof value === 'string')
  return named ? barsBody(context, { kind: 'bars', ...common, category: x, sort: 'given' }).body : linesBody(context, { kind: 'lines', ...common, x }).body
}

/** @throws AuditweaveError 'bad-chart' */
function seriesAxis(by: string, { observations, published }: ReportContext): string | undefined {
  if (by === 'none') return undefined
  if (observations.length === 0 && Object.hasOwn(AXES, by)) return published.some((one) => axisAt(one, by) !== undefined) ? by : undefined
  if (observations.some((one) => axisAt(one, by) !== undefined)) return by
  throw new AuditweaveError('bad-chart', `Runs cannot be told apart by "${by}". Use ${axesOf(observations).join(', ')}, or none.`)
}

/** Names come from a cell: "constructor" is no axis. */
function axisAt({ axes }: Observation, axis: string): AxisValue | undefined {
  return Object.hasOwn(axes, axis) ? axes[axis] : undefined
}

function axesOf(observations: ReportContext['observations']): string[] {
  return [...new Set(observations.flatMap((one) => Object.keys(one.axes)))].sort()
}

function unknownFigure(name: string, { observations }: ReportContext): AuditweaveError {
  const measures = [...new Set(observations.flatMap((one) => Object.keys(one.measures)))].sort()
  return new AuditweaveError('bad-chart', `These runs have no figure "${name}". They stand on ${axesOf(observations).join(', ') || 'no axis yet'} and have ${measures.join(', ') || 'no figures yet'}.`)
}
