import { axisY, dot, plot, rect, ruleX, ruleY, scale, text } from '@observablehq/plot'
import { scaleHead } from '@/lib/experiments/report/as-table'
import type { Bar, BarsBody } from '@/lib/experiments/report/report-types'
import { logTicks, niceDomain } from './domain'
import { cellFigure, cutMiddle, shortFigure } from './labels'
import { nothingYet } from './nothing-yet'
import { NAME_ROW, nameRows, seriesNames } from './series-names'
import { FAINT, frame, INK, lookOf, SMALL, textWidth, type Look } from './theme'

interface Placed { readonly bar: Bar; readonly at: number; readonly look: Look }

/**
 * One row a category, its figure at the end. Bars begin at zero; where a baseline is given, or the axis is logarithmic, dots show the difference instead,
 * with deviations and every repetition.
 */
export function drawBars(body: BarsBody, document: Document, width: number): Element {
  const { value, series, baseline } = body
  const titles = [...new Map(series.flatMap(({ bars }) => bars.map((bar) => [bar.category, bar.title] as const)))]
  const dots = baseline !== null || value.scale === 'log'
  const lanes = dots ? Math.max(1, series.filter(({ published }) => !published).length) : series.length
  const row = lanes > 1 ? 9 * lanes + 6 : 14
  const letters = Math.floor((width * 0.5) / (SMALL * 0.5))
  const left = 12 + titles.reduce((most, [, title]) => Math.max(most, textWidth(cutMiddle(title, letters), SMALL)), 20)
  const top = 8 + Math.max(baseline ? 1 : 0, nameRows(series, width)) * NAME_ROW
  const size = { width, height: 34 + Math.max(2, titles.length) * row + top, left, right: dots ? 18 : 40, top, bottom: 34 }
  const all = series.flatMap(({ bars }) => bars)
  const domain = niceDomain([...all, ...(baseline ? [baseline] : [])].flatMap(({ mean, deviation, values }) => [mean, mean - (deviation ?? 0), mean + (deviation ?? 0), ...values.map((one) => one.value), ...(dots ? [] : [0])]), value)
  const placed = series.flatMap(({ bars, published }, index) => bars.map((bar): Placed => ({ bar, look: lookOf(index, published), at: titles.findIndex(([key]) => key === bar.category) + (dots && published ? 0.5 : (index + 1) / (lanes + 1)) })))
  const type = value.scale === 'log' ? ('log' as const) : ('linear' as const)
  return plot({
    ...frame(document, size),
    x: { type, domain, label: scaleHead(value), labelAnchor: 'center', labelArrow: 'none', tickSize: 3, tickFormat: shortFigure, ...(type === 'log' ? { ticks: logTicks(domain) } : { ticks: 4 }) },
    y: { type: 'linear', domain: [Math.max(2, titles.length), 0], axis: null },
    color: { type: 'identity' },
    marks: [
      ...nothingYet(all.length),
      axisY(titles.map((_, index) => index + 0.5), { label: null, tickSize: 0, tickFormat: (_: unknown, index: number) => cutMiddle(titles[index]?.[1] ?? '', letters), fontSize: SMALL }),
      ...(dots ? [ruleY(titles.map((_, index) => index + 0.5), { stroke: FAINT, strokeWidth: 0.6 })] : []),
      ...(baseline ? baselineMarks(baseline, domain, value.domain) : []),
      ...(dots ? dotMarks(placed, domain) : barMarks(placed, series.length, { domain, bounds: value.domain })),
      ...seriesNames(series, { dots, left, width }),
    ],
  })
}

/** Mean and deviation, as far as the axis goes. */
const reach = ([low, high]: readonly [number, number]) => ({
  x1: ({ bar }: Placed) => Math.max(low, bar.mean - (bar.deviation ?? 0)),
  x2: ({ bar }: Placed) => Math.min(high, bar.mean + (bar.deviation ?? 0)),
})

function dotMarks(placed: readonly Placed[], domain: readonly [number, number]) {
  return [
    ruleY(placed.filter(({ bar }) => bar.deviation !== null), { ...reach(domain), y: 'at', stroke: ({ look }: Placed) => look.color, strokeWidth: 1 }),
    dot(placed.flatMap(({ bar, at, look }) => (bar.values.length > 1 ? bar.values.map(({ value }) => ({ value, at, look })) : [])), { x: 'value', y: 'at', r: 1.2, fill: ({ look }: { look: Look }) => look.color, fillOpacity: 0.5 }),
    ...symbols(placed),
  ]
}

function symbols(placed: readonly Placed[]) {
  return [...new Set(placed.map(({ look }) => look.symbol))].map((symbol) => {
    const own = placed.filter(({ look }) => look.symbol === symbol)
    return dot(own, { x: ({ bar }: Placed) => bar.mean, y: 'at', symbol, r: ({ look }: Placed) => (look.published ? 3.6 : 2.6), fill: ({ look }: Placed) => (look.published ? 'none' : look.color), stroke: ({ look }: Placed) => look.color, strokeWidth: 0.8 })
  })
}

function barMarks(placed: readonly Placed[], series: number, { domain, bounds }: { domain: readonly [number, number]; bounds: readonly [number, number] | null }) {
  const half = 0.5 / (series + 1) + (series === 1 ? 0.15 : 0)
  return [
    rect(placed, { x1: 0, x2: ({ bar }: Placed) => bar.mean, y1: ({ at }: Placed) => at - half, y2: ({ at }: Placed) => at + half, fill: ({ look }: Placed) => (look.published ? '#fff' : look.color), stroke: ({ look }: Placed) => look.color, strokeWidth: 0.7 }),
    ruleY(placed.filter(({ bar }) => bar.deviation !== null), { ...reach(domain), y: 'at', stroke: INK, strokeWidth: 1 }),
    dot(placed.flatMap(({ bar, at }) => (bar.values.length > 1 ? bar.values.map(({ value }) => ({ value, at })) : [])), { x: 'value', y: 'at', r: 1.2, fill: '#fff', stroke: INK, strokeWidth: 0.5 }),
    text(placed, { x: ({ bar }: Placed) => bar.mean + (bar.deviation ?? 0), y: 'at', dx: 4, text: ({ bar }: Placed) => cellFigure(bar.mean, bounds), textAnchor: 'start', fontSize: SMALL, fill: INK }),
  ]
}

function baselineMarks(baseline: NonNullable<BarsBody['baseline']>, domain: readonly [number, number], bounds: readonly [number, number] | null) {
  const x = scale({ x: { domain: [...domain], range: [0, 1] } })
  const share = Number(x.apply(baseline.mean))
  return [
    ruleX([baseline.mean], { stroke: INK, strokeDasharray: '2 2' }),
    text([baseline.mean], { x: (value: number) => value, frameAnchor: 'top', dy: -12, text: (value: number) => `with all: ${cellFigure(value, bounds)}`, textAnchor: share > 0.8 ? 'end' : share < 0.2 ? 'start' : 'middle', fontSize: SMALL, fill: INK }),
  ]
}
