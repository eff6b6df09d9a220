export type Better = 'more' | 'less' | null

/** What a column is called and how its values are written. */
export interface ColumnFacts {
  readonly title: string
  /** Stands in the column's head. */
  readonly short: string
  readonly hint: string
  readonly better: Better
  readonly format: (value: number) => string
}

interface ColumnBase extends ColumnFacts {
  readonly key: string
  /** Where it comes from, for the choice of columns: "settings", "metrics", ... */
  readonly from: string
}

/** A number a row; NaN where the row has none. */
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number'
  readonly values: Float64Array
}

/** A word a row, as its place in `words`; -1 where the row has none. */
export interface WordColumn extends ColumnBase {
  readonly kind: 'word'
  readonly codes: Int32Array
  readonly words: readonly string[]
}

export type Column = NumberColumn | WordColumn

/** Rows as columns: each an array of its own, so that ten thousand rows are looked through without an object a row. */
export interface ColumnTable {
  readonly ids: readonly string[]
  readonly columns: ReadonlyMap<string, Column>
}

export const EMPTY_TABLE: ColumnTable = { ids: [], columns: new Map() }

export function hasValue(column: Column, row: number): boolean {
  return column.kind === 'number' ? !Number.isNaN(column.values[row] ?? Number.NaN) : (column.codes[row] ?? -1) >= 0
}

export function numberAt(column: Column | undefined, row: number): number | null {
  const value = column?.kind === 'number' ? (column.values[row] ?? Number.NaN) : Number.NaN
  return Number.isNaN(value) ? null : value
}

export function wordAt(column: Column | undefined, row: number): string | null {
  return column?.kind === 'word' ? (column.words[column.codes[row] ?? -1] ?? null) : null
}

/** A value as its cell shows it; a dash where there is none. */
export function textAt(column: Column, row: number): string {
  if (column.kind === 'word') return wordAt(column, row) ?? '–'
  const value = numberAt(column, row)
  return value === null ? '–' : column.format(value)
}

/** Whether these rows do not all have the same value; a missing one counts as a value. */
export function varies(column: Column, rows: Int32Array): boolean {
  const values = column.kind === 'number' ? column.values : column.codes
  const first = values[rows[0] ?? -1]
  return rows.some((row) => !Object.is(values[row], first))
}
