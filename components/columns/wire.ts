import type { Column, ColumnFacts, ColumnTable } from './column'

export type WireValue = number | string | null

/** A column as it travels: numbers as they are, words as a list and places in it (-1 is none). */
export type WireColumn =
  | { readonly key: string; readonly from: string; readonly numbers: readonly (number | null)[] }
  | { readonly key: string; readonly from: string; readonly words: readonly string[]; readonly codes: readonly number[] }

export interface WireTable {
  readonly ids: readonly string[]
  readonly columns: readonly WireColumn[]
}

export interface WireCell {
  readonly key: string
  readonly from: string
  readonly value: WireValue
}

/** Turns rows into columns: a column whose values are all numbers stays one of numbers, any other becomes one of words. */
export function toWire<T>(rows: readonly T[], idOf: (row: T) => string, cellsOf: (row: T) => readonly WireCell[]): WireTable {
  const columns = new Map<string, { from: string; values: WireValue[] }>()
  rows.forEach((row, index) => {
    for (const { key, from, value } of cellsOf(row)) {
      const column = columns.get(key) ?? { from, values: Array.from<WireValue>({ length: rows.length }).fill(null) }
      column.values[index] = value
      columns.set(key, column)
    }
  })
  return { ids: rows.map(idOf), columns: [...columns].map(([key, { from, values }]) => wireColumn(key, from, values)) }
}

function wireColumn(key: string, from: string, values: readonly WireValue[]): WireColumn {
  if (values.every((value) => value === null || typeof value === 'number') && values.some((value) => value !== null)) return { key, from, numbers: values as (number | null)[] }
  const places = new Map<string, number>()
  const codes = values.map((value) => {
    if (value === null) return -1
    const word = String(value)
    const place = places.get(word) ?? places.size
    places.set(word, place)
    return place
  })
  return { key, from, words: [...places.keys()], codes }
}

export type Describe = (key: string, from: string) => ColumnFacts

/** Columns to compute with, each with its name and format. */
export function fromWire(wire: WireTable, describe: Describe): ColumnTable {
  const columns = wire.columns.map((column): [string, Column] => [column.key, readColumn(column, describe)])
  return { ids: wire.ids, columns: new Map(columns) }
}

function readColumn(column: WireColumn, describe: Describe): Column {
  const facts = { key: column.key, from: column.from, ...describe(column.key, column.from) }
  if ('numbers' in column) return { ...facts, kind: 'number', values: Float64Array.from(column.numbers, (value) => value ?? Number.NaN) }
  return { ...facts, kind: 'word', words: column.words, codes: Int32Array.from(column.codes) }
}
