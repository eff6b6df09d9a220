import { keepBrushed } from '@/components/columns/brush'
import { wordAt, textAt, numberAt, varies, type Column, type ColumnTable } from '@/components/columns/column'
import { filterRows, keepAmong, rowsOf, type Mask } from '@/components/columns/filter-rows'
import { groupRows, type RowGroup } from '@/components/columns/group'
import { everyRow, orderRows } from '@/components/columns/order'
import { columnKey, FACETS, type Facet, type RunsState } from './runs-state'

export interface RunsInView {
  /** What passes filter and facets; brushes narrow it further. */
  readonly unbrushed: Int32Array
  /** What the table shows, in its order. */
  readonly rows: Int32Array
  readonly problems: readonly string[]
}

type Asked = Pick<RunsState, 'q' | 'facets' | 'sort' | 'brushes'>

/** The runs that pass filter, facets and brushes, in order; runs alike in what is sorted by stand as they came, the newest first. */
export function runsInView(table: ColumnTable, { q, facets, sort, brushes }: Asked): RunsInView {
  const count = table.ids.length
  const { mask, problems } = filterRows(q, { count, column: (name) => table.columns.get(name) ?? table.columns.get(columnKey(name)) ?? table.columns.get(columnKey(name.toLowerCase())), texts: () => searchTexts(table) })
  for (const facet of FACETS) {
    const values = facets[facet]
    if (values) keepAmong(mask, table.columns.get(facet), values)
  }
  const ordered = orderOf(table, sort)
  const unbrushed = rowsOf(mask, ordered)
  return { unbrushed, rows: brushes.length > 0 ? brushed(mask, ordered, brushes, table) : unbrushed, problems }
}

function brushed(mask: Mask, ordered: Int32Array, brushes: RunsState['brushes'], table: ColumnTable): Int32Array {
  keepBrushed(mask, brushes, table.columns)
  return rowsOf(mask, ordered)
}

const orders = new WeakMap<ColumnTable, Map<string, Int32Array>>()

/** All rows in order, kept: a filter leaves the order as it is. */
function orderOf(table: ColumnTable, sort: RunsState['sort']): Int32Array {
  const known = orders.get(table) ?? new Map<string, Int32Array>()
  orders.set(table, known)
  const key = JSON.stringify(sort)
  const order = known.get(key) ?? orderRows(everyRow(table.ids.length), sort, table.columns)
  known.set(key, order)
  return order
}

const SEARCHED = ['name', 'engine', 'worker', 'dataset', 'experiment', 'preset', 'tags', 'note'] as const
const texts = new WeakMap<ColumnTable, readonly string[]>()

/** What words are looked for in; kept, as every key typed asks it of ten thousand runs. Words hold no line feed, so that none spans two values. */
export function searchTexts(table: ColumnTable): readonly string[] {
  const known = texts.get(table)
  if (known) return known
  const columns = SEARCHED.map((key) => table.columns.get(key))
  const number = table.columns.get('number')
  const made = table.ids.map((_, row) => [`#${numberAt(number, row)}`, ...columns.map((column) => wordAt(column, row) ?? '')].join('\n').toLowerCase())
  texts.set(table, made)
  return made
}

export function groupsInView(table: ColumnTable, rows: Int32Array, by: readonly string[]): RowGroup[] {
  const columns = by.map((key) => table.columns.get(key)).filter((column) => column !== undefined)
  return columns.length === 0 ? [] : groupRows(rows, columns, (column, row) => textAt(column, row))
}

/** Columns to show: those chosen that are here, without those in which all rows agree if that is asked. Number and name always stay. */
export function shownColumns(table: ColumnTable, state: Pick<RunsState, 'columns' | 'differs'>, rows: Int32Array): Column[] {
  const here = state.columns.map((key) => table.columns.get(key)).filter((column) => column !== undefined)
  return state.differs ? here.filter((column) => column.key === 'number' || column.key === 'name' || varies(column, rows)) : here
}

/** Values of a facet with how many runs bear each, commonest first. */
export function facetCounts(table: ColumnTable, facet: Facet): { value: string; count: number }[] {
  const column = table.columns.get(facet)
  if (column?.kind !== 'word') return []
  const counts = new Map<string, number>()
  for (const code of column.codes) counts.set(column.words[code] ?? '', (counts.get(column.words[code] ?? '') ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}
