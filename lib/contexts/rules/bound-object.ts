import type { LinkerState, Seed } from '@/lib/contexts/linker-state'
import type { Reference } from '@/lib/contexts/reference'
import type { Rule } from '@/lib/contexts/rules/rule'
import { latestTrigger } from '@/lib/contexts/search'

/** By uid where it is given: a pod of a StatefulSet has the name of the pod before it. */
function seedsOf(state: LinkerState, reference: Reference): Seed[] {
  return reference.uid === null ? state.seeds(reference) : [{ node: state.graph.ofUid(reference.uid), relation: 'bound', exact: true }]
}

/** A token or certificate that a kubelet asks for is bound to the pod it is for. */
export const boundObject: Rule = {
  id: 'bound-object',
  because: 'spec.boundObjectRef (tokens) and spec.podName (pod certificates) name the pod that the kubelet starts',
  mode: 'instead',
  applies: ({ facts }) => facts.references.some(({ relation }) => relation === 'bound'),
  propose: ({ state, facts, index }) => {
    const seeds = facts.references.filter(({ relation }) => relation === 'bound').flatMap((reference) => seedsOf(state, reference))
    const found = latestTrigger(state, seeds, index)
    return found ? { trigger: found.trigger, rule: 'bound-object', node: found.node, score: 0.98 } : null
  },
}
