import { carryOut } from '@/lib/contexts/carried-out'
import { registerTrigger } from '@/lib/contexts/effects'
import type { EventFacts } from '@/lib/contexts/facts'
import { learn, ownSeeds } from '@/lib/contexts/learn'
import { LinkerState } from '@/lib/contexts/linker-state'
import { noteFlight } from '@/lib/contexts/rules/nested-lookup'
import { noteWork } from '@/lib/contexts/rules/same-worker'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'
import { RULES } from '@/lib/contexts/rules/table'
import { confirmSweep } from '@/lib/contexts/sweeps'
import { isUnchanged } from '@/lib/contexts/unchanged'
import type { Link } from '@/lib/contexts/types'

export interface Linked {
  /** Index of each event's trigger (its own index for a trigger), -1 for none. */
  readonly contextOf: Int32Array
  readonly links: readonly (readonly Link[])[]
}

const NO_LINKS: readonly Link[] = Object.freeze([])
/** Leases of the control plane are heartbeats whatever else goes on. */
const HEARTBEAT_NAMESPACES = new Set(['kube-system', 'kube-node-lease'])

function isHeartbeat(facts: EventFacts): boolean {
  return facts.resource === 'leases' && HEARTBEAT_NAMESPACES.has(facts.namespace)
}

/** Sees, for each event of the API in order of time, what the linker saw, and what the rules offered; before the event takes effect. */
export interface LinkObserver {
  onEvent(view: View, weighed: Weighed): void
}

export interface LinkOptions {
  readonly observer?: LinkObserver
  /** Rules that may speak of the event at an index; all of them unless told. A model is also trained on what fewer rules see. */
  rulesAt?(index: number): readonly Rule[]
}

/** What the rules say of an event: the winner, and all that was offered, in the order asked. */
export interface Weighed {
  readonly winner: Evidence | null
  readonly offered: readonly Evidence[]
}

const UNWEIGHED: Weighed = Object.freeze({ winner: null, offered: Object.freeze([]) })

/** Asks the rules in turn. */
function weigh(view: View, rules: readonly Rule[]): Weighed {
  let best: Evidence | null = null
  const offered: Evidence[] = []
  for (const rule of rules) {
    if (rule.mode === 'fallback' && best !== null) continue
    if (!rule.applies(view)) continue
    const evidence = rule.propose(view)
    if (!evidence) continue
    offered.push(evidence)
    if (best === null || rule.mode === 'instead' || evidence.trigger > best.trigger) best = evidence
  }
  return { winner: best, offered }
}

/** The winner first, then what else points at the same trigger. */
function agreeing({ winner, offered }: Weighed): Evidence[] {
  if (winner === null) return []
  return [winner, ...offered.filter((evidence) => evidence !== winner && evidence.trigger === winner.trigger)]
}

function linkOf({ state, index }: View, evidence: Evidence): Link {
  const { trigger, node, rule, score } = evidence
  const touched = evidence.via ?? (node >= 0 ? state.lastTouch(node) : -1)
  const via = touched >= 0 && touched < index && state.contextOf[touched] === trigger ? touched : trigger
  return { rule, key: evidence.key ?? state.graph.describe(node), to: state.fact(via).auditID, score }
}

/**
 * Links events to triggers in one pass. `events` is one fact per auditID in order of time received.
 * The latest effective trigger on the chain of an event wins, within what the rules allow.
 */
export function linkEvents(events: readonly EventFacts[], { observer, rulesAt }: LinkOptions = {}): Linked {
  const state = new LinkerState(events)
  const links: (readonly Link[])[] = []
  for (let index = 0; index < events.length; index++) {
    const facts = state.fact(index)
    links.push(NO_LINKS)
    if (!facts.api) continue
    if (facts.served) state.graph.serve(facts.served)
    const own = ownSeeds(state, facts)
    learn(state, index, own)
    const view: View = { state, index, facts, own }
    const unchanged = isUnchanged(state, index, own)
    if (facts.external) {
      observer?.onEvent(view, UNWEIGHED)
      state.contextOf[index] = index
      if (!unchanged) registerTrigger(state, index, own)
    } else if (isHeartbeat(facts)) {
      observer?.onEvent(view, UNWEIGHED)
    } else {
      confirmSweep(state, index, own)
      const weighed = weigh(view, rulesAt?.(index) ?? RULES)
      observer?.onEvent(view, weighed)
      if (weighed.winner) {
        state.contextOf[index] = weighed.winner.trigger
        carryOut(state, index, own, weighed.winner)
        links[index] = agreeing(weighed).map((one) => linkOf(view, one))
      }
    }
    noteFlight(state, index)
    noteWork(state, index, own)
    for (const { node } of own) state.touch(node, index)
  }
  return { contextOf: state.contextOf, links }
}
