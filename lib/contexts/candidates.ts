import { controllerOrUser } from '@/lib/contexts/actors'
import { isEffective } from '@/lib/contexts/effects'
import type { EventFacts } from '@/lib/contexts/facts'
import type { LinkObserver, Weighed } from '@/lib/contexts/link-events'
import type { View } from '@/lib/contexts/rules/rule'
import { directTrigger, latestTrigger } from '@/lib/contexts/search'

/**
 * Where the trigger behind an event may be looked for: what the rules decided; the latest on the object itself; the latest on all that
 * explains it; the latest on what it speaks of; the latest that some rule offered beside the winner; what its sender did just before in
 * the namespace; the latest in the namespace; the latest of all.
 */
export const SLOTS = ['linked', 'object', 'chain', 'reference', 'rival', 'worker', 'namespace', 'latest'] as const
export type Slot = (typeof SLOTS)[number]

/** A trigger that may be behind an event. */
export interface Candidate {
  /** Index of the trigger among the events that were linked. */
  readonly trigger: number
  /** What led there: a rule or relation by its name, or the slot's own. */
  readonly by: string
  /** Edges between the event's object and the one that was changed. */
  readonly depth: number
}

/** Candidates of one event by `SLOTS`; null where a slot has none. */
export type Candidates = readonly (Candidate | null)[]

export const NO_CANDIDATES: Candidates = Object.freeze(SLOTS.map(() => null))

/** Finds the candidates of every request for an API object while they are linked, and hands them on in that order. Triggers have none: their label is their own action. */
export class CandidateObserver implements LinkObserver {
  readonly #inNamespace = new Map<string, number>()
  #latest = -1

  constructor(private readonly found: (facts: EventFacts, index: number, candidates: Candidates) => void) {}

  onEvent(view: View, weighed: Weighed): void {
    const { facts, index } = view
    this.found(facts, index, facts.external ? NO_CANDIDATES : this.#candidates(view, weighed))
    if (!facts.external || !isEffective(facts)) return
    this.#inNamespace.set(namespaceOf(facts), index)
    this.#latest = index
  }

  #candidates({ state, facts, own, index }: View, { winner, offered }: Weighed): Candidates {
    const chain = latestTrigger(state, own, index)
    const spoken = latestTrigger(state, facts.references.filter(({ relation }) => relation !== 'node').flatMap((reference) => state.seeds(reference)), index)
    const rival = offered.filter((evidence) => evidence.trigger !== winner?.trigger).toSorted((a, b) => b.trigger - a.trigger)[0]
    const worked = state.lastBy.get(`${facts.namespace} by ${controllerOrUser(facts)}`) ?? -1
    const named = (trigger: number, by: string, depth = 0): Candidate | null => (trigger < 0 ? null : { trigger, by, depth })
    return [
      winner && named(winner.trigger, winner.rule),
      named(directTrigger(state, own, index), 'object'),
      chain && named(chain.trigger, chain.relation, chain.depth),
      spoken && named(spoken.trigger, spoken.relation, spoken.depth),
      rival ? named(rival.trigger, rival.rule) : null,
      named(worked < 0 ? -1 : state.contextOf[worked] ?? -1, 'worker'),
      named(this.#inNamespace.get(namespaceOf(facts)) ?? -1, 'namespace'),
      named(this.#latest, 'latest'),
    ]
  }
}

/** The namespace that an event is about, also where it is the object itself. */
function namespaceOf(facts: EventFacts): string {
  return facts.resource === 'namespaces' ? facts.name ?? '' : facts.namespace
}
