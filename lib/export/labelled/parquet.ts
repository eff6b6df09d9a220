import { ByteWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer'
import type { SchemaElement } from 'hyparquet'
import { safeJson } from '@/lib/contexts/visible-text'
import { eventObject } from './event-line'
import type { LabelledEvent } from './types'

type Value = string | number | bigint | boolean | null
type Type = Pick<SchemaElement, 'type' | 'converted_type'>

const TEXT: Type = { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
const BOOLEAN: Type = { type: 'BOOLEAN' }

interface Column { readonly name: string; readonly type: Type; readonly value: (line: LabelledEvent) => Value }

/** Names as in the reconstruction's file; `event` is the whole line, from which it is read back. */
const COLUMNS: readonly Column[] = [
  { name: 'auditID', type: TEXT, value: ({ event }) => event.auditID },
  { name: 'stage', type: TEXT, value: ({ event }) => event.stage },
  { name: 'requestReceivedTimestamp', type: { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }, value: ({ event }) => (event.receivedMicros === null ? null : BigInt(event.receivedMicros)) },
  { name: 'user', type: TEXT, value: ({ event }) => event.user?.username ?? null },
  { name: 'verb', type: TEXT, value: ({ event }) => event.verb },
  { name: 'resource', type: TEXT, value: ({ event }) => event.objectRef?.resource ?? null },
  { name: 'namespace', type: TEXT, value: ({ event }) => event.objectRef?.namespace ?? null },
  { name: 'name', type: TEXT, value: ({ event }) => event.objectRef?.name ?? null },
  { name: 'role', type: TEXT, value: ({ labelling }) => labelling?.role ?? null },
  { name: 'context', type: TEXT, value: ({ labelling }) => labelling?.context ?? null },
  { name: 'label.group', type: TEXT, value: ({ labelling }) => labelling?.label?.group ?? null },
  { name: 'label.resource', type: TEXT, value: ({ labelling }) => labelling?.label?.resource ?? null },
  { name: 'label.subresource', type: TEXT, value: ({ labelling }) => labelling?.label?.subresource ?? null },
  { name: 'label.verb', type: TEXT, value: ({ labelling }) => labelling?.label?.verb ?? null },
  { name: 'label.namespaced', type: BOOLEAN, value: ({ labelling }) => labelling?.label?.namespaced ?? null },
  { name: 'label.single', type: BOOLEAN, value: ({ labelling }) => labelling?.label?.single ?? null },
  { name: 'label.code', type: { type: 'DOUBLE' }, value: ({ labelling }) => labelling?.label?.code ?? null },
  { name: 'event', type: TEXT, value: ({ event }) => safeJson(eventObject(event)) },
]

const SCHEMA: SchemaElement[] = [{ name: 'events', num_children: COLUMNS.length }, ...COLUMNS.map(({ name, type }): SchemaElement => ({ name, ...type, repetition_type: 'OPTIONAL' }))]

/** Lines to a row group: what a reader unpacks at a time; bodies are some kilobytes each. */
export const ROW_GROUP = 5_000

/** One row a line, Snappy-compressed; the file's bytes come at the end. */
export async function* writeLabelledParquet(events: AsyncIterable<LabelledEvent>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter()
  const file = new ParquetWriter({ writer, schema: SCHEMA })
  let held = COLUMNS.map((): Value[] => [])
  const flush = (): void => {
    const columnData = COLUMNS.map(({ name }, i): ColumnSource => ({ name, data: held[i] ?? [] }))
    file.write({ columnData, rowGroupSize: ROW_GROUP })
    held = COLUMNS.map(() => [])
  }
  for await (const line of events) {
    COLUMNS.forEach(({ value }, i) => held[i]?.push(value(line)))
    if (held[0]?.length === ROW_GROUP) flush()
  }
  flush()
  file.finish()
  yield writer.getBytes()
}
