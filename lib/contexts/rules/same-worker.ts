import { controllerOrUser } from '@/lib/contexts/actors'
import { isEffective, isRemoval } from '@/lib/contexts/effects'
import type { LinkerState, Seed } from '@/lib/contexts/linker-state'
import { closure } from '@/lib/contexts/search'
import type { Evidence, Rule, View } from '@/lib/contexts/rules/rule'

/** What each controller watches and answers by making objects without a name. */
const WATCHES = new Map([
  ['replicaset-controller', 'replicasets'], ['daemon-set-controller', 'daemonsets'], ['job-controller', 'jobs'], ['replication-controller', 'replicationcontrollers'],
  ['horizontal-pod-autoscaler', 'horizontalpodautoscalers'], ['endpointslice-controller', 'services'], ['statefulset-controller', 'statefulsets'],
])
const AT_ONCE_MICROS = 2_000_000

/** Remembers the last event with a context, by who sent it and by what it was about. */
export function noteWork(state: LinkerState, index: number, own: readonly Seed[]): void {
  const facts = state.fact(index)
  if (facts.namespace === '' || (state.contextOf[index] ?? -1) < 0) return
  if (facts.external && !isEffective(facts)) return
  state.lastBy.set(`${facts.namespace} by ${controllerOrUser(facts)}`, index)
  if (facts.external && isRemoval(facts)) {
    for (const { node } of closure(state, own, 1)) state.lastBy.set(`${facts.namespace} below ${state.graph.describe(node).split(' ', 1)[0] ?? ''}`, index)
  }
  if (facts.subresource === '' || facts.subresource === 'scale') state.lastBy.set(`${facts.namespace} ${facts.resource}`, index)
}

/** What woke the controller: something of its own that was just removed, else the last thing that it or its object did. */
function wokenBy({ state, facts, index }: View): number {
  const watched = WATCHES.get(facts.controller ?? '') ?? ''
  const removed = facts.verb === 'create' ? state.lastBy.get(`${facts.namespace} below ${watched}`) ?? -1 : -1
  if (removed >= 0 && state.elapsed(removed, index) <= AT_ONCE_MICROS) return removed
  return Math.max(state.lastBy.get(`${facts.namespace} by ${controllerOrUser(facts)}`) ?? -1, state.lastBy.get(`${facts.namespace} ${watched}`) ?? -1)
}

/** A controller's request that names no object belongs to what that controller is just working on in the namespace. */
export const sameWorker: Rule = {
  id: 'same-worker',
  because: 'a controller takes one object at a time: its unnamed lists and creates follow the change it was woken by',
  mode: 'fallback',
  applies: ({ facts }) => facts.name === null && facts.namespace !== '' && (facts.verb === 'list' || facts.verb === 'create') && facts.controller !== null,
  propose: (view): Evidence | null => {
    const index = wokenBy(view)
    if (index < 0 || view.state.elapsed(index, view.index) > AT_ONCE_MICROS) return null
    const trigger = view.state.contextOf[index] ?? -1
    if (trigger < 0) return null
    const { verb, resource, namespace, name } = view.state.fact(index)
    return { trigger, rule: 'same-worker', node: -1, key: `after ${verb} ${resource} ${namespace}/${name ?? ''}`, via: index, score: 0.9 }
  },
}
