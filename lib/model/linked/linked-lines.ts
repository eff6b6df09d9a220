import type { AuditEvent } from '@/lib/audit/event'
import { CandidateObserver, SLOTS } from '@/lib/contexts/candidates'
import { extractFacts, type EventFacts, type FactOptions } from '@/lib/contexts/facts'
import { linkEvents, type Linked, type LinkOptions } from '@/lib/contexts/link-events'
import { compareFacts, mergeStages } from '@/lib/contexts/reconstruct'
import { StringPool } from '@/lib/contexts/string-pool'
import type { ActionLabel } from '@/lib/labels/action-label'
import { Columns } from './columns'
import { EVENT_FEATURES, eventValues } from './event-values'
import { LINK_FEATURES, linkValues } from './link-values'
import { NEIGHBOUR_FEATURES, Neighbours } from './neighbour-values'
import type { LineFacts, TrainingTable } from './training-table'

/** Every input of the linked network, in the order of a line's codes. */
export const LINKED_FEATURES: readonly string[] = [...EVENT_FEATURES, ...NEIGHBOUR_FEATURES, ...LINK_FEATURES]

/** Lines of the linked network: one for each request for an API object, in order of time received. */
export interface LinkedTable extends TrainingTable {
  /** A fact for each stage, in order of time received. */
  readonly sorted: readonly EventFacts[]
  /** One for each auditID. All requests, those for no API object too. */
  readonly events: readonly EventFacts[]
  readonly linked: Linked
  /** Index among `events` of each line. */
  readonly eventOf: Int32Array
  readonly columns: Columns
  /** Index among `events` of the trigger in each slot, [lines * SLOTS.length], -1 where a slot is empty. */
  readonly candidates: Int32Array
}

/** Keeps of a stream of events what linking and the network need, so that bodies can be freed. */
export class LinkedLines {
  readonly #pool = new StringPool()
  readonly #facts: EventFacts[] = []
  readonly #values = new Columns(EVENT_FEATURES)
  readonly #options: Omit<FactOptions, 'pool'>

  constructor(options: Omit<FactOptions, 'pool'> = {}) {
    this.#options = options
  }

  get facts(): readonly EventFacts[] { return this.#facts }

  add(events: readonly AuditEvent[]): void {
    for (const event of events) {
      const facts = extractFacts(event, { ...this.#options, pool: this.#pool })
      this.#facts.push(facts)
      this.#values.add(eventValues(event, facts))
    }
  }

  /** Links what has been added so far and makes the table; more may be added and tabled again. */
  table(options: Pick<LinkOptions, 'rulesAt'> = {}): LinkedTable {
    const rowOf = new Map(this.#facts.map((facts, row) => [facts, row]))
    const sorted = [...this.#facts].sort(compareFacts)
    const events = mergeStages(sorted)
    const observer = new CandidateObserver()
    const linked = linkEvents(events, { ...options, observer })
    const places: number[] = []
    events.forEach((facts, index) => { if (facts.api) places.push(index) })
    const columns = new Columns(LINKED_FEATURES)
    const candidates = new Int32Array(places.length * SLOTS.length).fill(-1)
    const neighbours = new Neighbours()
    places.forEach((index, line) => {
      const facts = events[index] as EventFacts
      const found = observer.of(index)
      found.forEach((candidate, slot) => { if (candidate) candidates[line * SLOTS.length + slot] = candidate.trigger })
      columns.add([...this.#values.row(rowOf.get(facts) ?? -1), ...neighbours.next(facts), ...linkValues(events, index, found)])
    })
    return { sorted, events, linked, eventOf: Int32Array.from(places), columns, candidates }
  }
}

type Slotted<F> = Pick<TrainingTable, 'candidates'> & { readonly events: readonly F[] }

/** The trigger in a slot; undefined where the slot is empty. */
export function candidateTrigger<F extends LineFacts>(table: Slotted<F>, line: number, slot: number): F | undefined {
  return table.events[table.candidates[line * SLOTS.length + slot] ?? -1]
}

/** The label that a slot's trigger has; null where the slot is empty. */
export function candidateLabel(table: Slotted<LineFacts>, line: number, slot: number): ActionLabel | null {
  return candidateTrigger(table, line, slot)?.label ?? null
}
