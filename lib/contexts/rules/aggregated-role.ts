import { selects } from '@/lib/contexts/selectors'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'

/** The controller answers a change of a role at once. */
const AT_ONCE_MICROS = 10_000_000

/** Latest trigger on a cluster role that the written one collects; without labels, the latest on any. */
function collected({ state, facts, own, index }: View): Evidence | null {
  const selector = state.selectors.get(own[0]?.node ?? -1) ?? facts.selector
  let best = -1
  let role = -1
  for (const [node, labels] of state.roleLabels) {
    if (selector && labels && !selects(selector, labels)) continue
    const trigger = state.direct.latest(node, index)
    if (trigger > best) [best, role] = [trigger, node]
  }
  if (best < 0 || state.elapsed(best, index) > AT_ONCE_MICROS) return null
  return { trigger: best, rule: 'aggregated-role', node: role, score: selector ? 0.95 : 0.7 }
}

/** Roles such as `view` collect the rules of every role that bears their label. */
export const aggregatedRole: Rule = {
  id: 'aggregated-role',
  because: 'the aggregation controller rewrites a ClusterRole when one that its aggregationRule selects changes',
  mode: 'rival',
  applies: ({ facts }) => facts.resource === 'clusterroles' && facts.controller === 'clusterrole-aggregation-controller' && facts.name !== null,
  propose: collected,
}
