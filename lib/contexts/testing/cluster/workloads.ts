import type { JsonObject } from '@/lib/audit/event'
import { metadataOf, nameOf, spaceOf, type Cluster, type Wanted } from '@/lib/contexts/testing/cluster/cluster'
import { startPod, stopPod, tell, type RunningPod } from '@/lib/contexts/testing/cluster/pods'

/** A workload whose controller has made its pods. */
export interface Running {
  readonly owner: JsonObject
  /** What owns the pods: a Deployment's ReplicaSet, else the workload itself. */
  readonly set: JsonObject
  readonly pods: RunningPod[]
  readonly until: number
}

const CONTROLLERS = {
  ReplicaSet: ['replicaset-controller', 'apps', 'replicasets'], DaemonSet: ['daemon-set-controller', 'apps', 'daemonsets'],
  StatefulSet: ['statefulset-controller', 'apps', 'statefulsets'], Job: ['job-controller', 'batch', 'jobs'],
} as const
export type SetKind = keyof typeof CONTROLLERS

/** What the pods of a workload share, beyond what its controller gives them. */
export interface PodTemplate {
  readonly labels: JsonObject
  readonly configMap?: string
  readonly claim?: string
}

function podName(kind: SetKind, set: string, ordinal: number, cluster: Cluster): string {
  return kind === 'StatefulSet' ? `${set}-${ordinal}` : `${set}-${cluster.random.suffix(5)}`
}

/** One pod of a set: its controller makes it (unnamed in the request, but for StatefulSets) and says so, then it starts. */
export function addPod(cluster: Cluster, at: number, because: string, kind: SetKind, set: JsonObject, template: PodTemplate, ordinal = 0): RunningPod & { readonly until: number } {
  const [controller] = CONTROLLERS[kind]
  const [by, namespace, name] = [cluster.controller(controller), spaceOf(set), podName(kind, nameOf(set), ordinal, cluster)]
  const volumes = [...(template.configMap === undefined ? [] : [{ configMap: { name: template.configMap } }]), ...(template.claim === undefined ? [] : [{ persistentVolumeClaim: { claimName: `${template.claim}-${name}` } }])]
  const spec = { serviceAccountName: 'default', containers: [{ name: 'c' }], volumes: [...volumes, { projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } }] }
  const wanted: Wanted = { owner: set, labels: template.labels, rest: { spec } }
  const body = cluster.make('Pod', 'v1', namespace, name, wanted)
  const asked = { ...body, metadata: { generateName: `${nameOf(set)}-`, labels: template.labels, ownerReferences: metadataOf(body)['ownerReferences'] ?? [] }, spec: { ...spec, volumes } }
  const node = cluster.random.pick(cluster.profile.nodes)
  cluster.react(at, because, { ...by, verb: 'create', resource: 'pods', namespace, request: asked, body, ...(kind === 'StatefulSet' ? { name } : {}) })
  tell(cluster, at + cluster.soon(), because, by, set, 'SuccessfulCreate')
  const until = startPod(cluster, at + cluster.soon(), because, body, node, template.configMap === undefined ? [] : [{ resource: 'configmaps', namespace, name: template.configMap }])
  return { body, node, until }
}

/** The controller writes down how its set is doing. */
export function reportStatus(cluster: Cluster, at: number, because: string, kind: SetKind, set: JsonObject): void {
  const [controller, group, resource] = CONTROLLERS[kind]
  const body = cluster.changed(set)
  cluster.react(at, because, { ...cluster.controller(controller), verb: 'update', group, resource, subresource: 'status', namespace: spaceOf(set), name: nameOf(set), request: body, body })
}

/** The controller's answer to a set that wants pods. */
export function fillSet(cluster: Cluster, at: number, because: string, kind: SetKind, owner: JsonObject, set: JsonObject, replicas: number, template: PodTemplate): Running {
  const pods: RunningPod[] = []
  let [now, until] = [at, at]
  for (let i = 0; i < replicas; i++) {
    const pod = addPod(cluster, now += cluster.soon(), because, kind, set, template, i)
    pods.push(pod)
    until = Math.max(until, pod.until)
    if (kind === 'StatefulSet') now = until
  }
  reportStatus(cluster, now + cluster.soon(), because, kind, set)
  reportStatus(cluster, until + cluster.soon(), because, kind, set)
  return { owner, set, pods, until: until + 100 * cluster.profile.pace }
}

/** A new ReplicaSet of a Deployment, with what both controllers write. */
export function rollOut(cluster: Cluster, at: number, because: string, owner: JsonObject, replicas: number, template: PodTemplate): Running {
  const [by, namespace, hash] = [cluster.controller('deployment-controller'), spaceOf(owner), cluster.random.suffix(10)]
  const set = cluster.make('ReplicaSet', 'apps/v1', namespace, `${nameOf(owner)}-${hash}`, { owner, labels: { ...template.labels, 'pod-template-hash': hash } })
  const now = at + cluster.soon()
  cluster.react(now, because, { ...by, verb: 'create', group: 'apps', resource: 'replicasets', namespace, name: nameOf(set), request: set, body: set })
  tell(cluster, now + cluster.soon(), because, by, owner, 'ScalingReplicaSet')
  const running = fillSet(cluster, now + cluster.soon(), because, 'ReplicaSet', owner, set, replicas, { ...template, labels: { ...template.labels, 'pod-template-hash': hash } })
  const status = { ...by, verb: 'update', group: 'apps', resource: 'deployments', subresource: 'status', namespace, name: nameOf(owner) }
  for (const when of [now + cluster.soon(), running.until]) cluster.react(when, because, { ...status, body: cluster.changed(owner) })
  return { ...running, until: running.until + cluster.soon() }
}

/** A pod is removed by its trigger, and its set makes another. */
export function replacePod(cluster: Cluster, at: number, because: string, kind: SetKind, running: Running, gone: RunningPod, template: PodTemplate): number {
  const stopped = stopPod(cluster, at + cluster.soon(), because, gone)
  const ordinal = Number(nameOf(gone.body).split('-').at(-1)) || 0
  const pod = addPod(cluster, kind === 'StatefulSet' ? stopped + cluster.soon() : at + cluster.soon(), because, kind, running.set, template, ordinal)
  reportStatus(cluster, pod.until + 50, because, kind, running.set)
  return Math.max(stopped, pod.until) + 100
}
