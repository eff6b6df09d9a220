import type { AuditEvent } from '@/lib/audit/event'
import { CandidateObserver, SLOTS } from '@/lib/contexts/candidates'
import { FactPool } from '@/lib/contexts/fact-pool'
import { extractFacts, type EventFacts, type FactOptions } from '@/lib/contexts/facts'
import { linkEvents, type Linked, type LinkOptions } from '@/lib/contexts/link-events'
import { compareFacts, fullestStages } from '@/lib/contexts/reconstruct'
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
  readonly #pool = new FactPool()
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
    const rows = this.#facts.map((_, row) => row).sort((a, b) => compareFacts(this.#fact(a), this.#fact(b)))
    const sorted = rows.map((row) => this.#fact(row))
    const places = fullestStages(sorted)
    const events = places.map((place) => sorted[place] as EventFacts)
    const lines = events.reduce((count, { api }) => (api ? count + 1 : count), 0)
    const columns = new Columns(LINKED_FEATURES, lines)
    const eventOf = new Int32Array(lines)
    const candidates = new Int32Array(lines * SLOTS.length).fill(-1)
    const neighbours = new Neighbours()
    // a line is made as soon as its candidates are known: those of a long log take more memory than the log
    const observer = new CandidateObserver((facts, index, found) => {
      const line = columns.lines
      eventOf[line] = index
      found.forEach((candidate, slot) => { if (candidate) candidates[line * SLOTS.length + slot] = candidate.trigger })
      columns.add([...this.#values.row(rows[places[index] ?? -1] ?? -1), ...neighbours.next(facts), ...linkValues(events, index, found)])
    })
    const linked = linkEvents(events, { ...options, observer })
    return { sorted, events, linked, eventOf, columns, candidates }
  }

  #fact(row: number): EventFacts {
    const facts = this.#facts[row]
    if (!facts) throw new RangeError(`no line ${row}`)
    return facts
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
