import { open, readFile, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { isObject } from '@/lib/audit/json'
import { digestOf } from './digest.node.ts'
import type { EventDigest } from './seen-events'

const RECORD_BYTES = 24
const LINE_FEED = 10

export const segmentName = (number: number): string => `${String(number).padStart(8, '0')}.jsonl`
export const segmentNumber = (name: string): number | null => (/^\d{8}\.jsonl$/.test(name) ? Number(name.slice(0, 8)) : null)

/** A written line: what is remembered of it, and the byte after its line end. */
interface Key extends EventDigest { readonly end: number }

/**
 * One file of received events, JSON lines that every other command can read, and beside it the digests of its lines, so that a start need
 * not read gigabytes. The digests follow from the lines: whatever is missing of them is made again.
 */
export class Segment {
  #bytes: number
  /** Whether something may stand behind the last whole line. */
  #torn = false

  private constructor(readonly number: number, private readonly data: FileHandle, private readonly keys: FileHandle, bytes: number) {
    this.#bytes = bytes
  }

  get bytes(): number { return this.#bytes }

  /** Opens or makes a segment for appending; a line that was cut in writing is cut off, since nobody was told that it is kept. */
  static async open(folder: string, number: number): Promise<{ readonly segment: Segment; readonly digests: readonly EventDigest[]; readonly cutBytes: number }> {
    const file = path.join(folder, segmentName(number))
    const before = await sizeOf(file)
    const { kept, bytes } = await readSegment(folder, number)
    const data = await open(file, 'a+', 0o600)
    if (bytes < before) await data.truncate(bytes)
    const keys = await open(`${file}.keys`, 'w', 0o600)
    await keys.writev([packed(kept)])
    return { segment: new Segment(number, data, keys, bytes), digests: kept, cutBytes: before - bytes }
  }

  /** Appends lines and returns when they are on the disk. What could be written only in part is taken back before it throws. */
  async append(lines: readonly string[], digests: readonly EventDigest[]): Promise<void> {
    if (this.#torn) await this.#takeBack()
    const text = Buffer.from(`${lines.join('\n')}\n`)
    this.#torn = true
    try {
      await writeAll(this.data, text)
      await this.data.datasync()
    } catch (error) {
      await this.#takeBack()
      throw error
    }
    this.#torn = false
    let end = this.#bytes
    const kept = lines.map((line, i): Key => ({ ...(digests[i] as EventDigest), end: (end += Buffer.byteLength(line) + 1) }))
    this.#bytes += text.length
    await writeAll(this.keys, packed(kept))
  }

  async #takeBack(): Promise<void> {
    await this.data.truncate(this.#bytes)
    this.#torn = false
  }

  async close(): Promise<void> {
    await this.data.close()
    await this.keys.close()
  }
}

/** A short write is no error to the system, and a file that grew too large says so only at the next one. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
}

/** The digests of a segment's whole lines, in order; `bytes` is where the last whole line ends. */
export async function readSegment(folder: string, number: number): Promise<{ readonly kept: readonly Key[]; readonly bytes: number }> {
  const file = path.join(folder, segmentName(number))
  const size = await sizeOf(file)
  const kept = validKeys(await readFile(`${file}.keys`).catch(() => Buffer.alloc(0)), size)
  const known = kept.at(-1)?.end ?? 0
  const rest = await digestLines(file, known, size)
  return { kept: [...kept, ...rest], bytes: rest.at(-1)?.end ?? known }
}

/** Records up to the first that cannot be: a power cut may leave anything behind the last one written. */
function validKeys(bytes: Buffer, size: number): Key[] {
  const keys: Key[] = []
  for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    const end = Number(bytes.readBigUInt64LE(at + 16))
    if (end <= (keys.at(-1)?.end ?? 0) || end > size) break
    keys.push({ identity: bytes.readBigUInt64LE(at), content: bytes.readBigUInt64LE(at + 8), end })
  }
  return keys
}

function packed(keys: readonly Key[]): Buffer {
  const bytes = Buffer.alloc(keys.length * RECORD_BYTES)
  keys.forEach(({ identity, content, end }, i) => {
    bytes.writeBigUInt64LE(identity, i * RECORD_BYTES)
    bytes.writeBigUInt64LE(content, i * RECORD_BYTES + 8)
    bytes.writeBigUInt64LE(BigInt(end), i * RECORD_BYTES + 16)
  })
  return bytes
}

/** Digests of the whole lines from a byte on; stops at the first that is no event. */
async function digestLines(file: string, from: number, size: number): Promise<Key[]> {
  if (from >= size) return []
  const handle = await open(file, 'r')
  try {
    const bytes = Buffer.alloc(size - from)
    await handle.read(bytes, 0, bytes.length, from)
    const keys: Key[] = []
    for (let at = 0, end = bytes.indexOf(LINE_FEED); end >= 0; at = end + 1, end = bytes.indexOf(LINE_FEED, at)) {
      const digest = lineDigest(bytes.toString('utf8', at, end))
      if (!digest) break
      keys.push({ ...digest, end: from + end + 1 })
    }
    return keys
  } finally {
    await handle.close()
  }
}

function lineDigest(line: string): EventDigest | null {
  try {
    const event: unknown = JSON.parse(line)
    if (!isObject(event as never)) return null
    const { auditID, stage } = event as { auditID?: unknown; stage?: unknown }
    return typeof auditID === 'string' && typeof stage === 'string' ? digestOf({ auditID, stage, line }) : null
  } catch {
    return null
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
}
