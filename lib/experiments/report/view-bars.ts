import { axisHead, valueTitle } from './axis-text'
import { valuesOf, type ReportContext } from './context'
import type { Observation } from './observation'
import type { Bar, BarsBody, BarSeries } from './report-types'
import { measureScale } from './scale-info'
import { select, selectPublished } from './select'
import { publishedSummary, summarise } from './summary'
import type { View } from './views'

type BarsView = Extract<View, { kind: 'bars' }>
type Fold = (here: readonly Observation[]) => Omit<Bar, 'category' | 'title'> | null

/** One bar a category, the baseline apart from them; sorted by value, the lowest of the first series first. */
export function barsBody(context: ReportContext, view: BarsView): { body: BarsBody; used: readonly Observation[] } {
  const { category, measure, series: by, baseline } = view
  const where = view.where ?? {}
  const found = select(context.observations, measure, where, by ? [category, by] : [category])
  const paper = view.published ? selectPublished(context.published, measure, where, [category], by ? [by] : []) : []
  const isBaseline = (one: Observation): boolean => baseline !== undefined && one.axes[category] === baseline
  const ours = found.filter((one) => !isBaseline(one))
  const fold: Fold = (here) => summarise(here, measure)
  const named = by === undefined ? [] : valuesOf(context, by, ours)
  const series = by === undefined
    ? [seriesOf(context, view, 'ours', 'ours', ours, fold)]
    : named.map((value) => seriesOf(context, view, String(value), valueTitle(by, value), ours.filter((one) => one.axes[by] === value), fold))
  const published = paper.length === 0 ? [] : [{ ...seriesOf(context, view, 'published', 'published', paper.filter((one) => !isBaseline(one)), (here) => publishedSummary(here, measure)), published: true }]
  const shown = [...series.filter(({ bars }) => bars.length > 0), ...published]
  const body: BarsBody = {
    kind: 'bars', horizontal: view.horizontal ?? false, value: measureScale(measure, view.yScale), category: { title: axisHead(category) },
    series: view.sort === 'value' ? sorted(shown) : shown,
    baseline: baseline === undefined ? null : summarise(found.filter(isBaseline), measure),
  }
  return { body, used: [...found, ...paper] }
}

function seriesOf(context: ReportContext, { category }: BarsView, key: string, title: string, found: readonly Observation[], fold: Fold): BarSeries {
  const bars = valuesOf(context, category, found).flatMap((value): Bar[] => {
    const summary = fold(found.filter((one) => one.axes[category] === value))
    return summary ? [{ category: value, title: valueTitle(category, value), ...summary }] : []
  })
  return { key, title, published: false, bars }
}

function sorted(series: readonly BarSeries[]): BarSeries[] {
  const order = (series[0]?.bars ?? []).toSorted((a, b) => a.mean - b.mean).map((bar) => bar.category)
  const place = (bar: Bar): number => (order.includes(bar.category) ? order.indexOf(bar.category) : order.length)
  return series.map((one) => ({ ...one, bars: one.bars.toSorted((a, b) => place(a) - place(b)) }))
}
