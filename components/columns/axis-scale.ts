import { formatFigure } from '@/components/format/number'
import type { Column, NumberColumn, WordColumn } from './column'
import { ranksOf } from './order'

export interface AxisTick {
  /** 0 is the low end of the axis, 1 the high one. */
  readonly at: number
  readonly text: string
}

/** How the values of a column lie along an axis. */
export interface AxisScale {
  readonly column: Column
  readonly log: boolean
  /** Place of a row, 0 to 1; NaN where it has no value. */
  readonly at: (row: number) => number
  /** Place of a value, or of a word's rank. */
  readonly place: (value: number) => number
  readonly invert: (place: number) => number
  readonly low: number
  readonly high: number
  readonly ticks: readonly AxisTick[]
  /** In the order of the axis; empty for numbers. */
  readonly words: readonly string[]
}

/** From where on a stretch of positive numbers is drawn by its logarithm. */
const LOG_FROM = 200

/** The axis of a column over these rows: linear, by logarithm where the values span orders of magnitude, or a place a word. */
export function axisScale(column: Column, rows: Int32Array): AxisScale {
  return column.kind === 'number' ? numberScale(column, rows) : wordScale(column, rows)
}

function numberScale(column: NumberColumn, rows: Int32Array): AxisScale {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const row of rows) {
    const value = column.values[row] ?? Number.NaN
    if (value < low) low = value
    if (value > high) high = value
  }
  if (!(low <= high)) [low, high] = [0, 1]
  const log = low > 0 && high / low >= LOG_FROM
  const [from, to] = log ? [Math.log(low), Math.log(high)] : [low, high]
  const span = to - from
  // Where all are alike they lie in the middle.
  const place = (value: number): number => (span === 0 ? 0.5 : ((log ? Math.log(value) : value) - from) / span)
  const invert = (at: number): number => (log ? Math.exp(from + at * span) : from + at * span)
  const few = fewValues(column, rows)
  const ticks = (few ?? (log ? logTicks(low, high) : niceTicks(low, high))).map((value) => ({ at: place(value), text: formatTick(column, value) }))
  return { column, log, low, high, place, invert, ticks, words: [], at: (row) => place(column.values[row] ?? Number.NaN) }
}

const FEW = 7

/** A swept setting has a tick for each of its values; null where there are many. */
function fewValues(column: NumberColumn, rows: Int32Array): number[] | null {
  const values = new Set<number>()
  for (const row of rows) {
    const value = column.values[row] ?? Number.NaN
    if (!Number.isNaN(value) && values.add(value).size > FEW) return null
  }
  return values.size > 0 ? [...values].sort((a, b) => a - b) : null
}

function formatTick(column: NumberColumn, value: number): string {
  return /Seconds$|Bytes$|^created$|^started$|^finished$/.test(column.key) ? column.format(value) : formatFigure(value)
}

function wordScale(column: WordColumn, rows: Int32Array): AxisScale {
  const { ranks } = ranksOf(column)
  const present = [...new Set(Array.from(rows, (row) => ranks[row] ?? -1))].filter((rank) => rank >= 0).sort((a, b) => a - b)
  const placeOfRank = new Map(present.map((rank, index) => [rank, index]))
  const wordOfRank = new Map<number, string>()
  column.codes.forEach((code, row) => wordOfRank.set(ranks[row] ?? -1, column.words[code] ?? ''))
  const words = present.map((rank) => wordOfRank.get(rank) ?? '')
  const last = Math.max(1, words.length - 1)
  const place = (index: number): number => (words.length === 1 ? 0.5 : index / last)
  const every = Math.ceil(words.length / 14)
  const ticks = words.flatMap((text, index) => (index % every === 0 ? [{ at: place(index), text }] : []))
  return {
    column, log: false, low: 0, high: words.length - 1, place, ticks, words,
    invert: (at) => at * last,
    at: (row) => place(placeOfRank.get(ranks[row] ?? -1) ?? Number.NaN),
  }
}

/** Round values from low to high, about four of them, and the ends where nothing round is near. */
export function niceTicks(low: number, high: number): number[] {
  if (low === high) return [low]
  const rough = (high - low) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (([1, 2, 2.5, 5, 10] as const).find((factor) => factor * power >= rough) ?? 10)
  const ticks: number[] = []
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9; tick += step) ticks.push(Number(tick.toPrecision(12)))
  return ticks.length > 1 ? ticks : [low, high]
}

function logTicks(low: number, high: number): number[] {
  const ticks: number[] = []
  for (let power = Math.ceil(Math.log10(low)); 10 ** power <= high; power++) ticks.push(10 ** power)
  return ticks.length > 1 ? ticks : [low, high]
}
