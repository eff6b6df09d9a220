import type { ContextRecord } from '@/lib/contexts/types'
import type { LinkedWindow } from '@/lib/live/live-window'
import { bodiesRead, type KeptBodies } from '@/lib/live/slim-event'
import type { Alert, AlertTrigger, Watch } from '@/lib/live/watch'
import { matchContexts, watchedQuery, type Asked } from '@/lib/live/watch-window'
import { raiseAlerts, type Match } from '@/lib/store/live/alerts'
import { listWatches } from '@/lib/store/live/watches'
import { parseMicros } from '@/lib/audit/time'
import { visibleText } from '@/lib/contexts/visible-text'

/** The watches that are switched on, and which contexts they still have to look at. */
export class WatchDesk {
  #asked: readonly Asked<Watch>[] = []
  /** What each watch was when all contexts were last shown to it. */
  #shown = new Map<string, string>()
  readonly #due = new Set<string>()

  constructor(private readonly posts: boolean) {}

  /** Parts of bodies that the watches ask for. */
  get bodies(): KeptBodies {
    return bodiesRead(this.#asked.map(({ query }) => query))
  }

  /** Reads the watches anew; whether one is new or asks something else than before, so that all contexts must be shown again. */
  async load(): Promise<boolean> {
    const watches = (await listWatches()).filter(({ enabled }) => enabled)
    this.#asked = watches.flatMap((watch) => {
      const query = watchedQuery(watch.query)
      return query ? [{ query, of: watch }] : []
    })
    const shown = new Map(watches.map(({ id, query }) => [id, query]))
    const news = watches.some(({ id, query }) => this.#shown.get(id) !== query)
    this.#shown = shown
    return news
  }

  /** Contexts that have changed wait here until `look` was right through. */
  add(contexts: readonly ContextRecord[]): void {
    for (const { id } of contexts) this.#due.add(id)
  }

  get waiting(): boolean { return this.#due.size > 0 }

  /** Shows the waiting contexts to the watches and stores what they find. What fails is shown again. @throws AuditweaveError 'database-down' */
  async look(window: LinkedWindow): Promise<Alert[]> {
    if (this.#due.size === 0) return []
    const contexts = window.contexts.filter(({ id }) => this.#due.has(id))
    const found = matchContexts(this.#asked, contexts, window)
    const seqs = new Map<string, number[]>()
    for (const { facts, seq } of found.length > 0 ? window.items : []) seqs.set(facts.auditID, [...(seqs.get(facts.auditID) ?? []), seq])
    const raised = await raiseAlerts(found.map(({ of, context }) => this.#match(of, context, seqs)))
    this.#due.clear()
    return raised
  }

  #match(watch: Watch, context: ContextRecord, seqs: ReadonlyMap<string, readonly number[]>): Match {
    const [first, last] = [millisOf(context.first), millisOf(context.last)]
    return {
      watchId: watch.id, contextId: context.id, trigger: alertTrigger(context), events: context.events, firstAt: first, lastAt: Math.max(first, last),
      lines: context.members.slice(0, 500).flatMap((auditID) => seqs.get(auditID) ?? []), posts: this.posts && watch.notify,
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
