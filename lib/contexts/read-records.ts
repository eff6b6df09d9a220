import { AuditweaveError } from '@/lib/audit/errors'
import { gunzip, isGzip } from '@/lib/audit/gunzip'
import type { ScoredRecord } from '@/lib/contexts/score'

const MOST_LINE_CHARACTERS = 64 * 1024 * 1024

async function* plainBytes(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  let first: Uint8Array = new Uint8Array()
  while (first.length < 2) {
    const next = await iterator.next()
    if (next.done) break
    first = first.length === 0 ? next.value : Uint8Array.from([...first, ...next.value])
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield first
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
  yield* isGzip(first) ? gunzip(rest()) : rest()
}

async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let held = ''
  for await (const chunk of plainBytes(source)) {
    const parts = (held + decoder.decode(chunk, { stream: true })).split('\n')
    held = parts.pop() ?? ''
    yield* parts
    if (held.length > MOST_LINE_CHARACTERS) throw new RangeError('a line is longer than 64 million characters')
  }
  yield held + decoder.decode()
}

function isRecord(value: unknown): value is ScoredRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseRecord(line: string): ScoredRecord | null {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

/**
 * Reads truth or reconstructed records, JSON lines, gzip by content. `name` is for messages.
 * Throws AuditweaveError `not-records` with the line at fault.
 */
export async function readRecords(source: AsyncIterable<Uint8Array>, name: string): Promise<ScoredRecord[]> {
  const records: ScoredRecord[] = []
  let number = 0
  try {
    for await (const line of linesOf(source)) {
      number++
      if (line.trim() === '') continue
      const record = parseRecord(line)
      if (!record) throw new AuditweaveError('not-records', `${name}, line ${number}: not a JSON object: give a file of records, one JSON object a line, as reconstruct writes it`)
      records.push(record)
    }
  } catch (cause) {
    if (cause instanceof AuditweaveError && cause.code === 'not-records') throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AuditweaveError('not-records', `${name}, after line ${number}: cannot be read (${reason}): check that the file is whole`, { cause })
  }
  if (records.length === 0) throw new AuditweaveError('not-records', `${name} holds no records: give a file that reconstruct wrote, or a truth file`)
  return records
}
