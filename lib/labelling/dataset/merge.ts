import { AuditweaveError } from '@/lib/audit/errors'
import type { AuditEvent } from '@/lib/audit/event'
import { labelKey } from '@/lib/labels/label-key'
import { z } from 'zod'
import { canonicalEvent } from './canonical'
import type { Labelling, Labellings } from './labelling'
import { MERGE_MODES, type MergeMode } from './merge-modes'

export { MERGE_MODES, type MergeMode } from './merge-modes'
export const mergeModeSchema = z.enum(MERGE_MODES)

/** What came of a merge, told to whoever asked for it. */
export interface MergeReport {
  /** auditIDs that more than one data set has. */
  readonly collisions: number
  /** Events left out, as an equal one is there. */
  readonly dropped: number
  /** Events of one auditID and stage that differ between data sets; the first's is kept. */
  readonly contradicting: number
  /** Requests that the data sets label otherwise; the first's label is kept. */
  readonly relabelled: number
  /** Contexts that were renamed, since several data sets call one so. */
  readonly renamed: number
}

export interface MergeSource {
  readonly name: string
  readonly auditIDs: ReadonlySet<string>
  readonly labels: Labellings
}

/**
 * Merges data sets event by event: `event` says as what an event of a source goes into the whole, or null where it is there already; `labels` is what
 * stands of the whole. Sources are told by their place.
 * @throws AuditweaveError 'audit-ids-collide' in mode `refuse`
 */
export class Merger {
  readonly #sources: readonly MergeSource[]
  readonly #mode: MergeMode
  readonly #shared: ReadonlySet<string>
  readonly #sharedContexts: ReadonlySet<string>
  readonly #kept = new Map<string, string>()
  #dropped = 0
  #contradicting = 0

  constructor(sources: readonly MergeSource[], mode: MergeMode) {
    this.#sources = sources
    this.#mode = mode
    this.#shared = shared(sources.map(({ auditIDs }) => auditIDs))
    this.#sharedContexts = shared(sources.map(({ labels }) => new Set([...labels.values()].flatMap(({ context }) => context ?? []))))
    if (mode === 'refuse' && this.#shared.size > 0) {
      const [first = ''] = this.#shared
      throw new AuditweaveError('audit-ids-collide', `${this.#shared.size.toLocaleString('en')} auditIDs are in more than one of the data sets, ${first.slice(0, 60)} for one. Take equal events once (once), or keep them apart under new ids (apart).`)
    }
  }

  /** The id under which an auditID of a source stands in the whole. */
  idOf(source: number, auditID: string): string {
    return this.#mode === 'apart' && source > 0 && this.#shared.has(auditID) ? `${auditID}~${source + 1}` : auditID
  }

  event(source: number, event: AuditEvent): AuditEvent | null {
    if (!this.#shared.has(event.auditID)) return event
    if (this.#mode === 'apart') return { ...event, auditID: this.idOf(source, event.auditID) }
    // What may differ is when and by whom it was logged to two places, so that all of it is compared.
    const key = `${event.auditID} ${event.stage ?? ''}`
    const form = digest(canonicalEvent(event))
    const before = this.#kept.get(key)
    if (before === undefined) {
      this.#kept.set(key, form)
      return event
    }
    this.#dropped++
    if (before !== form) this.#contradicting++
    return null
  }

  labels(): { readonly labels: Map<string, Labelling>; readonly report: MergeReport } {
    const labels = new Map<string, Labelling>()
    const renamed = new Set<string>()
    let relabelled = 0
    this.#sources.forEach((source, at) => {
      for (const [auditID, labelling] of source.labels) {
        const mine = { ...labelling, context: this.#contextOf(at, labelling.context, renamed) }
        const id = this.idOf(at, auditID)
        const before = labels.get(id)
        if (before === undefined) labels.set(id, mine)
        else if (!sameClass(before, mine)) relabelled++
      }
    })
    return { labels, report: { collisions: this.#shared.size, dropped: this.#dropped, contradicting: this.#contradicting, relabelled, renamed: renamed.size } }
  }

  /** A context of one name in two logs is two contexts, unless its requests are in both. */
  #contextOf(source: number, context: string | null, renamed: Set<string>): string | null {
    if (context === null || source === 0 || !this.#sharedContexts.has(context) || (this.#mode === 'once' && this.#contextsOfShared().has(context))) return context
    const name = `${context}~${source + 1}`
    renamed.add(name)
    return name
  }

  #memo: ReadonlySet<string> | null = null

  #contextsOfShared(): ReadonlySet<string> {
    this.#memo ??= new Set(this.#sources.flatMap(({ labels }) => [...this.#shared].flatMap((auditID) => labels.get(auditID)?.context ?? [])))
    return this.#memo
  }
}

/** 64 bits, so that a log need not be kept to be compared: two different events that look equal are not to be expected. */
function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1b873593]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x85ebca6b) + i
  }
  return `${a >>> 0} ${b >>> 0} ${text.length}`
}

function sameClass(a: Labelling, b: Labelling): boolean {
  return a.role === b.role && (a.label && labelKey(a.label)) === (b.label && labelKey(b.label))
}

/** What more than one of the sets has. */
function shared(sets: readonly ReadonlySet<string>[]): Set<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const set of sets) {
    for (const value of set) if (seen.has(value)) twice.add(value)
    for (const value of set) seen.add(value)
  }
  return twice
}
