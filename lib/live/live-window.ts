import { compareFacts, reconstruct } from '@/lib/contexts/reconstruct'
import type { ContextRecord, ReconstructedRecord, Reconstruction } from '@/lib/contexts/types'
import type { LiveItem } from './live-item'

export interface WindowLimits {
  /** Lines in memory at most, but for what comes between two linkings. */
  readonly events: number
  /** Contexts in which nothing happened for so long are closed, in microseconds; so is what belongs to none forgotten. */
  readonly age: number
  /** Lines that were logged before the newest by more than this are counted as late, in microseconds; they are taken all the same. */
  readonly reorder: number
}

export const WINDOW_LIMITS: WindowLimits = Object.freeze({ events: 20_000, age: 15 * 60e6, reorder: 30e6 })

/** What the window holds, linked. `records[i]` tells of `items[i]`. */
export interface LinkedWindow {
  readonly items: readonly LiveItem[]
  readonly records: readonly ReconstructedRecord[]
  readonly contexts: readonly ContextRecord[]
}

/** How far below its limit the window is emptied, so that not every line that comes makes another go. */
const EMPTIED_TO = 0.8
/** Clocks of API servers differ; an event from further ahead does not push others out. */
const AHEAD = 60e6

/**
 * The last events in order of time, linked anew as they come: an event that comes late takes its place, and what it makes of the
 * others is found. For any order of arrival the contexts are those of `reconstruct` over all that the window holds.
 * Contexts whose trigger has left are closed: they neither grow nor lose what still lies in the window.
 */
export class LiveWindow {
  readonly #limits: WindowLimits
  #items: LiveItem[] = []
  #arrived: LiveItem[] = []
  #newest = Number.NEGATIVE_INFINITY
  #newestLogged = Number.NEGATIVE_INFINITY
  /** Of requests whose context is closed, its id. */
  readonly #pinned = new Map<string, string>()
  #late = 0

  constructor(limits: Partial<WindowLimits> = {}) {
    this.#limits = { ...WINDOW_LIMITS, ...limits }
  }

  /** Lines that came later than the window for reordering. */
  get late(): number { return this.#late }
  get size(): number { return this.#items.length + this.#arrived.length }
  /** Lines that came since the last linking. */
  get waiting(): number { return this.#arrived.length }

  /** All lines, those that wait for linking last. */
  held(): readonly LiveItem[] { return [...this.#items, ...this.#arrived] }

  /** Takes lines in the order of their arrival. */
  add(items: readonly LiveItem[]): void {
    for (const item of items) {
      // By when it was logged: a watch ends minutes after it was received, and is not late for that.
      const logged = believed(item, item.facts.until)
      // Nor is one that came as soon as it was logged, whatever was logged ahead of its time, as a replay at full speed does.
      if (logged < Math.min(this.#newestLogged, item.arrived) - this.#limits.reorder) this.#late++
      this.#newestLogged = Math.max(this.#newestLogged, logged)
      this.#newest = Math.max(this.#newest, placeInTime(item))
      this.#arrived.push(item)
    }
  }

  /** Replaces what is kept of each event, as when watches ask for other parts of bodies. */
  replace(change: (item: LiveItem) => LiveItem): void {
    this.#items = this.#items.map(change)
    this.#arrived = this.#arrived.map(change)
  }

  /** Links all that is held. */
  link(): LinkedWindow {
    this.#items = [...this.#items, ...this.#arrived].sort((a, b) => compareFacts(a.facts, b.facts))
    this.#arrived = []
    const found = reconstruct(this.#items.map(({ facts }) => facts))
    return { items: this.#items, ...(this.#pinned.size === 0 ? found : this.#withoutPinned(found)) }
  }

  /** Drops what the limits leave no room for, by what `link` has just found; returns the contexts that are closed by it. */
  evict(linked: LinkedWindow): ContextRecord[] {
    const kept = this.#kept(linked)
    this.#items = linked.items.filter((_, i) => kept[i])
    return this.#close(linked.contexts)
  }

  /** The contexts that `evict` will close; nothing is dropped yet. */
  leaving(linked: LinkedWindow): ContextRecord[] {
    const kept = this.#kept(linked)
    const held = new Set(linked.items.flatMap(({ facts }, i) => (kept[i] ? [facts.auditID] : [])))
    return linked.contexts.filter(({ trigger }) => !held.has(trigger.auditID))
  }

  #kept({ items, records }: LinkedWindow): boolean[] {
    const horizon = this.#newest - this.#limits.age
    const active = new Set<string>()
    items.forEach((item, i) => {
      const context = records[i]?.context
      if (context && placeInTime(item) >= horizon) active.add(context)
    })
    const kept = items.map((item, i) => placeInTime(item) >= horizon || active.has(records[i]?.context ?? ''))
    this.#thin(items, kept)
    return kept
  }

  #thin(items: readonly LiveItem[], kept: boolean[]): void {
    let count = kept.reduce((sum, one) => sum + (one ? 1 : 0), 0)
    if (count <= this.#limits.events) return
    const most = Math.floor(this.#limits.events * EMPTIED_TO)
    const byTime = items.map((item, i) => ({ i, at: placeInTime(item) })).sort((a, b) => a.at - b.at || a.i - b.i)
    for (const { i } of byTime) {
      if (count <= most) break
      if (kept[i]) count--
      kept[i] = false
    }
  }

  #close(contexts: readonly ContextRecord[]): ContextRecord[] {
    const held = new Set(this.#items.map(({ facts }) => facts.auditID))
    for (const auditID of this.#pinned.keys()) if (!held.has(auditID)) this.#pinned.delete(auditID)
    const closed = contexts.filter(({ trigger }) => !held.has(trigger.auditID))
    for (const { id, members } of closed) for (const auditID of members) if (held.has(auditID)) this.#pinned.set(auditID, id)
    return closed
  }

  #withoutPinned({ records, contexts }: Reconstruction): Reconstruction {
    return {
      records: records.map((record) => (this.#pinned.has(record.auditID) ? { ...record, role: 'consequence', context: this.#pinned.get(record.auditID) ?? null, links: [] } : record)),
      contexts: contexts.map((context) => this.#unpinned(context)),
    }
  }

  #unpinned(context: ContextRecord): ContextRecord {
    const members = context.members.filter((auditID) => !this.#pinned.has(auditID))
    return members.length === context.members.length ? context : { ...context, members, events: members.length }
  }
}

/** The time of an event as far as it can be believed: one without a time, or from the future, counts from its arrival. */
function placeInTime(item: LiveItem): number {
  return believed(item, item.facts.at)
}

function believed({ arrived }: LiveItem, time: number): number {
  return time <= arrived + AHEAD ? time : arrived
}
