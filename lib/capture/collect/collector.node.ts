import { normaliseEvent } from '@/lib/audit/normalise'
import type { JsonObject } from '@/lib/audit/event'
import { FactPool } from '@/lib/contexts/fact-pool'
import type { Scrubber } from '../cluster/scrubber'
import { noteLine } from '../label/note'
import type { TokenHome } from '../label/sent'
import { Activity } from './activity'
import type { Spool } from './spool.node.ts'
import { parseJson } from '@/lib/audit/parse-json'
import { isObject } from '@/lib/audit/json'

export interface CollectorOptions {
  readonly spool: Spool
  readonly scrubber: Scrubber
  readonly tokens: ReadonlyMap<string, TokenHome>
  find(text: string): readonly string[]
  isOurs(auditID: string): boolean
  /** Milliseconds that lines may be on their way. */
  readonly grace: number
}

const LOOK_MS = 40

/** Takes events from wherever they come, and knows when a scene has come to rest. */
export class Collector {
  readonly #activity: Activity
  readonly #pool = new FactPool()
  rejected = 0
  /** Levels that the log was written at. */
  readonly levels = new Map<string, number>()

  constructor(private readonly options: CollectorOptions) {
    this.#activity = new Activity(options.tokens)
  }

  /** One event, redacted. */
  take(raw: JsonObject): void {
    const { spool, scrubber } = this.options
    const plain = JSON.stringify(raw)
    const text = scrubber.clean(plain)
    const cleaned = text === plain ? raw : parseJson(text)
    const event = normaliseEvent(isObject(cleaned) ? cleaned : raw)
    spool.add(event, text)
    this.levels.set(event.level ?? 'none', (this.levels.get(event.level ?? 'none') ?? 0) + 1)
    this.#activity.note(event, noteLine(event, { find: this.options.find, isOurs: this.options.isOurs, pool: this.#pool }), Date.now())
  }

  /** Waits until a scene has been quiet for some seconds and the log holds those requests, at most `most` seconds. Gives whether it was. */
  async rest(scene: string, { quiet, most, sent, signal }: { readonly quiet: number; readonly most: number; readonly sent: readonly string[]; readonly signal: AbortSignal }): Promise<boolean> {
    const end = Date.now() + most * 1000
    // a request that the audit policy leaves out never comes
    const lost = Date.now() + this.options.grace + 2000
    for (;;) {
      const now = Date.now()
      const arrived = now >= lost || sent.every((auditID) => this.#activity.has(auditID))
      if (arrived && this.#activity.rested(scene, quiet * 1e6, { now, grace: this.options.grace })) return true
      if (signal.aborted || now >= end) return false
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }

  /** Waits for the answers of all requests, at most `most` milliseconds. */
  async drain(sent: () => readonly (readonly string[])[], most: number): Promise<void> {
    const end = Date.now() + most
    while (Date.now() < end && !sent().every((ids) => ids.some((id) => this.#activity.has(id)))) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
