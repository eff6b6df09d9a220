import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { AuditweaveError } from '@/lib/audit/errors'
import { ROW_GROUP } from './parquet'

const MAGIC = [0x50, 0x41, 0x52, 0x31]

/** Whether bytes begin as Parquet files do. */
export function isParquet(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte)
}

/**
 * The lines of a labelled log in a Parquet file, as `writeLabelledLines` writes them.
 * @throws AuditweaveError 'not-labelled' for a Parquet file of something else, or a damaged one
 */
export async function* parquetLines(file: ArrayBuffer, name: string): AsyncGenerator<string> {
  const rows = rowsOf(file, name)
  for (let from = 0; from < rows; from += ROW_GROUP) {
    const read = await parquetReadObjects({ file, columns: [...COLUMNS], rowStart: from, rowEnd: Math.min(rows, from + ROW_GROUP) }).catch((cause: unknown) => {
      throw new AuditweaveError('not-labelled', `${name} is damaged near row ${from.toLocaleString('en')}: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause })
    })
    for (const row of read) yield lineOf(row, name)
  }
}

const LABEL = ['group', 'resource', 'subresource', 'verb', 'namespaced', 'single'] as const
const COLUMNS = ['role', 'context', ...LABEL.map((part) => `label.${part}`), 'event'] as const

function rowsOf(file: ArrayBuffer, name: string): number {
  try {
    const metadata = parquetMetadata(file)
    const there = new Set(metadata.schema.map((element) => element.name))
    const missing = COLUMNS.filter((column) => !there.has(column))
    if (missing.length > 0) throw new AuditweaveError('not-labelled', `${name} is a Parquet file without the ${missing.length === 1 ? 'column' : 'columns'} ${missing.join(', ')}: give one that a data set was exported to.`)
    return Number(metadata.num_rows)
  } catch (cause) {
    if (cause instanceof AuditweaveError) throw cause
    throw new AuditweaveError('not-labelled', `${name} begins as a Parquet file and is none: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause })
  }
}

function lineOf(row: Readonly<Record<string, unknown>>, name: string): string {
  const { event, role, context } = row
  if (typeof event !== 'string' || !event.startsWith('{') || !event.endsWith('}') || event.includes('\n')) throw new AuditweaveError('not-labelled', `${name}: the column event holds something that is no event.`)
  if (typeof role !== 'string') return event
  const label = typeof row['label.resource'] === 'string' ? Object.fromEntries(LABEL.map((part) => [part, row[`label.${part}`]])) : null
  return `${event.slice(0, -1)},"auditweave":${JSON.stringify({ role, context: context ?? null, label })}}`
}
