import type { AxisValue } from '../points'
import { valueTitle } from './axis-text'
import { valuesOf, type ReportContext } from './context'
import type { Observation } from './observation'
import type { LinePoint, LinesBody, LineSeries } from './report-types'
import { axisScale, measureScale } from './scale-info'
import { select, selectPublished } from './select'
import { publishedSummary, summarise } from './summary'
import type { View } from './views'

type LinesView = Extract<View, { kind: 'lines' }>

/** One line a value of the series axis; the published line last. */
export function linesBody(context: ReportContext, view: LinesView): { body: LinesBody; used: readonly Observation[] } {
  const where = view.where ?? {}
  const found = select(context.observations, view.measure, where, view.series ? [view.x, view.series] : [view.x])
  const paper = view.published ? selectPublished(context.published, view.measure, where, [view.x], view.series ? [view.series] : []) : []
  const ours = seriesOf(context, view, found)
  const series = [...ours, ...(paper.length > 0 ? publishedSeries(context, view, paper) : [])]
  const values = series.flatMap(({ points }) => points.map(({ x }) => x))
  return { body: { kind: 'lines', x: axisScale(view.x, values, view.xScale), y: measureScale(view.measure, view.yScale), series }, used: [...found, ...paper] }
}

function seriesOf(context: ReportContext, { x, series, measure }: LinesView, found: readonly Observation[]): LineSeries[] {
  const line = (key: string, title: string, of: readonly Observation[]): LineSeries => ({ key, title, published: false, points: pointsOf(context, x, of, (here) => summarise(here, measure)) })
  if (series === undefined) return found.length > 0 ? [line('ours', 'ours', found)] : []
  return valuesOf(context, series, found).map((value) => line(String(value), valueTitle(series, value), found.filter((one) => one.axes[series] === value)))
}

function publishedSeries(context: ReportContext, { x, series, measure }: LinesView, found: readonly Observation[]): LineSeries[] {
  const line = (key: string, title: string, of: readonly Observation[]): LineSeries => ({ key, title, published: true, points: pointsOf(context, x, of, (here) => publishedSummary(here, measure)) })
  const named = series === undefined ? [] : valuesOf(context, series, found)
  if (series === undefined || named.length === 0) return [line('published', 'published', found)]
  return named.map((value) => line(`published-${value}`, `${valueTitle(series, value)}, published`, found.filter((one) => one.axes[series] === value)))
}

function pointsOf(context: ReportContext, x: string, found: readonly Observation[], fold: (here: readonly Observation[]) => Omit<LinePoint, 'x'> | null): LinePoint[] {
  return valuesOf(context, x, found).flatMap((value: AxisValue): LinePoint[] => {
    const summary = fold(found.filter((one) => one.axes[x] === value))
    return summary ? [{ x: value, ...summary }] : []
  })
}
