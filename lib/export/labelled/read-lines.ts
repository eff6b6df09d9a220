import { AuditweaveError } from '@/lib/audit/errors'
import { gunzip, isGzip } from '@/lib/audit/gunzip'
import { LineSplitter } from '@/lib/audit/line-splitter'
import { isTooDeep, MAX_DEPTH, parseUnwalked } from '@/lib/audit/parse-json'
import type { JsonObject } from '@/lib/audit/event'
import { isObject } from '@/lib/audit/json'

const LONGEST_LINE = 64 << 20

/** The bytes of a file, unpacked if it is gzip. */
export async function* plainChunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let size = 0
  while (size < 4) {
    const next = await iterator.next()
    if (next.done) break
    held.push(next.value.slice())
    size += next.value.length
  }
  const head = new Uint8Array(size)
  held.reduce((at, part) => (head.set(part, at), at + part.length), 0)
  const all = async function* (): AsyncGenerator<Uint8Array> {
    if (size > 0) yield head
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
  yield* isGzip(head) ? gunzip(all()) : all()
}

/** One JSON object a line, with the line's number. @throws AuditweaveError 'not-records' naming the line at fault */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<{ number: number; value: JsonObject }> {
  const splitter = new LineSplitter(LONGEST_LINE)
  const decoder = new TextDecoder()
  let found: { number: number; value: JsonObject }[] = []
  const take = (piece: { bytes: Uint8Array; number: number; size: number }): void => { found.push({ number: piece.number, value: parse(piece, decoder, name) }) }
  try {
    for await (const chunk of chunks) {
      splitter.push(chunk, take)
      yield* found
      found = []
    }
    splitter.end(take)
  } catch (cause) {
    if (cause instanceof AuditweaveError) throw cause
    throw new AuditweaveError('not-records', `${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}. Check that the file is whole.`, { cause })
  }
  yield* found
}

function parse(piece: { bytes: Uint8Array; number: number; size: number }, decoder: TextDecoder, name: string): JsonObject {
  const wrong = (why: string, cause?: unknown): AuditweaveError => new AuditweaveError('not-records', `${name}, line ${piece.number}: ${why}. Give a file of one JSON object a line.`, { cause })
  if (piece.size > LONGEST_LINE) throw wrong('longer than 64 MB')
  try {
    const value = parseUnwalked(decoder.decode(piece.bytes), MAX_DEPTH)
    if (!isObject(value)) throw wrong('not a JSON object')
    if (isTooDeep(value, MAX_DEPTH)) throw wrong('nested too deeply')
    return value
  } catch (cause) {
    throw cause instanceof AuditweaveError && cause.code === 'not-records' ? cause : wrong('not a JSON object', cause)
  }
}
