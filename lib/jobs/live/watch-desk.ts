import type { ContextRecord } from '@/lib/contexts/types'
import type { LinkedWindow } from '@/lib/live/live-window'
import { asksForRest } from '@/lib/live/settling'
import { bodiesRead, type KeptBodies } from '@/lib/live/slim-event'
import type { Alert, AlertTrigger, Watch } from '@/lib/live/watch'
import { matchContexts, watchedQuery, type Asked } from '@/lib/live/watch-window'
import { raiseAlerts, type Match } from '@/lib/store/live/alerts'
import { listWatches } from '@/lib/store/live/watches'
import { parseMicros } from '@/lib/audit/time'
import { visibleText } from '@/lib/contexts/visible-text'

/** A context in which nothing has happened for so long is taken to be at rest, in milliseconds. */
export const QUIET_MS = 30_000

export interface DeskOptions {
  /** Whether alerts are to be posted. */
  readonly posts: boolean
  readonly quietMs?: number | undefined
}

/**
 * The watches that are switched on, and which contexts they still have to look at. Those whose match may be lost as a context
 * grows look at it when it has come to rest or is closed: an alert is raised once and not taken back.
 */
export class WatchDesk {
  #asked: readonly Asked<Watch>[] = []
  #patient: readonly Asked<Watch>[] = []
  /** What each watch was when all contexts were last shown to it. */
  #shown = new Map<string, string>()
  readonly #due = new Set<string>()
  readonly #awaited = new Set<string>()
  /** When a context last changed here, by the clock of this process. */
  readonly #changed = new Map<string, number>()

  constructor(private readonly options: DeskOptions) {}

  /** Parts of bodies that the watches ask for. */
  get bodies(): KeptBodies {
    return bodiesRead([...this.#asked, ...this.#patient].map(({ query }) => query))
  }

  /** Reads the watches anew; whether one is new or asks something else than before, so that all contexts must be shown again. */
  async load(): Promise<boolean> {
    const watches = (await listWatches()).filter(({ enabled }) => enabled)
    const asked = watches.flatMap((watch) => {
      const query = watchedQuery(watch.query)
      return query ? [{ query, of: watch }] : []
    })
    this.#asked = asked.filter(({ query }) => !asksForRest(query))
    this.#patient = asked.filter(({ query }) => asksForRest(query))
    const shown = new Map(watches.map(({ id, query }) => [id, query]))
    const news = watches.some(({ id, query }) => this.#shown.get(id) !== query)
    this.#shown = shown
    return news
  }

  /** Contexts that have changed wait here until `look` was right through. */
  add(contexts: readonly ContextRecord[]): void {
    for (const { id } of contexts) this.#changed.set(id, performance.now())
    this.show(contexts)
  }

  /** Contexts that did not change are looked at too, as when a watch is new. */
  show(contexts: readonly ContextRecord[]): void {
    for (const { id } of contexts) {
      this.#due.add(id)
      this.#awaited.add(id)
    }
  }

  /** Whether contexts wait that can be looked at now. */
  get waiting(): boolean { return this.#due.size > 0 }

  /** Whether contexts have come to rest for which a watch waits. */
  get rested(): boolean {
    return this.#patient.length > 0 && [...this.#awaited].some((id) => this.#isAtRest(id))
  }

  /** Shows the waiting contexts to the watches and stores what they find; those of `leaving` are about to be closed. What fails is shown again. @throws AuditweaveError 'database-down' */
  async look(window: LinkedWindow, leaving: readonly ContextRecord[]): Promise<Alert[]> {
    const left = new Set(leaving.map(({ id }) => id))
    const settled = new Set([...this.#awaited].filter((id) => left.has(id) || this.#isAtRest(id)))
    const found = [...this.#find(this.#asked, this.#due, window), ...this.#find(this.#patient, settled, window)]
    const seqs = new Map<string, number[]>()
    for (const { facts, seq } of found.length > 0 ? window.items : []) seqs.set(facts.auditID, [...(seqs.get(facts.auditID) ?? []), seq])
    const raised = await raiseAlerts(found.map(({ of, context }) => this.#match(of, context, seqs)))
    this.#due.clear()
    for (const id of settled) this.#awaited.delete(id)
    const held = new Set(window.contexts.map(({ id }) => id))
    for (const id of this.#changed.keys()) if (left.has(id) || !held.has(id)) this.#changed.delete(id)
    return raised
  }

  #find(asked: readonly Asked<Watch>[], ids: ReadonlySet<string>, window: LinkedWindow): { readonly of: Watch; readonly context: ContextRecord }[] {
    return ids.size === 0 ? [] : matchContexts(asked, window.contexts.filter(({ id }) => ids.has(id)), window)
  }

  #isAtRest(id: string): boolean {
    return performance.now() - (this.#changed.get(id) ?? 0) >= (this.options.quietMs ?? QUIET_MS)
  }

  #match(watch: Watch, context: ContextRecord, seqs: ReadonlyMap<string, readonly number[]>): Match {
    const [first, last] = [millisOf(context.first), millisOf(context.last)]
    return {
      watchId: watch.id, contextId: context.id, trigger: alertTrigger(context), events: context.events, firstAt: first, lastAt: Math.max(first, last),
      lines: context.members.slice(0, 500).flatMap((auditID) => seqs.get(auditID) ?? []), posts: this.options.posts && watch.notify,
    }
  }
}

const LONGEST = 300
const short = (text: string): string => visibleText(text.slice(0, LONGEST))

/** A context may have no usable time: its alert then has that of its raising. */
function millisOf(time: string | null): number {
  const micros = time === null ? null : parseMicros(time)
  return micros === null || Math.abs(micros) > 8e18 ? Date.now() : Math.floor(micros / 1000)
}

export function alertTrigger({ trigger }: ContextRecord): AlertTrigger {
  const { auditID, user, verb, objectRef: ref } = trigger
  const kind = ref ? [ref.resource, ref.subresource].filter(Boolean).join('/') : null
  const name = ref ? [ref.namespace, ref.name].filter(Boolean).join('/') : ''
  return { auditID: auditID.slice(0, 1024), user: user === null ? null : short(user), verb: verb === null ? null : short(verb), object: kind === null ? null : short([kind, name].filter(Boolean).join(' ')) }
}
