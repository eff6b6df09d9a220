import { closeSync, openSync, writeSync } from 'node:fs'
import type { Reject } from '@/lib/audit/read'
import { safeJson } from '@/lib/contexts/visible-text'
import { cannotWrite } from './output'

/**
 * The lines that gave no event, as JSON lines {line, reason, text}. Each is written before the next is read, so that
 * a file of nothing but rejects does not fill memory.
 * @throws AuditweaveError 'cannot-write' naming the file and what to do.
 */
export class RejectsFile {
  readonly #path: string
  readonly #file: number

  constructor(path: string) {
    this.#path = path
    this.#file = this.#try(() => openSync(path, 'w', 0o600))
  }

  add(reject: Reject): void {
    this.#try(() => writeSync(this.#file, `${safeJson(reject)}\n`))
  }

  close(): void {
    closeSync(this.#file)
  }

  #try<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw cannotWrite(this.#path, error)
    }
  }
}
