import { selects } from '@/lib/contexts/selectors'
import type { Rule } from '@/lib/contexts/rules/rule'
import { directTrigger, isFresh, latestTrigger } from '@/lib/contexts/search'

/** The budget's status counts the pods it selects, so that what happens to those changes it. */
export const disruptionBudget: Rule = {
  id: 'selected-pods',
  because: 'the disruption controller recounts a budget when one of the pods it selects changes',
  mode: 'rival',
  applies: ({ facts, own }) => facts.resource === 'poddisruptionbudgets' && own.length > 0,
  propose: ({ state, facts, own, index }) => {
    const selector = state.selectors.get(own[0]?.node ?? -1)
    if (!selector) return null
    const pods = state.podsByLabel.get(`${facts.namespace} ${selector[0] ?? ''}`) ?? []
    let best: ReturnType<typeof latestTrigger> = null
    for (const node of pods) {
      if (!selects(selector, state.podLabels.get(node) ?? [])) continue
      const found = latestTrigger(state, [{ node, relation: 'selects' }], index)
      if (found && (best === null || found.trigger > best.trigger)) best = found
    }
    if (best !== null && isFresh(state, own, directTrigger(state, own, index), index)) return null
    return best ? { trigger: best.trigger, rule: 'selected-pods', node: best.node, score: 0.95 } : null
  },
}
