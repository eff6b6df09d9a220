import type { EventFacts } from '@/lib/contexts/facts'
import type { LinkerState } from '@/lib/contexts/linker-state'
import { applicationOf, directTrigger, isFresh } from '@/lib/contexts/search'
import type { Rule } from '@/lib/contexts/rules/rule'

const WORKLOADS = new Set(['pods', 'deployments', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'replicationcontrollers'])
const COUNTING = new Set(['poddisruptionbudgets', 'endpoints', 'endpointslices'])

/** Without a body nothing is known of what is counted; a budget's selector is of no use either before a pod with its labels was seen. */
function countsUnknown(state: LinkerState, facts: EventFacts, node: number): boolean {
  if (node < 0) return false
  const selector = state.selectors.get(node)
  if (facts.resource !== 'poddisruptionbudgets' || facts.hasAnswer || !selector) return !state.graph.isKnown(node)
  return !state.podsByLabel.has(`${facts.namespace} ${selector[0] ?? ''}`)
}

/** What a budget or endpoints count is unknown without bodies: the workload that goes by the same name. */
export const sameApplication: Rule = {
  id: 'same-application',
  because: 'budgets and endpoints follow the pods of the workload they belong to, which mostly goes by their name',
  mode: 'rival',
  applies: ({ state, facts, own }) => COUNTING.has(facts.resource) && (facts.verb === 'update' || facts.verb === 'patch') && facts.name !== null && countsUnknown(state, facts, own[0]?.node ?? -1),
  propose: ({ state, own, index }) => {
    const application = applicationOf(state, own)
    const trigger = state.recentOn(application).findLast((event) => WORKLOADS.has(state.fact(event).resource)) ?? -1
    if (trigger < 0 || isFresh(state, own, directTrigger(state, own, index), index)) return null
    return { trigger, rule: 'same-application', node: -1, key: `application ${application}`, score: 0.8 }
  },
}
