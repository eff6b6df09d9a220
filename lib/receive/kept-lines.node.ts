import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { lineNumber, linePlace, type LinePlace } from './line-number'
import { segmentName, segmentNumber } from './segment.node.ts'

const KEY_BYTES = 24
const END_AT = 16

/** A received line and its number. */
export interface KeptLine { readonly number: number; readonly text: string }

/**
 * Reads what a receiver keeps in a folder, also while it writes. Only lines that have been acknowledged are seen: the digests beside
 * a segment are written once its lines are synced, and say where each ends.
 */
export class KeptLines {
  constructor(private readonly folder: string) {}

  /** Lines from a place on, at most so many and, but for the first, so many bytes of them; none where nothing is there yet. */
  async read(from: LinePlace, most: { readonly lines: number; readonly bytes: number }): Promise<{ readonly lines: readonly KeptLine[]; readonly next: LinePlace }> {
    const count = await this.#count(from.segment)
    if (from.line >= count) {
      const following = (await this.segments()).find((segment) => segment > from.segment)
      return { lines: [], next: following === undefined ? from : { segment: following, line: 0 } }
    }
    const ends = await this.#ends(from, Math.min(most.lines, count - from.line))
    const [begin = 0, ...wanted] = ends
    const within = Math.max(1, wanted.findLastIndex((end) => end - begin <= most.bytes) + 1)
    const last = wanted[within - 1] ?? begin
    const bytes = await readBytes(path.join(this.folder, segmentName(from.segment)), begin, last - begin)
    const lines = wanted.slice(0, within).map((end, i) => ({
      number: lineNumber({ segment: from.segment, line: from.line + i }), text: bytes.toString('utf8', (wanted[i - 1] ?? begin) - begin, end - begin - 1),
    }))
    return { lines, next: { segment: from.segment, line: from.line + lines.length } }
  }

  /** Lines by their numbers, those that are there; in ascending order. */
  async pick(numbers: readonly number[]): Promise<KeptLine[]> {
    const found: KeptLine[] = []
    const sorted = [...new Set(numbers)].sort((a, b) => a - b)
    for (let i = 0; i < sorted.length; ) {
      let run = 1
      while (i + run < sorted.length && run < 1000 && sorted[i + run] === (sorted[i] as number) + run) run++
      for (let at = i; at < i + run; ) {
        const { lines } = await this.read(linePlace(sorted[at] as number), { lines: i + run - at, bytes: 32 << 20 })
        found.push(...lines)
        if (lines.length === 0) break
        at += lines.length
      }
      i += run
    }
    return found
  }

  /** The place that lies so many lines before another, or where all begins. */
  async before(place: LinePlace, lines: number): Promise<LinePlace> {
    let { segment, line } = place
    let left = lines
    for (const earlier of (await this.segments()).filter((number) => number < segment).toReversed()) {
      if (left <= line) break
      left -= line
      segment = earlier
      line = await this.#count(earlier)
    }
    return { segment, line: Math.max(0, line - left) }
  }

  /** The place after the last line. */
  async end(): Promise<LinePlace> {
    const segment = (await this.segments()).at(-1) ?? 1
    return { segment, line: await this.#count(segment) }
  }

  /** How many lines lie from a place to the end. */
  async behind(place: LinePlace): Promise<number> {
    let lines = -place.line
    for (const segment of await this.segments()) if (segment >= place.segment) lines += await this.#count(segment)
    return Math.max(0, lines)
  }

  /** Numbers of the segments, ascending. */
  async segments(): Promise<number[]> {
    const names = await readdir(this.folder).catch(() => [])
    return names.flatMap((name) => segmentNumber(name) ?? []).sort((a, b) => a - b)
  }

  async #count(segment: number): Promise<number> {
    const found = await stat(this.#keys(segment)).catch(() => null)
    return Math.floor((found?.size ?? 0) / KEY_BYTES)
  }

  /** Where the line before a place ends, and where those from it on do. */
  async #ends({ segment, line }: LinePlace, count: number): Promise<number[]> {
    const first = Math.max(0, line - 1)
    const records = await readBytes(this.#keys(segment), first * KEY_BYTES, (line + count - first) * KEY_BYTES)
    const ends = line === 0 ? [0] : []
    for (let at = 0; at + KEY_BYTES <= records.length; at += KEY_BYTES) ends.push(Number(records.readBigUInt64LE(at + END_AT)))
    return ends
  }

  #keys(segment: number): string {
    return path.join(this.folder, `${segmentName(segment)}.keys`)
  }
}

async function readBytes(file: string, from: number, length: number): Promise<Buffer> {
  const handle: FileHandle = await open(file, 'r')
  try {
    const bytes = Buffer.alloc(length)
    const { bytesRead } = await handle.read(bytes, 0, length, from)
    return bytes.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
