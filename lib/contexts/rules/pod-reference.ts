import { isNode, nodeName } from '@/lib/contexts/actors'
import type { Rule } from '@/lib/contexts/rules/rule'
import { latestTrigger } from '@/lib/contexts/search'

const FETCHED = new Set(['configmaps', 'secrets', 'serviceaccounts', 'persistentvolumeclaims'])

/** A kubelet fetches what a pod mounts: the pod most lately bound to that node that refers to it. */
export const podReference: Rule = {
  id: 'pod-reference',
  because: 'a kubelet reads a ConfigMap, Secret, claim or service account only for a pod of its node that uses it',
  mode: 'instead',
  applies: ({ facts }) => isNode(facts.user) && FETCHED.has(facts.resource) && !facts.references.some(({ relation }) => relation === 'bound'),
  propose: ({ state, facts, index }) => {
    const pods = state.placed.get(`${nodeName(facts.user)} ${facts.namespace}`) ?? []
    const wanted = `${facts.resource} ${facts.name ?? ''}`
    const pod = pods.findLast((candidate) => state.usedByPod.get(candidate)?.has(wanted))
    if (pod === undefined) return null
    const found = latestTrigger(state, [{ node: pod, relation: 'uses' }], index)
    return found ? { trigger: found.trigger, rule: 'pod-reference', node: found.node, score: 0.97 } : null
  },
}
