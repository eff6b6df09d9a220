import { isNode, nodeName } from '@/lib/contexts/actors'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'
import { latestTrigger } from '@/lib/contexts/search'

const FETCHED = new Set(['configmaps', 'secrets', 'serviceaccounts', 'persistentvolumeclaims'])

function startedPod({ state, facts, index }: View): Evidence | null {
  const node = nodeName(facts.user)
  const pods = state.bound.get(facts.namespace) ?? []
  const here = pods.filter((candidate) => (state.nodeOfPod.get(candidate) ?? node) === node)
  // a service account of its own mostly goes by the name of its workload, and pods' names begin with that
  const account = facts.resource === 'serviceaccounts' && facts.name !== 'default' ? `pods ${facts.namespace}/${facts.name ?? ''}` : null
  const pod = (account === null ? undefined : here.findLast((candidate) => state.graph.describe(candidate).startsWith(account))) ?? here[here.length - 1]
  if (pod === undefined) return null
  const found = latestTrigger(state, [{ node: pod, relation: 'bound' }], index)
  return found ? { trigger: found.trigger, rule: 'pod-start', node: found.node, score: 0.9 } : null
}

/** What a kubelet fetches without saying for which pod (Metadata level): the pod most lately bound there. */
export const podStart: Rule = {
  id: 'pod-start',
  because: 'a kubelet asks for ConfigMaps and Secrets when it starts a pod, which was bound to it just before',
  mode: 'fallback',
  applies: ({ facts }) => isNode(facts.user) && FETCHED.has(facts.resource) && facts.namespace !== '',
  propose: startedPod,
}

/** A token whose request was not logged: it is for a pod, whoever made the service account. */
export const podToken: Rule = {
  id: 'pod-token',
  because: 'a kubelet asks for a token when it starts a pod; only the request body names the pod',
  mode: 'instead',
  applies: ({ facts }) => isNode(facts.user) && facts.subresource === 'token' && !facts.references.some(({ relation }) => relation === 'bound'),
  propose: startedPod,
}
