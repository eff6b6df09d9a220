import { numberAt, type Column } from './column'
import { ranksOf } from './order'

export interface RowGroup {
  readonly key: string
  /** The group's value on each of the columns grouped by, as its cell writes it. */
  readonly texts: readonly string[]
  readonly rows: Int32Array
}

/** Rows that agree on every one of these columns, in the order of their first rows. */
export function groupRows(rows: Int32Array, by: readonly Column[], textOf: (column: Column, row: number) => string): RowGroup[] {
  const groups = new Map<string, number[]>()
  const ranks = by.map((column) => ranksOf(column).ranks)
  for (const row of rows) {
    const key = ranks.map((rank) => rank[row]).join('/')
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].map((members) => {
    const texts = by.map((column) => textOf(column, members[0] ?? 0))
    return { key: texts.join('\u0000'), texts, rows: Int32Array.from(members) }
  })
}

export interface Spread {
  readonly count: number
  readonly mean: number
  /** Sample standard deviation (n - 1); null for a single value. */
  readonly deviation: number | null
}

/** Mean and deviation of a column over rows that have it; null where none has. */
export function spreadOf(column: Column, rows: Int32Array): Spread | null {
  const values: number[] = []
  for (const row of rows) {
    const value = numberAt(column, row)
    if (value !== null) values.push(value)
  }
  if (values.length === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { count: values.length, mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null }
}
