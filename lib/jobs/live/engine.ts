import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { FactPool } from '@/lib/contexts/fact-pool'
import { contextLine, type LiveContextLine, type LiveStatus, type LiveUpdate } from '@/lib/live/live-state'
import { LiveContexts } from '@/lib/live/live-contexts'
import { LiveWindow, type LinkedWindow, type WindowLimits, WINDOW_LIMITS } from '@/lib/live/live-window'
import { Minutes } from '@/lib/live/minutes'
import { slimEvent, NO_BODIES, type KeptBodies } from '@/lib/live/slim-event'
import { linesByRequest } from '@/lib/live/watch-window'
import type { Alert } from '@/lib/live/watch'
import { KeptLines } from '@/lib/receive/kept-lines.node.ts'
import type { LinePlace } from '@/lib/receive/line-number'
import { readLiveFile, writeLiveFile } from './live-files'
import { ClosedContexts, findInWindow } from './found-contexts'
import type { FoundContext } from './pictures'
import { eventOf, itemOf } from './read-item'
import { WatchDesk } from './watch-desk'

export interface EngineOptions {
  readonly folder: string
  readonly limits?: Partial<WindowLimits>
  /** Whether alerts are to be posted. */
  readonly posts: boolean
  /** After how long a context is taken to be at rest, in milliseconds; 30 s unless told. */
  readonly quietMs?: number
  /** Called when contexts have changed, with the version they have now. */
  onChange?(version: number): void
  onAlerts?(alerts: readonly Alert[]): void
}

const IDLE_MS = 200
const LINK_MS = 1000
/** Linking takes at most this part of the time. */
const SHARE = 3
const BATCH = { lines: 2000, bytes: 16 << 20 }
/** Strings of the log are shared by this many lines. */
const POOLED = 50_000
const NOTHING: LinkedWindow = { items: [], records: [], contexts: [] }
const UP_MS = 5000

/** Follows what a receiver writes: links it as it comes, shows what changes to the watches, and remembers how far it is. */
export class LiveEngine {
  readonly run = randomBytes(6).toString('hex')
  readonly lines: KeptLines
  readonly #window: LiveWindow
  readonly #contexts = new LiveContexts()
  readonly #closed = new ClosedContexts()
  readonly #minutes = new Minutes()
  readonly #desk: WatchDesk
  #linked: LinkedWindow = NOTHING
  #places = new Map<string, number>()
  #keep: KeptBodies = NO_BODIES
  #pool = new FactPool()
  #pooled = 0
  #position: LinePlace = { segment: 1, line: 0 }
  #linkMs = 0
  #linkedAt = 0
  #watchesChanged = true
  #problem: string | null = null
  #stopping = false
  #working: Promise<void> = Promise.resolve()

  constructor(private readonly options: EngineOptions) {
    this.lines = new KeptLines(options.folder)
    this.#window = new LiveWindow(options.limits)
    this.#desk = new WatchDesk(options)
  }

  get #limit(): number { return this.options.limits?.events ?? WINDOW_LIMITS.events }

  get linked(): LinkedWindow { return this.#linked }

  /** A context with its lines, also one of the last that were closed. */
  find(id: string): FoundContext | null {
    return findInWindow(id, this.#linked) ?? this.#closed.find(id)
  }

  /** Goes back so far that contexts which were under way are whole, and begins. */
  async start(): Promise<void> {
    const end = await this.lines.end()
    const looked = await readLiveFile('position', this.options.folder)
    const known = looked && (looked.segment < end.segment || (looked.segment === end.segment && looked.line <= end.line)) ? looked : end
    this.#position = await this.lines.before(known, this.#limit)
    this.#working = this.#loop()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#working
  }

  /** The watches are read anew before the next look. */
  watchesChanged(): void { this.#watchesChanged = true }

  /** What changed since a version of this run; all of it where another run is named. */
  async update({ run, since }: { readonly run: string | null; readonly since: number }): Promise<LiveUpdate> {
    const full = run !== this.run
    const tracked = [...this.#contexts.since(full ? 0 : since)]
    return { run: this.run, version: this.#contexts.version, full, status: await this.#status(), contexts: tracked.map(({ record, ...how }) => this.line(record.id) ?? contextLine(record, () => null, how)) }
  }

  /** The row of a context; null where it is not remembered. */
  line(id: string): LiveContextLine | null {
    const tracked = this.#contexts.find(id)
    if (!tracked) return null
    return contextLine(tracked.record, (auditID) => this.#linked.items[this.#places.get(auditID) ?? -1]?.facts ?? null, tracked)
  }

  async #status(): Promise<LiveStatus> {
    const found = await readLiveFile('pulse', this.options.folder)
    const receiverUp = found !== null && Date.now() - found.at < UP_MS
    return {
      listening: found?.listening ?? null, pulse: found?.pulse ?? null, receiverUp, held: this.#window.size, limit: this.#limit, open: this.#contexts.open, late: this.#window.late, behind: this.#window.waiting + (await this.lines.behind(this.#position)),
      linkMs: Math.round(this.#linkMs), minutes: this.#minutes.report(), webhook: this.options.posts ? 'on' : 'off', problem: this.#problem,
    }
  }

  async #loop(): Promise<void> {
    while (!this.#stopping) {
      try {
        const read = await this.#read()
        if (this.#isDue(read)) await this.#link()
        this.#problem = null
        if (read === 0) await sleep(IDLE_MS)
      } catch (error) {
        this.#problem = error instanceof Error ? error.message : String(error)
        await sleep(LINK_MS)
      }
    }
  }

  /** Takes the next lines; while alerts cannot be stored, or nothing can be linked, nothing more is taken than fits, so that none is passed over. */
  async #read(): Promise<number> {
    if (this.#problem !== null && (this.#desk.waiting || this.#window.waiting >= this.#limit)) return 0
    const { lines, next } = await this.lines.read(this.#position, BATCH)
    const arrived = Date.now() * 1000
    if ((this.#pooled += lines.length) > POOLED) [this.#pool, this.#pooled] = [new FactPool(), 0]
    const items = lines.map((line) => itemOf(line, { keep: this.#keep, pool: this.#pool, arrived }))
    for (const { facts } of items) this.#minutes.add({ micros: facts.at, external: facts.external, code: facts.code })
    this.#window.add(items)
    this.#position = next
    return lines.length
  }

  #isDue(read: number): boolean {
    if (this.#watchesChanged || this.#desk.waiting) return true
    const rested = performance.now() - this.#linkedAt >= Math.max(LINK_MS, SHARE * this.#linkMs)
    if (this.#window.waiting === 0) return rested && this.#desk.rested
    return this.#window.waiting >= this.#limit || (rested && (read < BATCH.lines || this.#window.waiting >= this.#limit / 4))
  }

  async #link(): Promise<void> {
    const all = this.#watchesChanged && (await this.#readWatches())
    const before = this.#contexts.version
    const began = performance.now()
    const reached = this.#position
    this.#linked = this.#window.link()
    this.#places = linesByRequest(this.#linked.items)
    this.#linkMs = performance.now() - began
    this.#linkedAt = performance.now()
    const changed = this.#contexts.update(this.#linked.contexts)
    this.#desk.add(changed)
    if (all) this.#desk.show(this.#linked.contexts)
    const raised = await this.#desk.look(this.#linked, this.#window.leaving(this.#linked))
    await writeLiveFile('position', reached, this.options.folder)
    const closed = this.#window.evict(this.#linked)
    this.#closed.remember(closed, this.#linked)
    this.#contexts.close(closed)
    if (raised.length > 0) this.options.onAlerts?.(raised)
    if (this.#contexts.version !== before) this.options.onChange?.(this.#contexts.version)
  }

  /** Whether all contexts must be looked at again. */
  async #readWatches(): Promise<boolean> {
    const news = await this.#desk.load()
    const bodies = this.#desk.bodies
    if (bodies.key !== this.#keep.key) await this.#keepBodies(bodies)
    this.#watchesChanged = false
    return news
  }

  async #keepBodies(keep: KeptBodies): Promise<void> {
    const kept = await this.withBodies(keep)
    this.#keep = keep
    this.#window.replace((item) => ({ ...item, event: kept.get(item.seq) ?? item.event }))
  }

  /** Events of the window with other parts of their bodies, by the numbers of their lines. */
  async withBodies(keep: KeptBodies): Promise<Map<number, ReturnType<typeof eventOf>>> {
    const kept = new Map<number, ReturnType<typeof eventOf>>()
    const numbers = this.#window.held().map(({ seq }) => seq).sort((a, b) => a - b)
    for (let at = 0; at < numbers.length; at += BATCH.lines) {
      for (const line of await this.lines.pick(numbers.slice(at, at + BATCH.lines))) kept.set(line.number, slimEvent(eventOf(line), keep))
    }
    return kept
  }
}
