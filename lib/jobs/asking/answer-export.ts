import { setImmediate } from 'node:timers/promises'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { SchemaElement } from 'hyparquet'
import { AuditweaveError } from '@/lib/audit/errors'
import { formatMicros } from '@/lib/audit/time'
import { ANSWER_COLUMNS, type AnswerCell, type AnswerColumn } from '@/lib/contexts/query-answers'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import { safeJson } from '@/lib/contexts/visible-text'
import { exportCompact } from '@/lib/export/compact'
import { csvField } from '@/lib/export/csv'
import { recordsOfContexts } from '@/lib/store/found-contexts'
import { answerReaders } from './answer-block'
import { loadingTeller } from './answer-run'
import type { KeptLogs } from './kept-logs'
import { compile, loadMissing, matchingRows } from './matching'
import type { ExportAsk, Said } from './messages'
import type { AskableColumns } from './read-found'

const ROWS = 2000
const CONTEXTS = 500

/** Writes all answers to a file, piece by piece; of contexts JSON lines are those of `auditweave query`. */
export async function answerExport(ask: ExportAsk, logs: KeptLogs, say: (said: Said) => void, signal: AbortSignal): Promise<void> {
  if (ask.format === 'compact' && ask.of === 'lines') throw new AuditweaveError('wrong-use', 'The compact form holds contexts, not lines. Ask for contexts, or export the lines as CSV, JSON lines or Parquet.')
  const query = compile(ask.text)
  const tell = loadingTeller(() => {})
  const log = await logs.open(ask.log, tell, signal)
  await loadMissing(query, log, tell, signal)
  const places = matchingRows(query, log, ask).rows.toArray()
  for await (const piece of WRITERS[ask.format](ask, log, places)) {
    say({ kind: 'piece', piece })
    await setImmediate()
    signal.throwIfAborted()
  }
}

type Writer = (ask: ExportAsk, log: AskableColumns, places: readonly number[]) => AsyncIterable<string | Uint8Array>

const WRITERS: Readonly<Record<ExportAsk['format'], Writer>> = {
  async *csv(ask, log, places) {
    const readers = answerReaders(log, ask.of)
    yield `${ANSWER_COLUMNS.map(headOf).join(',')}\r\n`
    for (const part of parts(places, ROWS)) yield part.map((place) => `${ANSWER_COLUMNS.map((name) => csvField(readable(name, readers[name](place)))).join(',')}\r\n`).join('')
  },
  async *jsonl(ask, log, places) {
    const readers = answerReaders(log, ask.of)
    for (const part of parts(places, ROWS)) yield part.map((place) => `${safeJson(ask.of === 'contexts' ? contextLine(log.contexts[place]) : Object.fromEntries(ANSWER_COLUMNS.map((name) => [headOf(name), readable(name, readers[name](place))])))}\n`).join('')
  },
  async *parquet(ask, log, places) {
    yield parquetFile(answerReaders(log, ask.of), places)
  },
  async *compact(_ask, log, places) {
    const contexts = places.flatMap((place) => log.contexts[place] ?? [])
    yield* exportCompact(await membersOf(log, contexts), contexts)
  },
}

function contextLine(context: ContextRecord | undefined): object {
  return context ? { context: context.id, label: context.label, trigger: context.trigger, events: context.events, first: context.first, last: context.last } : {}
}

async function membersOf(log: AskableColumns, contexts: readonly ContextRecord[]): Promise<ReconstructedRecord[]> {
  const ids = contexts.map(({ id }) => id)
  if (log.reconstructionId === null) {
    const wanted = new Set(ids)
    return (log.records ?? []).filter(({ context }) => context !== null && wanted.has(context))
  }
  const found: ReconstructedRecord[] = []
  for (const part of parts(ids, CONTEXTS)) for (const record of await recordsOfContexts(log.reconstructionId, part)) found.push(record)
  return found
}

function* parts<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}

/** What a reader of the file expects: times as text, lengths in milliseconds. */
function readable(name: AnswerColumn, cell: AnswerCell): AnswerCell {
  if (typeof cell !== 'number') return cell
  if (name === 'micros') return formatMicros(cell)
  return name === 'duration' ? cell / 1000 : cell
}

function headOf(name: AnswerColumn): string {
  return name === 'micros' ? 'requestReceivedTimestamp' : name === 'duration' ? 'duration_ms' : name
}

type Type = Pick<SchemaElement, 'type' | 'converted_type'>
const TEXT: Type = { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
const NUMBER: Type = { type: 'DOUBLE' }
const NUMBERS: ReadonlySet<AnswerColumn> = new Set(['seq', 'code', 'events', 'duration', 'confidence'])

function typeOf(name: AnswerColumn): Type {
  if (name === 'micros') return { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }
  return NUMBERS.has(name) ? NUMBER : TEXT
}

function parquetFile(readers: ReturnType<typeof answerReaders>, places: readonly number[]): Uint8Array {
  const schema: SchemaElement[] = [{ name: 'answers', num_children: ANSWER_COLUMNS.length }, ...ANSWER_COLUMNS.map((name): SchemaElement => ({ name: headOf(name), ...typeOf(name), repetition_type: 'OPTIONAL' }))]
  const writer = new ByteWriter()
  const file = new ParquetWriter({ writer, schema })
  file.write({ columnData: ANSWER_COLUMNS.map((name) => ({ name: headOf(name), data: places.map((place) => parquetCell(name, readers[name](place))) })) })
  file.finish()
  return writer.getBytes()
}

function parquetCell(name: AnswerColumn, cell: AnswerCell): string | number | bigint | null {
  if (cell === null) return null
  if (name === 'micros') return BigInt(Math.trunc(Number(cell)))
  if (NUMBERS.has(name)) return Number(readable(name, cell))
  return String(cell)
}
