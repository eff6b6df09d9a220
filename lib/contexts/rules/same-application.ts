import type { EventFacts } from '@/lib/contexts/facts'
import type { LinkerState } from '@/lib/contexts/linker-state'
import { applicationOf, closure, directTrigger, isFresh } from '@/lib/contexts/search'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'

const WORKLOADS = new Map([
  ['pods', ''], ['deployments', 'apps'], ['replicasets', 'apps'], ['statefulsets', 'apps'], ['daemonsets', 'apps'], ['jobs', 'batch'], ['replicationcontrollers', ''],
])
const COUNTING = new Set(['poddisruptionbudgets', 'endpoints', 'endpointslices'])

/** Without a body nothing is known of what is counted; a budget's selector is of no use either while the labels of pods are not logged. */
function countsUnknown(state: LinkerState, facts: EventFacts, node: number): boolean {
  if (node < 0) return false
  const selector = state.selectors.get(node)
  if (facts.resource !== 'poddisruptionbudgets' || !selector) return !state.graph.isKnown(node)
  if (facts.hasAnswer && !state.blindNamespaces.has(facts.namespace)) return false
  return !state.podsByLabel.has(`${facts.namespace} ${selector[0] ?? ''}`)
}

/** Latest trigger on a workload that goes by the name of what counts it; slices add a suffix to their service's. */
function onNamesake({ state, facts, index }: View): number {
  const name = facts.resource === 'endpointslices' ? facts.name?.replace(/-[^-]*$/, '') ?? '' : facts.name ?? ''
  let latest = -1
  for (const [resource, group] of WORKLOADS) {
    const node = state.graph.findName(group, resource, facts.namespace, name)
    if (node < 0) continue
    for (const step of closure(state, [{ node, relation: 'own' }], 0)) latest = Math.max(latest, state.direct.latest(step.node, index), state.below.latest(step.node, index))
  }
  return latest
}

function byApplication(view: View): Evidence | null {
  const { state, own, index } = view
  const application = applicationOf(state, own)
  const namesake = onNamesake(view)
  const trigger = namesake >= 0 ? namesake : state.recentOn(application).findLast((event) => WORKLOADS.has(state.fact(event).resource)) ?? -1
  if (trigger < 0 || isFresh(state, own, directTrigger(state, own, index), index)) return null
  return { trigger, rule: 'same-application', node: -1, key: `application ${application}`, score: namesake >= 0 ? 0.85 : 0.7 }
}

/** What a budget or endpoints count is unknown without bodies: the workload that goes by the same name, else the one last touched of the same release. */
export const sameApplication: Rule = {
  id: 'same-application',
  because: 'budgets and endpoints follow the pods of the workload they belong to, which mostly goes by their name',
  mode: 'rival',
  applies: ({ state, facts, own }) => COUNTING.has(facts.resource) && (facts.verb === 'update' || facts.verb === 'patch') && facts.name !== null && countsUnknown(state, facts, own[0]?.node ?? -1),
  propose: byApplication,
}
