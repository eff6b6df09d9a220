import { AuditweaveError } from './errors'
import type { AuditEvent } from './event'
import { EventSink } from './event-sink'
import { binaryFormat, describeContent } from './found-instead'
import { gunzip, isGzip } from './gunzip'
import { detectLayout, HEAD_BYTES } from './layout'
import type { Layout } from './layout'
import { LineSplitter } from './line-splitter'
import type { Splitter } from './piece'
import type { AuditSource, ReadOptions } from './read-options'
import { createReport } from './report'
import type { ReadReport } from './report'
import { ValueSplitter } from './value-splitter'

export type { AuditSource, ReadOptions, Reject } from './read-options'
export type { ReadReport } from './report'

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
const MAX_LINE_BYTES = 16 << 20
// Bounds a batch, however large the chunks of the source are
const CHUNK_BYTES = 1 << 16
// Deflate reaches 1032; audit logs stay under 100
const MAX_RATIO = 300
const RATIO_FROM = 64 << 20

/** Counts the bytes of the source and hands its chunks on. */
async function* counted(source: AsyncIterable<Uint8Array>, report: ReadReport, options: ReadOptions): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    report.bytes += chunk.length
    if (chunk.length > 0) yield chunk
    options.onProgress?.(report.bytes)
  }
}

/** The chunks with at least `size` bytes (or all there are) in the first. */
async function* withHead(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = []
  let length = 0
  for await (const chunk of source) {
    if (length >= size) {
      yield chunk
      continue
    }
    // a source may reuse its buffer
    waiting.push(chunk.slice())
    length += chunk.length
    if (length >= size) yield join(waiting, length)
  }
  if (length > 0 && length < size) yield join(waiting, length)
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0]
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Refuses gzip data that unpack to far more than any log does. */
async function* bounded(source: AsyncIterable<Uint8Array>, report: ReadReport): AsyncGenerator<Uint8Array> {
  let unpacked = 0
  for await (const chunk of source) {
    unpacked += chunk.length
    if (unpacked > RATIO_FROM && unpacked > MAX_RATIO * report.bytes) {
      throw new AuditweaveError('decompression-bomb', `The gzip data unpack to more than ${MAX_RATIO} times their size, as no audit log does; reading stopped there. Unpack the file yourself if it is one.`)
    }
    yield chunk
  }
}

/** Plain bytes, whether or not the source is gzip; a fault in the packing ends them and is noted in the report. */
async function* plainBytes(source: AuditSource, report: ReadReport, options: ReadOptions): AsyncGenerator<Uint8Array> {
  const headed = withHead(counted(source, report, options), 2)
  const first = await headed.next()
  if (first.done) return
  const all = (async function* () {
    yield first.value
    yield* headed
  })()
  if (!isGzip(first.value)) return yield* all
  try {
    yield* bounded((source.unpack ?? gunzip)(all), report)
  } catch (error) {
    if (!(error instanceof AuditweaveError) || !error.code.endsWith('-gzip')) throw error
    report.truncated = error.message
  }
}

function startsWithMark(head: Uint8Array): boolean {
  return BYTE_ORDER_MARK.every((byte, i) => head[i] === byte)
}

function createSplitter(layout: Layout, limit: number): Splitter {
  return layout.kind === 'lines' ? new LineSplitter(limit) : new ValueSplitter(limit)
}

function refuse(name: string, found: string, report: ReadReport): AuditweaveError {
  const packing = report.truncated === null ? '' : ` ${report.truncated}`
  return new AuditweaveError(
    'not-an-audit-log',
    `No audit event in ${name}: found ${found}.${packing} Give a log of kube-apiserver (--audit-log-path), or an export of EKS, AKS or GKE audit logs.`,
  )
}

/** Splits the bytes and yields the events of each chunk. */
async function* readEvents(source: AuditSource, options: ReadOptions, report: ReadReport): AsyncGenerator<AuditEvent[]> {
  const name = options.name ?? source.name ?? 'the input'
  const sink = new EventSink(report, options)
  let splitter: Splitter | null = null
  let head: Uint8Array = new Uint8Array(0)
  const take = sink.take.bind(sink)
  for await (const chunk of withHead(plainBytes(source, report, options), HEAD_BYTES)) {
    report.plainBytes += chunk.length
    let start = 0
    if (splitter === null) {
      head = chunk.slice(0, HEAD_BYTES)
      const format = binaryFormat(head)
      if (format !== null) throw refuse(name, format, report)
      const layout = detectLayout(new TextDecoder().decode(head))
      sink.layout = layout.kind === 'lines' ? 'jsonl' : layout.shape
      splitter = createSplitter(layout, sink.maxLineBytes)
      start = startsWithMark(head) ? BYTE_ORDER_MARK.length : 0
    }
    for (let at = start; at < chunk.length; at += CHUNK_BYTES) {
      splitter.push(chunk.subarray(at, at + CHUNK_BYTES), take)
      const batch = sink.flush()
      if (batch.length > 0) yield batch
    }
  }
  splitter?.end(take)
  if (splitter instanceof ValueSplitter && splitter.open) sink.endsInside()
  const batch = sink.flush()
  if (batch.length > 0) yield batch
  if (report.events === 0) throw refuse(name, head.length === 0 ? 'nothing, it is empty' : describeContent(head), report)
}

/**
 * Reads an audit log of any known form (JSON lines, EventList, JSON array, envelopes of EKS, AKS and GKE; plain or gzip) as
 * batches of events in the order of the file, with memory that does not grow with it. Secrets are redacted unless
 * `keepSecrets`. Lines that give no event are counted in the report, which is filled while `events` is consumed.
 *
 * `events` throws AuditweaveError `not-an-audit-log` where the input ends without one event, saying what was found
 * instead, and `decompression-bomb`; what the source itself throws is passed on.
 */
export function readAudit(source: AuditSource, options: ReadOptions = {}): { events: AsyncGenerator<AuditEvent[]>; report: ReadReport } {
  const report = createReport()
  return { events: readEvents(source, { maxLineBytes: MAX_LINE_BYTES, ...options }, report), report }
}
