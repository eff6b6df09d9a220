import { numberAt, wordAt, type ColumnTable } from '@/components/columns/column'
import { toCsv } from '@/components/charts/csv'
import { saveFile } from '@/components/charts/save-file'
import { safeJson } from '@/lib/contexts/visible-text'
import { sentenceOf } from './sentence'

const COLUMNS = ['time', 'user', 'verb', 'resource', 'namespace', 'name', 'events', 'lines', 'duration', 'label', 'confidence', 'corrected', 'command', 'followed'] as const

function valueOf(table: ColumnTable, key: string, row: number): string | number | null {
  const column = table.columns.get(key)
  if (column?.kind !== 'number') return wordAt(column, row)
  const value = numberAt(column, row)
  return key === 'time' && value !== null ? new Date(value).toISOString() : value
}

/** The shown contexts as a file: fields of CSV that a spreadsheet would compute are written as text, and no line of JSON misleads a terminal. */
export function saveRows(table: ColumnTable, rows: Int32Array, name: string, format: 'csv' | 'jsonl'): void {
  if (format === 'csv') {
    const text = toCsv(['context', 'sentence', ...COLUMNS], Array.from(rows, (row) => [table.ids[row], sentenceOf(table, row), ...COLUMNS.map((key) => valueOf(table, key, row))]))
    return saveFile(`${name}.csv`, text, 'text/csv;charset=utf-8')
  }
  const lines = Array.from(rows, (row) => `${safeJson({ context: table.ids[row], sentence: sentenceOf(table, row), ...Object.fromEntries(COLUMNS.map((key) => [key, valueOf(table, key, row)])) })}\n`)
  saveFile(`${name}.jsonl`, new Blob(lines, { type: 'application/x-ndjson' }))
}
