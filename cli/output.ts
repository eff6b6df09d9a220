import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AuditweaveError } from '@/lib/audit/errors'
import { safeJson, visibleText } from '@/lib/contexts/visible-text'

/** Text for people: never on stdout, which belongs to results. Names in it may come from a log, so nothing in it steers a terminal. */
export function say(message: string): void {
  process.stderr.write(`${visibleLines(message)}\n`)
}

/** Text in which nothing but the ends of its lines steers a terminal. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}

/** One JSON object a line on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${safeJson(value)}\n`)
}

/** Left-aligned columns; the widest cell sets a column's width. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd()).join('\n')
}

/**
 * Writes chunks to a file, or to stdout when `path` is undefined or `-`. A file appears whole or not at all:
 * it is written beside its place and renamed; what is there and no file (a pipe, /dev/null) is written to as it is.
 * @throws AuditweaveError 'cannot-write' naming the file and what to do.
 */
export async function writeOutput(path: string | undefined, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  if (path === undefined || path === '-') return pipeline(Readable.from(gathered(chunks)), process.stdout, { end: false })
  const there = await stat(path).catch(() => null)
  const whole = there === null || there.isFile()
  const target = whole ? `${path}.partial-${process.pid}` : path
  try {
    await pipeline(Readable.from(gathered(chunks)), createWriteStream(target))
    if (whole) await rename(target, path)
  } catch (error) {
    if (whole) await rm(target, { force: true })
    throw cannotWrite(path, error)
  }
}

const PIECE_CHARACTERS = 1 << 16

/** Joins small chunks, since a stream's cost is by the write. */
async function* gathered(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
  let buffer = ''
  for await (const chunk of chunks) {
    if (typeof chunk !== 'string') {
      if (buffer) yield buffer
      buffer = ''
      yield chunk
      continue
    }
    buffer += chunk
    if (buffer.length < PIECE_CHARACTERS) continue
    yield buffer
    buffer = ''
  }
  if (buffer) yield buffer
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space or choose another place.',
  ENOENT: 'Its folder does not exist: create it first.',
  EISDIR: 'It is a folder: name a file in it.',
}

/** Why a file could not be written, and what to do; an error that says so itself stays. */
export function cannotWrite(path: string, error: unknown): AuditweaveError {
  if (error instanceof AuditweaveError) return error
  const code = (error as NodeJS.ErrnoException).code
  const advice = ADVICE[code ?? ''] ?? 'Choose another place.'
  return new AuditweaveError('cannot-write', `${path} could not be written (${code ?? String(error)}). ${advice}`, { cause: error })
}
