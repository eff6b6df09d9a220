import { setTimeout as sleep } from 'node:timers/promises'
import { AuditweaveError } from '@/lib/audit/errors'

const TIMEOUT_MS = 30_000
const MOST_ATTEMPTS = 8
const FIRST_WAIT_MS = 250

/** Posts batches to a receiver until each is kept, as kube-apiserver does. */
export class Sending {
  sent = 0
  stored = 0
  duplicates = 0

  constructor(private readonly address: URL, private readonly token: string | null) {}

  /** Events as JSON. @throws AuditweaveError 'not-taken' when it is refused for good, or too often */
  async send(events: readonly string[]): Promise<void> {
    const body = `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[${events.join(',')}]}`
    for (let attempt = 1; ; attempt++) {
      const refused = await this.#post(body, events.length)
      if (refused === null) return
      if (!refused.passing || attempt === MOST_ATTEMPTS) throw new AuditweaveError('not-taken', `${this.address.href} did not take a batch of ${events.length} events: ${refused.why} ${this.stored} events were kept before.`)
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1))
    }
  }

  async #post(body: string, events: number): Promise<{ readonly why: string; readonly passing: boolean } | null> {
    try {
      const headers = { 'content-type': 'application/json', ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }) }
      const response = await fetch(this.address, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
      const text = await response.text()
      if (response.status !== 200) return { why: `${response.status} ${text.slice(0, 300)}`, passing: response.status === 429 || response.status >= 500 }
      const answer = JSON.parse(text) as { stored?: number; duplicates?: number }
      this.sent += events
      this.stored += answer.stored ?? 0
      this.duplicates += answer.duplicates ?? 0
      return null
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      return { why: `${cause instanceof Error ? cause.message : String(cause)}.`, passing: true }
    }
  }
}
