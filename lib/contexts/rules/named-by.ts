import { adopt } from '@/lib/contexts/adopt'
import type { EventFacts } from '@/lib/contexts/facts'
import type { LinkerState, Seed } from '@/lib/contexts/linker-state'
import { isNode } from '@/lib/contexts/actors'

const WORKLOADS: readonly (readonly [group: string, resource: string])[] = [
  ['', 'pods'], ['apps', 'replicasets'], ['apps', 'deployments'], ['batch', 'jobs'], ['apps', 'statefulsets'], ['apps', 'daemonsets'],
  ['batch', 'cronjobs'], ['', 'replicationcontrollers'], ['', 'persistentvolumeclaims'], ['', 'services'], ['policy', 'poddisruptionbudgets'],
  ['autoscaling', 'horizontalpodautoscalers'], ['networking.k8s.io', 'ingresses'],
]
/** What each reporter reports on. */
const REPORTS = new Map<string, readonly string[]>([
  ['replicaset-controller', ['replicasets']], ['deployment-controller', ['deployments']], ['statefulset-controller', ['statefulsets']],
  ['daemon-set-controller', ['daemonsets']], ['job-controller', ['jobs']], ['cronjob-controller', ['cronjobs']],
  ['replication-controller', ['replicationcontrollers']], ['horizontal-pod-autoscaler', ['horizontalpodautoscalers']],
  ['persistent-volume-binder', ['persistentvolumeclaims']], ['disruption-controller', ['poddisruptionbudgets', 'pods']],
  ['endpointslice-controller', ['services']], ['endpoint-controller', ['services']],
])

/** Known objects of that name in the event's namespace that its reporter would speak of; the first resource that has one decides. */
export function namedBy(state: LinkerState, facts: EventFacts, name: string): Seed[] {
  const controller = facts.controller
  const only = isNode(facts.user) || facts.user === 'system:kube-scheduler' ? ['pods'] : controller === null ? undefined : REPORTS.get(controller)
  for (const [group, resource] of WORKLOADS) {
    if (only && !only.includes(resource)) continue
    const node = state.graph.findName(group, resource, facts.namespace, name)
    if (node >= 0) return [{ node, relation: 'own' }]
  }
  if (only?.[0] !== 'pods') return []
  // a pod that the log has not named yet, since its create is answered by a body that was not logged
  const node = state.graph.ofName('', 'pods', facts.namespace, name)
  adopt(state, { resource: 'pods', namespace: facts.namespace, name }, node)
  return [{ node, relation: 'own' }]
}
