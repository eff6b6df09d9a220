import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Reject } from '@/lib/audit/read-options'
import { homeSubfolder } from './home'

const MAX_BYTES = 256 << 20

/** The lines of an import that gave no event, as JSON lines {line, reason, text} in the data folder; at most 256 MiB. */
export class RejectsFile {
  readonly #file: string
  #stream: WriteStream | null = null
  #bytes = 0

  constructor(datasetId: string) {
    this.#file = rejectsFile(datasetId)
  }

  add(reject: Reject): void {
    if (this.#bytes > MAX_BYTES) return
    this.#stream ??= createWriteStream(this.#file, { mode: 0o600 }).on('error', () => {
      // A full disk must not stop an import whose rejects are only kept for reading.
      this.#bytes = Number.POSITIVE_INFINITY
    })
    const line = `${JSON.stringify(reject)}\n`
    this.#bytes += line.length
    this.#stream.write(line)
  }

  async close(): Promise<void> {
    const stream = this.#stream
    if (stream !== null) await new Promise<void>((resolve) => stream.end(() => resolve()))
  }
}

/** Where the rejected lines of a data set are. */
export function rejectsFile(datasetId: string): string {
  return path.join(homeSubfolder('rejects'), `${datasetId}.jsonl`)
}

export async function removeRejects(datasetId: string): Promise<void> {
  await rm(rejectsFile(datasetId), { force: true })
}
