import type { LinkerState, Seed } from '@/lib/contexts/linker-state'
import type { Reference } from '@/lib/contexts/reference'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'
import { latestTrigger } from '@/lib/contexts/search'

/** By uid where it is given: a pod of a StatefulSet has the name of the pod before it. */
function exactly(state: LinkerState, { uid }: Reference): Seed[] {
  return uid === null ? [] : [{ node: state.graph.ofUid(uid), relation: 'bound', exact: true }]
}

/** A uid that no body has told of yet leads nowhere: the pod is then known by its name alone. */
function boundTo({ state, facts, index }: View): Evidence | null {
  const bound = facts.references.filter(({ relation }) => relation === 'bound')
  const found = latestTrigger(state, bound.flatMap((reference) => exactly(state, reference)), index) ?? latestTrigger(state, bound.flatMap((reference) => state.seeds(reference)), index)
  return found ? { trigger: found.trigger, rule: 'bound-object', node: found.node, score: 0.98 } : null
}

/** A token or certificate that a kubelet asks for is bound to the pod it is for. */
export const boundObject: Rule = {
  id: 'bound-object',
  because: 'spec.boundObjectRef (tokens) and spec.podName (pod certificates) name the pod that the kubelet starts',
  mode: 'instead',
  applies: ({ facts }) => facts.references.some(({ relation }) => relation === 'bound'),
  propose: boundTo,
}
