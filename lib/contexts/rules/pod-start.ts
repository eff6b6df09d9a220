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

/** How long a kubelet may take from a pod's binding to asking for what it mounts. */
const STARTING_MICROS = 5_000_000

/** Whether a pod of which the log holds no body has just come to the namespace. */
function startsUnseen({ state, facts, index }: View): boolean {
  const pod = state.bound.get(facts.namespace)?.at(-1)
  if (pod === undefined || state.graph.isKnown(pod)) return false
  const met = state.graph.firstMet(pod)
  return met >= 0 && state.elapsed(met, index) <= STARTING_MICROS
}

/** A read without a body while a pod starts: it is for the pod, whoever made what is read. */
export const podFetch: Rule = {
  id: 'pod-fetch',
  because: 'a kubelet reads ConfigMaps, Secrets and claims for the pod that it starts, not because someone made them',
  mode: 'instead',
  applies: (view) => isNode(view.facts.user) && FETCHED.has(view.facts.resource) && view.facts.subresource === '' && !view.facts.hasBody && startsUnseen(view),
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
