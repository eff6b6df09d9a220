import type { Rule } from '@/lib/contexts/rules/rule'
import { latestTrigger } from '@/lib/contexts/search'

const EVICTORS = new Set(['taint-eviction-controller', 'pod-garbage-collector', 'node-controller'])

/** Pods that are removed because their node is tainted or gone. */
export const podsOfNode: Rule = {
  id: 'pods-of-node',
  because: 'taint eviction and pod garbage collection delete the pods of a tainted or removed node',
  mode: 'rival',
  applies: ({ facts, own }) => facts.resource === 'pods' && own.length > 0 && EVICTORS.has(facts.controller ?? ''),
  propose: ({ state, own, index }) => {
    const node = state.nodeOfPod.get(own[0]?.node ?? -1)
    if (node === undefined) return null
    const found = latestTrigger(state, [{ node: state.graph.ofName('', 'nodes', '', node), relation: 'node' }], index)
    return found ? { trigger: found.trigger, rule: 'pods-of-node', node: found.node, score: 0.95 } : null
  },
}
