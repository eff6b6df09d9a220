import { axisHead } from './axis-text'
import { valuesOf, type ReportContext } from './context'
import type { Observation } from './observation'
import type { HeatBody, HeatCell } from './report-types'
import { measureScale } from './scale-info'
import { select, selectPublished } from './select'
import { publishedSummary, summarise } from './summary'
import type { View } from './views'

type HeatView = Extract<View, { kind: 'heat' }>

/** A cell for each pair of values that has a figure; one that is only published has no runs. */
export function heatBody(context: ReportContext, view: HeatView): { body: HeatBody; used: readonly Observation[] } {
  const where = view.where ?? {}
  const found = select(context.observations, view.measure, where, [view.x, view.y])
  const paper = view.published ? selectPublished(context.published, view.measure, where, [view.x, view.y]) : []
  const all = [...found, ...paper]
  const [xs, ys] = [valuesOf(context, view.x, all), valuesOf(context, view.y, all)]
  const cells = ys.flatMap((y) => xs.flatMap((x): HeatCell[] => {
    const at = (one: Observation): boolean => one.axes[view.x] === x && one.axes[view.y] === y
    const published = publishedSummary(paper.filter(at), view.measure)
    const summary = summarise(found.filter(at), view.measure) ?? published
    return summary ? [{ x, y, published: published?.mean ?? null, ...summary }] : []
  }))
  return { body: { kind: 'heat', x: { title: axisHead(view.x), values: xs }, y: { title: axisHead(view.y), values: ys }, value: measureScale(view.measure), cells }, used: all }
}
