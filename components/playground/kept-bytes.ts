import type { AuditEvent } from '@/lib/audit/event'
import { gunzip } from '@/lib/audit/gunzip'
import { readAudit, type AuditSource } from '@/lib/audit/read'
import { memorySource, streamSource } from '@/lib/audit/source'

const CHUNK_BYTES = 1 << 16
const PART_BYTES = 8 << 20
const LINE_FEED = 10

/**
 * A log's own bytes, in the browser's keeping and not in this thread's memory, with marks by which a line is found again:
 * so events with their bodies can be let go once they are read.
 */
export class KeptBytes {
  readonly #packed: Blob
  /** What was unpacked so far; null where the log came plain. */
  #unpacked: Blob[] | null = null
  #open: Uint8Array<ArrayBuffer>[] = []
  #openBytes = 0
  #plainBytes = 0
  readonly #marks: number[] = []

  constructor(blob: Blob) {
    this.#packed = blob
  }

  /** For the first reading, during which `mark` is called with every batch. */
  source(): AuditSource {
    return { [Symbol.asyncIterator]: () => this.#count(streamSource(this.#packed.stream())), unpack: (source) => this.#keep(gunzip(source)) }
  }

  /** Where the batch just read lies, to find its lines again. */
  mark(): number {
    if (this.#marks.at(-1) !== this.#plainBytes) this.#marks.push(this.#plainBytes)
    return this.#marks.length - 1
  }

  /** One event of the batch at a mark, read again; null where the log no longer gives it. */
  async find(mark: number, auditID: string, stage: string | null): Promise<AuditEvent | null> {
    const wanted = (event: AuditEvent): boolean => event.auditID === auditID && event.stage === stage
    const bytes = await this.#slice(mark)
    return (bytes && (await firstOf(memorySource(bytes), wanted))) ?? firstOf(streamSource(this.#plain().stream()), wanted)
  }

  /** All events again, from the beginning. */
  events(): AsyncIterable<AuditEvent[]> {
    return readAudit(streamSource(this.#plain().stream())).events
  }

  async *#count(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; at += CHUNK_BYTES) {
        const piece = chunk.subarray(at, at + CHUNK_BYTES)
        if (!this.#unpacked) this.#plainBytes += piece.length
        yield piece
      }
    }
  }

  async *#keep(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.#unpacked = []
    this.#plainBytes = 0
    for await (const chunk of source) {
      this.#plainBytes += chunk.length
      this.#open.push(chunk as Uint8Array<ArrayBuffer>)
      this.#openBytes += chunk.length
      if (this.#openBytes >= PART_BYTES) this.#close()
      yield chunk
    }
  }

  #close(): void {
    this.#unpacked?.push(new Blob(this.#open))
    this.#open = []
    this.#openBytes = 0
  }

  #plain(): Blob {
    if (!this.#unpacked) return this.#packed
    if (this.#openBytes > 0) this.#close()
    return new Blob(this.#unpacked)
  }

  /** Whole lines around a mark. A batch's first line begins after the batch before it, which began after the one before that. */
  async #slice(mark: number): Promise<Uint8Array | null> {
    const from = this.#marks[mark - 2] ?? 0
    const bytes = new Uint8Array(await this.#plain().slice(from, this.#marks[mark]).arrayBuffer())
    if (from === 0) return bytes
    const first = bytes.indexOf(LINE_FEED)
    return first < 0 ? null : bytes.subarray(first + 1)
  }
}

/** The first event that is wanted; a slice out of the middle may hold none. */
async function firstOf(source: AuditSource, wanted: (event: AuditEvent) => boolean): Promise<AuditEvent | null> {
  try {
    for await (const batch of readAudit(source).events) {
      const found = batch.find(wanted)
      if (found) return found
    }
  } catch {
    // Nothing that can be read: the whole log is asked next.
  }
  return null
}
