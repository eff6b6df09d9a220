import type { Rule } from '@/lib/contexts/rules/rule'
import { latestTrigger } from '@/lib/contexts/search'

const NOTICED_WITHIN_MICROS = 60_000_000

/** Controllers begin to list and watch a custom resource when its definition appears. */
export const customDefinition: Rule = {
  id: 'definition',
  because: 'garbage collector and quota controllers start informers for every newly served resource',
  mode: 'fallback',
  applies: ({ facts }) => facts.name === null && facts.group.includes('.') && (facts.verb === 'list' || facts.verb === 'watch'),
  propose: ({ state, facts, index }) => {
    const node = state.graph.findName('apiextensions.k8s.io', 'customresourcedefinitions', '', `${facts.resource}.${facts.group}`)
    if (node < 0) return null
    const found = latestTrigger(state, [{ node, relation: 'establishes' }], index)
    if (!found || state.elapsed(found.trigger, index) > NOTICED_WITHIN_MICROS) return null
    return { trigger: found.trigger, rule: 'definition', node: found.node, score: 0.9 }
  },
}
