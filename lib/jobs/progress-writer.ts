import { writeProgress, type Hold, type Leased } from '@/lib/store/lease'

const EVERY_MS = 300

/** Writes the newest progress a few times a second; what comes faster is skipped, a failure is not told. */
export class ProgressWriter {
  #next: object | null = null
  #writing: Promise<void> | null = null
  #closed = false
  readonly #table: Leased
  readonly #hold: Hold

  constructor(table: Leased, hold: Hold) {
    this.#table = table
    this.#hold = hold
  }

  report(progress: object): void {
    if (this.#closed) return
    this.#next = progress
    this.#writing ??= this.#drain()
  }

  /** Waits for what is being written; nothing is written afterwards. */
  async close(): Promise<void> {
    this.#closed = true
    this.#next = null
    await this.#writing
  }

  async #drain(): Promise<void> {
    while (this.#next !== null) {
      const progress = this.#next
      this.#next = null
      await writeProgress(this.#table, this.#hold, progress).catch(() => {})
      if (!this.#closed) await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
    }
    this.#writing = null
  }
}
