import { varies, type Column, type ColumnTable } from '@/components/columns/column'
import { formatFigure } from '@/components/format/number'
import { measureOf } from '@/lib/experiments/measures'
import type { AxisValue } from '@/lib/experiments/points'
import { plainFigure } from '@/lib/experiments/report/figure-text'
import type { TableBody } from '@/lib/experiments/report/report-types'

/** The trials of a search as columns, for parallel coordinates: its parameters, then its figures. `runs` are the addresses of their runs, `names` what they are called. */
export interface TrialColumns { readonly table: ColumnTable; readonly axes: readonly Column[]; readonly score: Column | null; readonly names: readonly string[] }

/** Heads that only say which row it is. */
const NAMES: ReadonlySet<string> = new Set(['Trial'])

export function trialColumns({ heads, columns, rows }: TableBody): TrialColumns {
  const head = heads.flatMap((title, index): Column[] => (NAMES.has(title) ? [] : [headColumn(title, rows.map((row) => row.head[index] ?? ''))]))
  const figures = columns.map(({ key, title, measure }, index): Column => {
    const { hint, better } = measureOf(measure)
    return { kind: 'number', key, title, short: title, hint, better, from: 'figures', format: (value) => plainFigure(measure, value), values: Float64Array.from(rows, (row) => row.cells[index]?.mean ?? Number.NaN) }
  })
  const all = Int32Array.from(rows, (_, index) => index)
  const axes = [...head, ...figures].filter((column) => varies(column, all))
  const trial = heads.indexOf('Trial')
  return {
    table: { ids: rows.map((row) => row.cells.find((cell) => cell && cell.values.length > 0)?.values[0]?.run ?? ''), columns: new Map(axes.map((column) => [column.key, column])) },
    axes, score: figures[0] ?? null,
    names: rows.map((row) => `${row.head[0] ?? ''}${trial > 0 ? `, trial ${row.head[trial] ?? ''}` : ''}`),
  }
}

function headColumn(title: string, values: readonly AxisValue[]): Column {
  const facts = { key: title, title, short: title, hint: '', better: null, from: 'parameters', format: formatFigure } as const
  if (values.every((value) => typeof value === 'number')) return { kind: 'number', ...facts, values: Float64Array.from(values) }
  const words = [...new Set(values.map(String))]
  return { kind: 'word', ...facts, words, codes: Int32Array.from(values, (value) => words.indexOf(String(value))) }
}
