import type { Column } from './column'

export interface SortBy {
  readonly id: string
  readonly desc: boolean
}

interface Ranks {
  /** Place of each row's value among the distinct values, -1 where there is none. */
  readonly ranks: Int32Array
  readonly distinct: number
}

const known = new WeakMap<Column, Ranks>()
// Numbers within names count as numbers: "W = 5" before "W = 10".
const collator = new Intl.Collator('en', { numeric: true })

/** Ranks of a column's values. They are worked out once a column: from then on sorting is counting. */
export function ranksOf(column: Column): Ranks {
  const made = known.get(column) ?? (column.kind === 'number' ? rankNumbers(column.values) : rankWords(column.words, column.codes))
  known.set(column, made)
  return made
}

function rankNumbers(values: Float64Array): Ranks {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const distinct = sorted.filter((value, index) => index === 0 || value !== sorted[index - 1])
  return { ranks: Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : placeIn(distinct, value))), distinct: distinct.length }
}

function placeIn(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

function rankWords(words: readonly string[], codes: Int32Array): Ranks {
  const order = words.map((_, code) => code).sort((a, b) => collator.compare(words[a] ?? '', words[b] ?? '') || a - b)
  const rankOf = new Int32Array(words.length)
  order.forEach((code, rank) => (rankOf[code] = rank))
  return { ranks: codes.map((code) => (code < 0 ? -1 : (rankOf[code] ?? -1))), distinct: words.length }
}

/** Rows in order: by the first of the sorts, then the next; ties keep the order they came in. Rows without a value come last either way. */
export function orderRows(rows: Int32Array, sorts: readonly SortBy[], columns: ReadonlyMap<string, Column>): Int32Array {
  let ordered = rows
  for (const { id, desc } of sorts.toReversed()) {
    const column = columns.get(id)
    if (column) ordered = countingSort(ordered, ranksOf(column), desc)
  }
  return ordered
}

function countingSort(rows: Int32Array, { ranks, distinct }: Ranks, desc: boolean): Int32Array {
  const bucket = (row: number): number => {
    const rank = ranks[row] ?? -1
    if (rank < 0) return distinct
    return desc ? distinct - 1 - rank : rank
  }
  const starts = new Int32Array(distinct + 2)
  for (const row of rows) starts[bucket(row) + 1] = (starts[bucket(row) + 1] ?? 0) + 1
  for (let index = 1; index < starts.length; index++) starts[index] = (starts[index] ?? 0) + (starts[index - 1] ?? 0)
  const out = new Int32Array(rows.length)
  for (const row of rows) {
    const at = bucket(row)
    const place = starts[at] ?? 0
    out[place] = row
    starts[at] = place + 1
  }
  return out
}

/** 0, 1, 2, ... */
export function everyRow(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index)
}
