import { csvField } from '@/lib/export/csv'
import { asTable } from './as-table'
import type { Report, ReportItem, Summary } from './report-types'

type Cell = string | number | boolean | null

const TAIL = ['series', 'published', 'value', 'mean', 'deviation', 'run', 'seed', 'run id', 'launch', 'scale', 'data set', 'version', 'sha256', 'protocol'] as const

/** Every value behind an item, one a line, with the run and the data that it comes from. RFC 4180; text that a spreadsheet would run is defused. */
export function itemCsv(report: Report, item: ReportItem): string {
  const { heads, columns, rows } = asTable(item.body)
  const from: Cell[] = [report.source?.launch ?? null, report.source?.scale ?? null, report.source?.dataset.name ?? null, report.source?.dataset.version ?? null, report.source?.dataset.sha256 ?? null]
  const lines = rows.flatMap(({ head, cells }) => cells.flatMap((cell, index) => {
    const column = columns[index]
    if (!cell || !column) return []
    return valuesOf(cell).map((value): Cell[] => [...head, column.title, column.published, ...value, ...(column.published ? [null, null, null, null, null] : from), column.published ? report.published.source : item.protocol])
  }))
  return [[...heads, ...TAIL], ...lines].map((line) => `${line.map(csvField).join(',')}\r\n`).join('')
}

/** Value, mean, deviation, run, seed and id; a published mean has no value of its own. */
function valuesOf({ mean, deviation, values }: Summary): Cell[][] {
  if (values.length === 0) return [[null, mean, deviation, null, null, null]]
  return values.map(({ value, number, seed, run }) => [value, mean, deviation, number, seed, run])
}
