import { setTimeout as sleep } from 'node:timers/promises'
import { isAuditweaveError } from '@/lib/audit/errors'
import type { JobBackend, TakenJob } from './backend'
import type { JobKind } from './contracts'

const POLL_MS = 1500
const DOWN_MS = 3000

/** Takes jobs of some kinds, one after another, until the signal aborts. `wake` ends a pause early. */
export class Slot {
  #wake = new AbortController()
  readonly #backend: JobBackend
  readonly #kinds: readonly JobKind[]
  readonly #handle: (job: TakenJob) => Promise<void>
  readonly #log: (text: string) => void

  constructor(backend: JobBackend, kinds: readonly JobKind[], handle: (job: TakenJob) => Promise<void>, log: (text: string) => void) {
    this.#backend = backend
    this.#kinds = kinds
    this.#handle = handle
    this.#log = log
  }

  wake(): void {
    this.#wake.abort()
  }

  async run(stopping: AbortSignal): Promise<void> {
    let down = false
    while (!stopping.aborted) {
      try {
        const job = await this.#backend.take(this.#kinds)
        down = false
        if (job === null) await this.#pause(POLL_MS, stopping)
        else await this.#handle(job)
      } catch (error) {
        if (stopping.aborted) return
        if (!down) this.#log(`The queue cannot be read: ${isAuditweaveError(error) || error instanceof Error ? error.message : String(error)} Trying again.`)
        down = true
        await this.#pause(DOWN_MS, stopping)
      }
    }
  }

  async #pause(ms: number, stopping: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal: AbortSignal.any([stopping, this.#wake.signal]) }).catch(() => {})
    this.#wake = new AbortController()
  }
}
