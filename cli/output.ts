import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AuditweaveError } from '@/lib/audit/errors'

/** Text for people: never on stdout, which belongs to results. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`)
}

/** One JSON object a line on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** Left-aligned columns; the widest cell sets a column's width. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd()).join('\n')
}

/**
 * Writes chunks to a file, or to stdout when `path` is undefined or `-`. A file appears whole or not at all:
 * it is written beside its place and renamed.
 * @throws AuditweaveError 'cannot-write' naming the file and what to do.
 */
export async function writeOutput(path: string | undefined, chunks: AsyncIterable<string>): Promise<void> {
  if (path === undefined || path === '-') return pipeline(Readable.from(gathered(chunks)), process.stdout, { end: false })
  const partial = `${path}.partial-${process.pid}`
  try {
    await pipeline(Readable.from(gathered(chunks)), createWriteStream(partial))
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw writeError(path, error)
  }
}

const PIECE_CHARACTERS = 1 << 16

/** Joins small chunks, since a stream's cost is by the write. */
async function* gathered(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let buffer = ''
  for await (const chunk of chunks) {
    buffer += chunk
    if (buffer.length < PIECE_CHARACTERS) continue
    yield buffer
    buffer = ''
  }
  if (buffer) yield buffer
}

function writeError(path: string, error: unknown): AuditweaveError {
  if (error instanceof AuditweaveError) return error
  const code = (error as NodeJS.ErrnoException).code
  const advice = code === 'ENOSPC' ? 'The disk is full: free some space or choose another place with -o.' : code === 'ENOENT' ? 'Its folder does not exist: create it first.' : 'Choose another place with -o.'
  return new AuditweaveError('cannot-write', `${path} could not be written (${code ?? String(error)}). ${advice}`, { cause: error })
}
