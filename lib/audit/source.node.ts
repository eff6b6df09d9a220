import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AuditweaveError } from './errors'
import type { AuditEvent } from './event'
import { gunzipNative } from './gunzip.node.ts'
import { compareEvents } from './order'
import { readAudit } from './read'
import type { AuditSource, ReadOptions, ReadReport } from './read'

const CHUNK_BYTES = 1 << 17

function explain(path: string, error: unknown): AuditweaveError {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return new AuditweaveError('no-such-file', `There is no file ${path}: check the path, or give - to read from standard input.`, { cause: error })
  if (code === 'EISDIR') return new AuditweaveError('is-a-directory', `${path} is a directory: give one file in it.`, { cause: error })
  if (code === 'EACCES' || code === 'EPERM') return new AuditweaveError('not-readable', `${path} cannot be read: its permissions do not allow it.`, { cause: error })
  return new AuditweaveError('read-failed', `Reading ${path} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>
  } catch (error) {
    throw explain(path, error)
  }
}

/**
 * The bytes of a file, or of standard input for `-`, for `readAudit`. Reading throws AuditweaveError `no-such-file`,
 * `is-a-directory`, `not-readable` or `read-failed`.
 */
export function openSource(path: string): AuditSource {
  const open = path === '-' ? () => process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array> : () => readFile(path)
  return { name: path === '-' ? 'standard input' : path, unpack: gunzipNative, [Symbol.asyncIterator]: open }
}

/** Size of a file in bytes for progress; null for standard input and what has no size. */
export async function sourceSize(path: string): Promise<number | null> {
  if (path === '-') return null
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? found.size : null
}

/** The whole log in memory, ordered by requestReceivedTimestamp; equal times keep the order of the file. */
export async function collectEvents(source: AuditSource, options: ReadOptions = {}): Promise<{ events: AuditEvent[]; report: ReadReport }> {
  const { events: batches, report } = readAudit(source, options)
  const events: AuditEvent[] = []
  for await (const batch of batches) for (const event of batch) events.push(event)
  return { events: events.sort(compareEvents), report }
}
