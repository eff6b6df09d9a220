import type { ReconstructedRecord } from '@/lib/contexts/types'
import { visibleText } from '@/lib/contexts/visible-text'

type Cell = string | number | boolean | null

const COLUMNS: readonly (readonly [name: string, value: (record: ReconstructedRecord) => Cell])[] = [
  ['auditID', (record) => record.auditID],
  ['stage', (record) => record.stage],
  ['requestReceivedTimestamp', (record) => record.requestReceivedTimestamp],
  ['role', (record) => record.role],
  ['context', (record) => record.context],
  ['confidence', (record) => record.confidence],
  ['label.group', (record) => record.label?.group ?? null],
  ['label.resource', (record) => record.label?.resource ?? null],
  ['label.subresource', (record) => record.label?.subresource ?? null],
  ['label.verb', (record) => record.label?.verb ?? null],
  ['label.namespaced', (record) => record.label?.namespaced ?? null],
  ['label.single', (record) => record.label?.single ?? null],
  ['label.code', (record) => record.label?.code ?? null],
  ['link.rule', (record) => record.links[0]?.rule ?? null],
  ['link.key', (record) => record.links[0]?.key ?? null],
  ['link.to', (record) => record.links[0]?.to ?? null],
  ['link.score', (record) => record.links[0]?.score ?? null],
]

/** A field by RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises. */
export function csvField(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const guarded = /^\s*[=+\-@]|^[\t\r\n]/.test(value) ? `'${value}` : value
  const text = visibleText(guarded)
  return /[",']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A header line and one line for each record, first link only, CRLF as RFC 4180 has it. */
export async function* exportCsv(records: Iterable<ReconstructedRecord>): AsyncGenerator<string> {
  yield `${COLUMNS.map(([name]) => name).join(',')}\r\n`
  for (const record of records) yield `${COLUMNS.map(([, value]) => csvField(value(record))).join(',')}\r\n`
}
