import { brushedRows } from '@/components/columns/brushed-rows'
import { textAt, wordAt, type Column, type ColumnTable } from '@/components/columns/column'
import { filterRows, rowsOf } from '@/components/columns/filter-rows'
import { groupRows, type RowGroup } from '@/components/columns/group'
import { everyRow, orderRows } from '@/components/columns/order'
import type { ContextsState } from './contexts-state'

export interface ContextsInView {
  /** What passes the filter; the brush narrows it further. */
  readonly unbrushed: Int32Array
  readonly rows: Int32Array
  readonly problems: readonly string[]
}

const ALIASES: Readonly<Record<string, string>> = { ns: 'namespace', n: 'events', size: 'events', conf: 'confidence', who: 'user', cmd: 'command', ran: 'duration' }

/** The contexts that pass filter and brush, in order; those alike in what is sorted by stand in order of time. */
export function contextsInView(table: ColumnTable, { q, sort, brushes }: Pick<ContextsState, 'q' | 'sort' | 'brushes'>): ContextsInView {
  const column = (name: string): Column | undefined => table.columns.get(name) ?? table.columns.get(Object.hasOwn(ALIASES, name.toLowerCase()) ? (ALIASES[name.toLowerCase()] ?? '') : name.toLowerCase())
  const { mask, problems } = filterRows(q, { count: table.ids.length, column, texts: () => searchTexts(table) })
  const unbrushed = rowsOf(mask, orderOf(table, sort))
  return { unbrushed, rows: brushedRows(unbrushed, brushes, table.columns, table.ids.length), problems }
}

const orders = new WeakMap<ColumnTable, { readonly key: string; readonly rows: Int32Array }>()

/** All rows in order, the last one kept: a filter leaves the order as it is. */
function orderOf(table: ColumnTable, sort: ContextsState['sort']): Int32Array {
  const key = JSON.stringify(sort)
  const known = orders.get(table)
  if (known?.key === key) return known.rows
  const rows = orderRows(everyRow(table.ids.length), sort, table.columns)
  orders.set(table, { key, rows })
  return rows
}

const SEARCHED = ['user', 'verb', 'resource', 'namespace', 'name', 'label', 'followed', 'corrected'] as const
const texts = new WeakMap<ColumnTable, readonly string[]>()

/** What words are looked for in; kept, as every key typed asks it of a hundred thousand contexts. */
export function searchTexts(table: ColumnTable): readonly string[] {
  const known = texts.get(table)
  if (known) return known
  const columns = SEARCHED.map((key) => table.columns.get(key))
  const made = table.ids.map((id, row) => `${columns.map((column) => wordAt(column, row) ?? '').join('\n')}\n${id}`.toLowerCase())
  texts.set(table, made)
  return made
}

/** Columns whose groups stand in order of time; others stand by how many contexts they hold. */
const IN_TIME: ReadonlySet<string> = new Set(['hour', 'command'])

export function groupsInView(table: ColumnTable, rows: Int32Array, by: readonly string[]): RowGroup[] {
  const columns = by.map((key) => table.columns.get(key)).filter((column) => column !== undefined)
  if (columns.length === 0) return []
  const groups = groupRows(rows, columns, textAt)
  return IN_TIME.has(by[0] ?? '') ? groups : groups.sort((a, b) => b.rows.length - a.rows.length)
}
