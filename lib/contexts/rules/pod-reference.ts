import { isNode, nodeName } from '@/lib/contexts/actors'
import type { Rule, View } from '@/lib/contexts/rules/rule'
import { latestTrigger } from '@/lib/contexts/search'

/** How long a kubelet may take from a pod's binding to fetching what it mounts. */
const STARTING_MICROS = 10_000_000

const FETCHED = new Set(['configmaps', 'secrets', 'serviceaccounts', 'persistentvolumeclaims'])

/** A pod that has just come to the node and whose body was not logged (a log of mixed levels) may use anything. */
function mayUse({ state, index }: View, pod: number): boolean {
  const met = state.graph.firstMet(pod)
  return met >= 0 && !state.graph.isKnown(pod) && state.elapsed(met, index) <= STARTING_MICROS
}

/** Whether a pod that the log knows nothing of is starting in the namespace, on this node as far as is known, later than `pod` did. */
function startsUnseen(view: View, pod: number): boolean {
  const { state, facts } = view
  const last = state.bound.get(facts.namespace)?.findLast((candidate) => (state.nodeOfPod.get(candidate) ?? nodeName(facts.user)) === nodeName(facts.user))
  return last !== undefined && last !== pod && mayUse(view, last) && state.graph.firstMet(last) > state.graph.firstMet(pod)
}

/** A kubelet fetches what a pod mounts: the pod most lately bound to that node that refers to it. */
export const podReference: Rule = {
  id: 'pod-reference',
  because: 'a kubelet reads a ConfigMap, Secret, claim or service account only for a pod of its node that uses it',
  mode: 'instead',
  applies: ({ facts }) => isNode(facts.user) && FETCHED.has(facts.resource) && !facts.references.some(({ relation }) => relation === 'bound'),
  propose: (view) => {
    const { state, facts, index } = view
    const pods = state.placed.get(`${nodeName(facts.user)} ${facts.namespace}`) ?? []
    const wanted = `${facts.resource} ${facts.name ?? ''}`
    const pod = pods.findLast((candidate) => !state.gonePods.has(candidate) && (state.usedByPod.get(candidate)?.has(wanted) ?? mayUse(view, candidate)))
    // it may be that pod's: who started last in the namespace is then asked by the weaker rules
    if (pod === undefined || !state.usedByPod.has(pod) || startsUnseen(view, pod)) return null
    const found = latestTrigger(state, [{ node: pod, relation: 'uses' }], index)
    return found ? { trigger: found.trigger, rule: 'pod-reference', node: found.node, score: 0.97 } : null
  },
}
