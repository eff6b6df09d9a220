import { ByteWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer'
import type { SchemaElement } from 'hyparquet'
import { parseMicros } from '@/lib/audit/time'
import type { ReconstructedRecord } from '@/lib/contexts/types'

type Value = string | number | bigint | boolean | null | readonly object[]
type Type = Pick<SchemaElement, 'type' | 'converted_type'>

const TEXT: Type = { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
const DOUBLE: Type = { type: 'DOUBLE' }
const BOOLEAN: Type = { type: 'BOOLEAN' }

interface Column { readonly name: string; readonly type: Type; readonly value: (record: ReconstructedRecord) => Value }

/** Names as in the CSV, so that a notebook reads either; `links` holds all of them as JSON. */
const COLUMNS: readonly Column[] = [
  { name: 'auditID', type: TEXT, value: (record) => record.auditID },
  { name: 'stage', type: TEXT, value: (record) => record.stage },
  { name: 'requestReceivedTimestamp', type: { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }, value: ({ requestReceivedTimestamp }) => micros(requestReceivedTimestamp) },
  { name: 'role', type: TEXT, value: (record) => record.role },
  { name: 'context', type: TEXT, value: (record) => record.context },
  { name: 'confidence', type: DOUBLE, value: (record) => record.confidence },
  { name: 'label.group', type: TEXT, value: (record) => record.label?.group ?? null },
  { name: 'label.resource', type: TEXT, value: (record) => record.label?.resource ?? null },
  { name: 'label.subresource', type: TEXT, value: (record) => record.label?.subresource ?? null },
  { name: 'label.verb', type: TEXT, value: (record) => record.label?.verb ?? null },
  { name: 'label.namespaced', type: BOOLEAN, value: (record) => record.label?.namespaced ?? null },
  { name: 'label.single', type: BOOLEAN, value: (record) => record.label?.single ?? null },
  { name: 'label.code', type: DOUBLE, value: (record) => record.label?.code ?? null },
  { name: 'links', type: { type: 'BYTE_ARRAY', converted_type: 'JSON' }, value: (record) => record.links },
]

const SCHEMA: SchemaElement[] = [{ name: 'records', num_children: COLUMNS.length }, ...COLUMNS.map(({ name, type }): SchemaElement => ({ name, ...type, repetition_type: 'OPTIONAL' }))]

/** Lines to a row group: what is held at a time. */
const GROUP = 50_000

function micros(timestamp: string | null): bigint | null {
  const value = parseMicros(timestamp)
  return value === null ? null : BigInt(value)
}

/** One row a record, Snappy-compressed; the file's bytes come at the end. */
export async function* exportParquet(records: Iterable<ReconstructedRecord>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter()
  const file = new ParquetWriter({ writer, schema: SCHEMA })
  let held = COLUMNS.map((): Value[] => [])
  const flush = (): void => {
    const columnData = COLUMNS.map(({ name }, i): ColumnSource => ({ name, data: held[i] ?? [] }))
    file.write({ columnData, rowGroupSize: GROUP })
    held = COLUMNS.map(() => [])
  }
  for (const record of records) {
    COLUMNS.forEach(({ value }, i) => held[i]?.push(value(record)))
    if (held[0]?.length === GROUP) flush()
  }
  flush()
  file.finish()
  yield writer.getBytes()
}
