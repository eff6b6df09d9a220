import { dot, line, plot, ruleX, scale, text, type Markish, type RenderFunction } from '@observablehq/plot'
import { scaleHead } from '@/lib/experiments/report/as-table'
import type { LinesBody, ScaleInfo } from '@/lib/experiments/report/report-types'
import { linearTicks, logTicks, niceDomain } from './domain'
import { shortFigure, spread, wrap } from './labels'
import { nothingYet } from './nothing-yet'
import { dashOf, frame, INK, lookOf, markOf, textWidth, TEXT, tickRoom } from './theme'

/** Lines with deviations and every repetition, their names at their ends; published ones hollow and dashed. */
export function drawLines({ x, y, series }: LinesBody, document: Document, width: number): Element {
  const height = Math.round(Math.min(260, width * 0.68))
  const names = series.map(({ title }) => wrap(title))
  const right = 14 + names.flatMap((name) => name.split('\n')).reduce((most, part) => Math.max(most, textWidth(part)), 0)
  const values = series.flatMap(({ points }) => points.flatMap((point) => [point.mean, ...point.values.map(({ value }) => value), ...(point.deviation === null ? [] : [point.mean - point.deviation, point.mean + point.deviation])]))
  const domain = niceDomain(values, y)
  const ticks = y.scale === 'log' ? logTicks(domain) : linearTicks(domain)
  const size = { width, height, left: tickRoom(ticks), right, top: 10, bottom: 34 }
  const yScale = scale({ y: { type: y.scale === 'log' ? 'log' : 'linear', domain, range: [height - size.bottom, size.top] } })
  const xs = series.flatMap(({ points }) => points.map((point) => point.x))
  const edge = x.scale === 'point' ? [...new Set(xs)].at(-1) : xs.reduce((most, at) => (Number(at) > Number(most) ? at : most), xs[0] ?? 0)
  const ends = spread(series.map(({ points }) => Number(yScale.apply(points.at(-1)?.mean ?? domain[0]))), TEXT * (names.some((name) => name.includes('\n')) ? 2.1 : 1.2), size.top + 4, height - size.bottom - 4)
  return plot({
    ...frame(document, size),
    x: { ...xOptions(x, xs, width - size.left - right - 14), label: scaleHead(x), labelAnchor: 'center', labelArrow: 'none', tickSize: 3, inset: 6, insetLeft: 8 },
    y: { type: y.scale === 'log' ? 'log' : 'linear', domain, label: scaleHead(y), labelAnchor: 'center', labelArrow: 'none', tickSize: 3, tickFormat: shortFigure, grid: true, ticks },
    marks: [
      ...nothingYet(values.length),
      ...series.flatMap((one, index) => seriesMarks(one, index, domain)),
      ...series.flatMap(({ points }, index) => endLabel(points.at(-1), { name: names[index] ?? '', edge: edge ?? 0, dy: (ends[index] ?? 0) - Number(yScale.apply(points.at(-1)?.mean ?? domain[0])) })),
    ],
  })
}

type Series = LinesBody['series'][number]

function seriesMarks({ points, published }: Series, index: number, [lowest, highest]: readonly [number, number]) {
  const look = lookOf(index, published)
  const deviations = points.flatMap(({ x, mean, deviation }) => (deviation === null ? [] : [{ x, low: Math.max(lowest, mean - deviation), high: Math.min(highest, mean + deviation) }]))
  const repeated = points.flatMap(({ x, values }) => (values.length > 1 ? values.map(({ value }) => ({ x, value })) : []))
  return [
    line(points, { x: 'x', y: 'mean', stroke: look.color, strokeWidth: 1.4, ...dashOf(look) }),
    ruleX(deviations, { x: 'x', y1: 'low', y2: 'high', stroke: look.color, strokeWidth: 1, strokeOpacity: 0.8 }),
    dot(repeated, { x: 'x', y: 'value', r: 1.3, fill: look.color, fillOpacity: 0.45 }),
    dot(points, { x: 'x', y: 'mean', symbol: look.symbol, r: 3, ...markOf(look) }),
  ]
}

/** `edge`: the x at which the longest line ends, right of which names stand. */
interface EndLabel { readonly name: string; readonly edge: string | number; readonly dy: number }

/** A name beside the end of its line, with a thin leader where it had to move or the line ends early. */
function endLabel(end: Series['points'][number] | undefined, { name, edge, dy }: EndLabel): Markish[] {
  if (!end) return []
  const leader: RenderFunction = (_, { scales: _scales, ...scales }, __, ___, { document }) => {
    const [x, y, right] = [Number(scales.x?.(end.x)), Number(scales.y?.(end.mean)), Number(scales.x?.(edge))]
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
    if (Math.abs(dy) < 6 && right - x < 1) return path
    for (const [key, value] of Object.entries({ d: `M${x + 4},${y}L${right + 7},${y + dy}`, fill: 'none', stroke: INK, 'stroke-opacity': '0.5', 'stroke-width': '0.5' })) path.setAttribute(key, value)
    return path
  }
  return [leader, text([{ ...end, x: edge, name }], { x: 'x', y: 'mean', text: 'name', dx: 8, dy, textAnchor: 'start', lineAnchor: 'middle', fontSize: TEXT, fill: INK })]
}

function xOptions({ scale: kind }: ScaleInfo, values: readonly (string | number)[], room: number) {
  const once = [...new Set(values)]
  if (kind === 'point') return { type: 'point' as const, domain: once, padding: 0.3 }
  const numbers = once.map(Number).toSorted((a, b) => a - b)
  const type = kind === 'log' ? ('log' as const) : ('linear' as const)
  const domain: [number, number] = numbers.length === 1 ? [(numbers[0] ?? 1) / 2, (numbers[0] ?? 1) * 1.5] : [numbers[0] ?? 0, numbers.at(-1) ?? 1]
  const few = numbers.length > 1 && numbers.length <= 10 && apart(numbers, kind === 'log', room)
  return { type, domain: numbers.length === 0 ? [1, 10] : domain, ticks: few ? numbers : kind === 'log' ? logTicks(domain) : 5, tickFormat: shortFigure }
}

/** Whether ticks at these values leave room for their figures. */
function apart(numbers: readonly number[], log: boolean, room: number): boolean {
  const places = numbers.map((value) => (log ? Math.log(value) : value))
  const span = (places.at(-1) ?? 0) - (places[0] ?? 0)
  return places.every((place, index) => index === 0 || ((place - (places[index - 1] ?? 0)) / span) * room > 3 + (textWidth(shortFigure(numbers[index] ?? 0)) + textWidth(shortFigure(numbers[index - 1] ?? 0))) / 2)
}
