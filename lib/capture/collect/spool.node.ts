import { open, rm, type FileHandle } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { parseJson } from '@/lib/audit/parse-json'
import { isObject } from '@/lib/audit/json'

interface Place { readonly at: number; readonly offset: number; readonly bytes: number }

const BATCH = 1 << 20

/** Collected lines on the disk, and where each lies, so that a long capture needs no memory for bodies. */
export class Spool {
  readonly #places: Place[] = []
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #offset = 0
  #writing: Promise<void> = Promise.resolve()

  private constructor(readonly file: string, private readonly handle: FileHandle) {}

  static async create(file: string): Promise<Spool> {
    return new Spool(file, await open(file, 'wx+', 0o600))
  }

  get lines(): number {
    return this.#places.length
  }

  /** Keeps one event, already redacted; `text` is its line. */
  add(event: AuditEvent, text: string): void {
    const line = Buffer.from(`${text}\n`)
    this.#places.push({ at: event.receivedMicros ?? Infinity, offset: this.#offset, bytes: line.length })
    this.#offset += line.length
    this.#waiting.push(line)
    this.#waitingBytes += line.length
    if (this.#waitingBytes >= BATCH) this.#flush()
  }

  /** Every event in order of time received. */
  async *events(): AsyncGenerator<AuditEvent> {
    for await (const line of this.#sorted()) {
      const raw = parseJson(line.toString('utf8'))
      if (isObject(raw)) yield normaliseEvent(raw as JsonObject)
    }
  }

  /** Writes the lines in order of time received, gzip. */
  async writeGzip(file: string): Promise<void> {
    await pipeline(Readable.from(this.#sorted()), createGzip(), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
  }

  async discard(): Promise<void> {
    await this.#settled().catch(() => {})
    await this.handle.close()
    await rm(this.file, { force: true })
  }

  async *#sorted(): AsyncGenerator<Buffer> {
    await this.#settled()
    // stable: equal times stay as the log has them
    const order = this.#places.toSorted((a, b) => (a.at === b.at ? 0 : a.at - b.at))
    for (const { offset, bytes } of order) {
      const { buffer } = await this.handle.read(Buffer.allocUnsafe(bytes), 0, bytes, offset)
      yield buffer
    }
  }

  #flush(): void {
    const lines = Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#waitingBytes = 0
    this.#writing = this.#writing.then(async () => { await this.handle.appendFile(lines) })
    // the failure is told when the file is read
    this.#writing.catch(() => {})
  }

  #settled(): Promise<void> {
    if (this.#waitingBytes > 0) this.#flush()
    return this.#writing
  }
}
