import { el, safeText, type Markup, type MarkupElement } from '@/lib/export/markup'
import { countText } from './count-text'
import type { AnswerRow, OutputOf } from './result'
import { shortUser } from './short-user'

// A map, as verbs come out of a log and may be called "constructor".
const VERB_COLORS = new Map([['create', '#009e73'], ['update', '#0072b2'], ['patch', '#56b4e9'], ['delete', '#d55e00'], ['deletecollection', '#d55e00'], ['get', '#b3a800'], ['list', '#e69f00'], ['watch', '#999999']])

export function verbColor(verb: string | null): string {
  return VERB_COLORS.get(verb ?? '') ?? '#71717a'
}

const [WIDTH, LEFT, RIGHT, TOP, BOTTOM] = [720, 64, 150, 12, 44]
const LETTER = 12

function svg(height: number, label: string, children: readonly Markup[]): MarkupElement {
  return el('svg', { viewBox: `0 0 ${WIDTH} ${height}`, width: '100%', role: 'img', 'aria-label': safeText(label, 600), class: 'figure-drawing', 'font-size': LETTER, 'font-family': 'system-ui, sans-serif' }, children)
}

function text(x: number, y: number, content: string, attributes: Readonly<Record<string, string | number>> = {}): MarkupElement {
  return el('text', { x: round(x), y: round(y), fill: 'currentColor', 'dominant-baseline': 'central', ...attributes }, content)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** Round values from at most `low` to at least `high`. */
function niceTicks(low: number, high: number, most = 6): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0]
  const span = high > low ? high - low : Math.abs(high) || 1
  const rough = span / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? power
  const [first, last] = [Math.floor(low / step), Math.ceil((high > low ? high : low + span) / step)]
  return Array.from({ length: Math.min(50, last - first + 1) }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

type Place = (value: number) => number

function scale(ticks: readonly number[], from: number, to: number): Place {
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  return (value) => from + ((value - low) / (high - low || 1)) * (to - from)
}

function axes(x: { place: Place; ticks: readonly number[]; label: string; format?: (value: number) => string }, y: { place: Place; ticks: readonly number[]; label: string }, height: number): MarkupElement[] {
  const floor = height - BOTTOM
  const faint = { stroke: 'currentColor', 'stroke-opacity': 0.15 }
  return [
    ...y.ticks.flatMap((tick) => [el('path', { d: `M${LEFT} ${round(y.place(tick))}H${WIDTH - RIGHT}`, ...faint }), text(LEFT - 8, y.place(tick), figure(tick), { 'text-anchor': 'end', opacity: 0.75 })]),
    ...x.ticks.map((tick) => text(x.place(tick), floor + 14, (x.format ?? figure)(tick), { 'text-anchor': 'middle', opacity: 0.75 })),
    text((LEFT + WIDTH - RIGHT) / 2, height - 10, x.label, { 'text-anchor': 'middle', opacity: 0.75 }),
    el('text', { transform: `translate(12 ${round((TOP + floor) / 2)}) rotate(-90)`, 'text-anchor': 'middle', fill: 'currentColor', opacity: 0.75 }, y.label),
  ]
}

function figure(value: number): string {
  return Math.abs(value) >= 1000 ? countText(value) : String(Number(value.toPrecision(4)))
}

const BAR = 22

/** One bar a value, its count beside it. */
export function barsFigure(plot: OutputOf<'plot'>): MarkupElement {
  const most = Math.max(1, ...plot.bars.map((bar) => bar.count))
  const [left, room] = [230, WIDTH - 230 - 80]
  const color = (value: string): string => (plot.y === 'verb' ? verbColor(value) : '#0072b2')
  return svg(plot.bars.length * BAR + 12, plot.title, plot.bars.flatMap((bar, index) => {
    const middle = 6 + index * BAR + BAR / 2
    return [
      text(left - 8, middle, safeText(plot.y === 'user' ? shortUser(bar.value) : bar.value, 32), { 'text-anchor': 'end' }),
      el('rect', { x: left, y: middle - 7, width: Math.max(1, round((bar.count / most) * room)), height: 14, rx: 2, fill: color(bar.value) }),
      text(left + (bar.count / most) * room + 6, middle, countText(bar.count)),
    ]
  }))
}

const clock = (micros: number): string => new Date(micros / 1000).toISOString().slice(11, 19)

/** Counts over time, stacked by verb; names of the verbs at the right. */
export function timeFigure(overTime: NonNullable<OutputOf<'answer'>['overTime']>, title: string, unit: string): MarkupElement {
  const height = 220
  const [begin, end] = [overTime.fromMicros, overTime.fromMicros + overTime.counts.length * overTime.stepMicros]
  const yTicks = niceTicks(0, Math.max(1, ...overTime.counts.map((counts) => counts.reduce((sum, count) => sum + count, 0))), 4).filter((tick) => Number.isInteger(tick))
  const x: Place = (micros) => LEFT + ((micros - begin) / (end - begin)) * (WIDTH - RIGHT - LEFT)
  const y = scale(yTicks, height - BOTTOM, TOP)
  const width = Math.max(1, x(begin + overTime.stepMicros) - x(begin) - 1)
  const xTicks = [0, 0.25, 0.5, 0.75, 1].map((share) => begin + share * (end - begin))
  const bars = overTime.counts.flatMap((counts, index) => {
    let below = 0
    return counts.flatMap((count, verb) => {
      if (count === 0) return []
      below += count
      return [el('rect', { x: round(x(begin + index * overTime.stepMicros)), y: round(y(below)), width: round(width), height: round(y(below - count) - y(below)), fill: verbColor(overTime.verbs[verb] ?? null) })]
    })
  })
  const names = overTime.verbs.slice(0, 10).flatMap((verb, index) => [el('rect', { x: WIDTH - RIGHT + 8, y: TOP + index * 16 + 2, width: 8, height: 8, fill: verbColor(verb) }), text(WIDTH - RIGHT + 22, TOP + index * 16 + 6, safeText(verb, 20))])
  return svg(height, title, [...axes({ place: x, ticks: xTicks, label: 'time received (UTC)', format: clock }, { place: y, ticks: yTicks, label: unit }, height), ...bars, ...names])
}

const LANE = 24
const MOST_LANES = 14

/** One lane a user, one mark a match; diamonds, as matches are triggers, or dots. */
export function timelineFigure(points: readonly AnswerRow[], of: 'contexts' | 'events'): MarkupElement {
  const timed = points.filter((point) => point.micros !== null)
  const users = [...new Set(timed.map((point) => shortUser(point.user)))]
  const lanes = users.length > MOST_LANES ? [...users.slice(0, MOST_LANES - 1), `${users.length - MOST_LANES + 1} others`] : users
  const [begin, last] = [Math.min(...timed.map((point) => point.micros ?? 0)), Math.max(...timed.map((point) => point.micros ?? 0))]
  const [left, floor] = [210, 12 + lanes.length * LANE]
  const x: Place = (micros) => left + 8 + ((micros - begin) / (last - begin || 1)) * (WIDTH - left - 32)
  const ticks = last > begin ? [0, 0.5, 1].map((share) => begin + share * (last - begin)) : [begin]
  return svg(floor + 40, `${timed.length} ${of} over time, by user`, [
    ...lanes.flatMap((lane, index) => {
      const y = 12 + index * LANE + LANE / 2
      return [el('path', { d: `M${left} ${y}H${WIDTH - 16}`, stroke: 'currentColor', 'stroke-opacity': 0.15 }), text(left - 8, y, safeText(lane, 28), { 'text-anchor': 'end' })]
    }),
    ...timed.map((point) => {
      const lane = users.indexOf(shortUser(point.user))
      const [px, py] = [round(x(point.micros ?? 0)), 12 + Math.min(lane, lanes.length - 1) * LANE + LANE / 2]
      const said = el('title', {}, safeText(`${clock(point.micros ?? 0)} ${point.verb ?? ''} ${point.kind} ${point.object}`, 300))
      return of === 'contexts' ? el('path', { d: `M${px} ${py - 6}L${px + 6} ${py}L${px} ${py + 6}L${px - 6} ${py}Z`, fill: verbColor(point.verb) }, said) : el('circle', { cx: px, cy: py, r: 4, fill: verbColor(point.verb) }, said)
    }),
    ...ticks.map((tick, index) => text(x(tick), floor + 14, clock(tick), { 'text-anchor': index === 0 ? 'start' : index === ticks.length - 1 ? 'end' : 'middle', opacity: 0.75 })),
    text((left + WIDTH) / 2, floor + 30, 'time received (UTC)', { 'text-anchor': 'middle', opacity: 0.75 }),
  ])
}
