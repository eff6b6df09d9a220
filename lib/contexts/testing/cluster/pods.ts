import type { JsonObject } from '@/lib/audit/event'
import { nameOf, spaceOf, uidOf, type Cluster } from '@/lib/contexts/testing/cluster/cluster'

/** A pod that runs, and what its deletion needs to know. */
export interface RunningPod {
  readonly body: JsonObject
  readonly node: string
}

interface About {
  readonly namespace: string
  readonly name: string
  readonly resource: string
  readonly group?: string
}

/** Event recorders: core/v1 from client-go's older recorder, events.k8s.io from the newer; a series is patched with its count alone. */
export function tell(cluster: Cluster, at: number, because: string | null, by: { user: string; agent?: string }, about: JsonObject, reason: string, again = 0): void {
  const name = `${nameOf(about)}.${cluster.random.suffix(16)}`
  const object = { kind: about['kind'] ?? null, apiVersion: about['apiVersion'] ?? null, namespace: spaceOf(about), name: nameOf(about), uid: uidOf(about) }
  const newer = by.user === 'system:kube-scheduler' && cluster.profile.minor >= 29
  const body = cluster.make('Event', newer ? 'events.k8s.io/v1' : 'v1', spaceOf(about) || 'default', name, { rest: newer ? { regarding: object, reason } : { involvedObject: object, reason, count: 1 } })
  const place = { ...by, group: newer ? 'events.k8s.io' : '', resource: 'events', namespace: spaceOf(about) || 'default', name }
  cluster.react(at, because, { ...place, verb: 'create', request: body, body })
  for (let i = 1; i <= again; i++) cluster.react(at + i * 900, because, { ...place, verb: 'patch', request: { count: i + 1, lastTimestamp: 'x' }, body: { ...body, count: i + 1 } })
}

/** Binding, kubelet's fetches, token, status and Events of a pod that was just created; gives when it runs. */
export function startPod(cluster: Cluster, at: number, because: string, body: JsonObject, node: string, fetches: readonly About[] = []): number {
  const [namespace, name, kubelet] = [spaceOf(body), nameOf(body), { user: `system:node:${node}` }]
  let now = at + cluster.soon()
  cluster.react(now, because, { user: 'system:kube-scheduler', verb: 'create', resource: 'pods', subresource: 'binding', namespace, name, request: { kind: 'Binding', apiVersion: 'v1', metadata: { name, namespace, uid: uidOf(body) }, target: { kind: 'Node', name: node } }, body: { kind: 'Status', status: 'Success' } })
  tell(cluster, now += cluster.soon(), because, { user: 'system:kube-scheduler' }, body, 'Scheduled')
  const bound = cluster.changed(body, { spec: { ...(body['spec'] as JsonObject), nodeName: node } })
  cluster.react(now += cluster.soon(), because, { ...kubelet, verb: 'get', resource: 'pods', namespace, name, body: bound })
  cluster.react(now += cluster.soon(), because, { ...kubelet, verb: 'patch', resource: 'pods', subresource: 'status', namespace, name, request: { status: { phase: 'Pending' } }, body: cluster.changed(bound) })
  for (const { resource, namespace: space, name: wanted } of [{ resource: 'configmaps', namespace, name: 'kube-root-ca.crt' }, ...fetches]) {
    cluster.mount({ at: now += cluster.soon(), because, node, pod: uidOf(body), request: { resource, namespace: space, name: wanted } })
  }
  cluster.react(now += cluster.soon(), because, { ...kubelet, verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace, name: 'default', level: 'Request', request: { kind: 'TokenRequest', spec: { boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name, uid: uidOf(body) } } } })
  for (const reason of ['Pulled', 'Created', 'Started']) tell(cluster, now += cluster.soon(), because, kubelet, bound, reason)
  cluster.react(now += cluster.soon(), because, { ...kubelet, verb: 'patch', resource: 'pods', subresource: 'status', namespace, name, request: { status: { phase: 'Running' } }, body: cluster.changed(bound) })
  return now
}

/** A pod on its way out: the kubelet stops it, then takes it off the API. */
export function stopPod(cluster: Cluster, at: number, because: string, { body, node }: RunningPod): number {
  cluster.stop(uidOf(body), at)
  const place = { user: `system:node:${node}`, resource: 'pods', namespace: spaceOf(body), name: nameOf(body) }
  let now = at + cluster.soon()
  tell(cluster, now, because, { user: place.user }, body, 'Killing')
  cluster.react(now += cluster.soon(), because, { ...place, verb: 'patch', subresource: 'status', request: { status: { phase: 'Failed' } }, body: cluster.changed(body) })
  cluster.react(now += cluster.soon() * 10, because, { ...place, verb: 'delete', request: { kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: { uid: uidOf(body) } }, body: cluster.changed(body) })
  return now
}
