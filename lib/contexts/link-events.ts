import { registerTrigger } from '@/lib/contexts/effects'
import type { EventFacts } from '@/lib/contexts/facts'
import { learn, ownSeeds } from '@/lib/contexts/learn'
import { LinkerState } from '@/lib/contexts/linker-state'
import { noteFlight } from '@/lib/contexts/rules/nested-lookup'
import { noteWork } from '@/lib/contexts/rules/same-worker'
import type { Evidence, View } from '@/lib/contexts/rules/rule'
import { RULES } from '@/lib/contexts/rules/table'
import { confirmSweep } from '@/lib/contexts/sweeps'
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

/** Asks the rules in turn: winner first, then what else points at the same trigger. */
function weigh(view: View): Evidence[] {
  let best: Evidence | null = null
  const offered: Evidence[] = []
  for (const rule of RULES) {
    if (rule.mode === 'fallback' && best !== null) continue
    if (!rule.applies(view)) continue
    const evidence = rule.propose(view)
    if (!evidence) continue
    offered.push(evidence)
    if (best === null || rule.mode === 'instead' || evidence.trigger > best.trigger) best = evidence
  }
  if (best === null) return []
  const winner: Evidence = best
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
export function linkEvents(events: readonly EventFacts[]): Linked {
  const state = new LinkerState(events)
  const links: (readonly Link[])[] = []
  for (let index = 0; index < events.length; index++) {
    const facts = state.fact(index)
    links.push(NO_LINKS)
    if (!facts.api) continue
    const own = ownSeeds(state, facts)
    learn(state, index, own)
    if (facts.external) {
      state.contextOf[index] = index
      registerTrigger(state, index, own)
    } else if (!isHeartbeat(facts)) {
      confirmSweep(state, index, own)
      const view: View = { state, index, facts, own }
      const evidence = weigh(view)
      if (evidence[0]) {
        state.contextOf[index] = evidence[0].trigger
        links[index] = evidence.map((one) => linkOf(view, one))
      }
    }
    noteFlight(state, index)
    noteWork(state, index, own)
    for (const { node } of own) state.touch(node, index)
  }
  return { contextOf: state.contextOf, links }
}
