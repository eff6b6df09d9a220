import type { Rule } from '@/lib/contexts/rules/rule'
import { latestTrigger } from '@/lib/contexts/search'

/** The autoscaler reads and scales its target because of the HorizontalPodAutoscaler. */
export const autoscalerTarget: Rule = {
  id: 'autoscaler-target',
  because: 'the horizontal pod autoscaler reads and sets the scale of scaleTargetRef',
  mode: 'rival',
  applies: ({ facts, own }) => own.length > 0 && facts.resource !== 'horizontalpodautoscalers' && facts.controller === 'horizontal-pod-autoscaler',
  propose: ({ state, facts, own, index }) => {
    const scalers = own.flatMap(({ node }) => [...(state.scalers.get(node) ?? [])])
    // without bodies the target is not known: an autoscaler mostly goes by its name
    const namesake = scalers.length > 0 || facts.name === null ? -1 : state.graph.findName('autoscaling', 'horizontalpodautoscalers', facts.namespace, facts.name)
    if (namesake >= 0 && !state.graph.isKnown(namesake)) scalers.push(namesake)
    const found = latestTrigger(state, scalers.map((node) => ({ node, relation: 'target' })), index)
    return found ? { trigger: found.trigger, rule: 'autoscaler-target', node: found.node, score: 0.95 } : null
  },
}
