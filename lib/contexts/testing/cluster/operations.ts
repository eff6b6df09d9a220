import type { JsonObject } from '@/lib/audit/event'
import { nameOf, uidOf, type Cluster } from '@/lib/contexts/testing/cluster/cluster'
import { startPod, stopPod, tell } from '@/lib/contexts/testing/cluster/pods'
import { fillSet, replacePod, rollOut, type PodTemplate } from '@/lib/contexts/testing/cluster/workloads'

/** Who acts, where, and under which name of its own. */
export interface Stage {
  readonly user: string
  readonly agent: string
  readonly namespace: string
  readonly name: string
}

/** Plays one thing that a user does, from `at` on, and gives when all is quiet again. */
export type Operation = (cluster: Cluster, at: number, stage: Stage) => number

const by = ({ user, agent }: Stage): { user: string; agent: string } => ({ user, agent })
const templateOf = ({ name }: Stage, more: Partial<PodTemplate> = {}): PodTemplate => ({ labels: { app: name }, ...more })

/** A Deployment with a ConfigMap, scaled, rolled out anew, one pod deleted while its siblings live on, then removed in the background. */
export const deployment: Operation = (cluster, at, stage) => {
  const { namespace, name } = stage
  const place = { ...by(stage), group: 'apps', resource: 'deployments', namespace, name }
  cluster.ask(at, { ...by(stage), verb: 'create', resource: 'configmaps', namespace, name: `${name}-env`, body: cluster.make('ConfigMap', 'v1', namespace, `${name}-env`) })
  const owner = cluster.make('Deployment', 'apps/v1', namespace, name, { rest: { spec: { replicas: 2 } } })
  const made = cluster.ask(at + 20, { ...place, verb: 'create', request: owner, body: owner })
  const template = templateOf(stage, { configMap: `${name}-env` })
  const first = rollOut(cluster, at + 25, made, owner, 2, template)
  const patched = cluster.ask(first.until + 9000, { ...place, verb: 'patch', request: { spec: {} }, body: cluster.changed(owner) })
  const second = rollOut(cluster, first.until + 9005, patched, owner, 3, template)
  for (const pod of first.pods) stopPod(cluster, second.until + 20, patched, pod)
  const late = second.until + 60_000
  const [gone, sibling] = second.pods
  if (!gone || !sibling) return late
  const removed = cluster.ask(late, { ...by(stage), verb: 'delete', resource: 'pods', namespace, name: nameOf(gone.body), body: gone.body })
  const end = replacePod(cluster, late + 5, removed, 'ReplicaSet', second, gone, template)
  // the pod beside it fails a probe meanwhile, which is none of the deletion's doing
  tell(cluster, late + 400, patched, { user: `system:node:${sibling.node}` }, sibling.body, 'Unhealthy', 2)
  return end
}

/** A StatefulSet with claims, volumes made for them by a provisioner, a pod replaced under its own name, and a no-op write of an operator. */
export const statefulSet: Operation = (cluster, at, stage) => {
  const { namespace, name } = stage
  const owner = cluster.make('StatefulSet', 'apps/v1', namespace, name, { rest: { spec: { replicas: 2, volumeClaimTemplates: [{ metadata: { name: 'data' } }] } } })
  const place = { group: 'apps', resource: 'statefulsets', namespace, name }
  const made = cluster.ask(at, { ...by(stage), ...place, verb: 'create', request: owner, body: owner })
  for (const ordinal of [0, 1]) {
    const claim = cluster.make('PersistentVolumeClaim', 'v1', namespace, `data-${name}-${ordinal}`)
    const volume = cluster.make('PersistentVolume', 'v1', '', `pvc-${uidOf(claim)}`, { rest: { spec: { claimRef: { kind: 'PersistentVolumeClaim', namespace, name: nameOf(claim), uid: uidOf(claim) } } } })
    const now = at + 8 + ordinal * 30
    cluster.react(now, made, { ...cluster.controller('statefulset-controller'), verb: 'create', resource: 'persistentvolumeclaims', namespace, name: nameOf(claim), request: claim, body: claim })
    cluster.react(now + 60, made, { user: 'system:serviceaccount:kube-system:csi-provisioner', agent: 'csi-provisioner/v5.1.0', verb: 'create', resource: 'persistentvolumes', name: nameOf(volume), request: volume, body: volume })
    cluster.react(now + 90, made, { ...cluster.controller('persistent-volume-binder'), verb: 'update', resource: 'persistentvolumeclaims', subresource: 'status', namespace, name: nameOf(claim), body: cluster.changed(claim) })
  }
  const running = fillSet(cluster, at + 120, made, 'StatefulSet', owner, owner, 2, templateOf(stage, { claim: 'data' }))
  const [gone] = running.pods
  if (!gone) return running.until
  const late = running.until + 12_000
  const removed = cluster.ask(late, { ...by(stage), verb: 'delete', resource: 'pods', namespace, name: nameOf(gone.body), body: gone.body })
  return replacePod(cluster, late + 5, removed, 'StatefulSet', running, gone, templateOf(stage, { claim: 'data' }))
}

/** A CronJob: Jobs at each turn, their pods, an Event series that repeats. */
export const cronJob: Operation = (cluster, at, stage) => {
  const { namespace, name } = stage
  const owner = cluster.make('CronJob', 'batch/v1', namespace, name)
  const made = cluster.ask(at, { ...by(stage), verb: 'create', group: 'batch', resource: 'cronjobs', namespace, name, request: owner, body: owner })
  let end = at
  for (const turn of [1, 2]) {
    const [now, cron] = [at + turn * 60_000, cluster.controller('cronjob-controller')]
    const job = cluster.make('Job', 'batch/v1', namespace, `${name}-${29_000_000 + turn}`, { owner })
    cluster.react(now, made, { ...cron, verb: 'create', group: 'batch', resource: 'jobs', namespace, name: nameOf(job), request: job, body: job })
    tell(cluster, now + 5, made, cron, owner, 'SuccessfulCreate', 1)
    end = fillSet(cluster, now + 10, made, 'Job', owner, job, 1, templateOf(stage)).until
    cluster.react(end + 30, made, { ...cron, verb: 'update', group: 'batch', resource: 'cronjobs', subresource: 'status', namespace, name, body: cluster.changed(owner) })
  }
  return end + 50
}

/** A DaemonSet made by server-side apply in a namespace that is made the same way, then deleted with everything in it. */
export const namespaceLife: Operation = (cluster, at, stage) => {
  const name = `${stage.name}-space`
  const space = cluster.make('Namespace', 'v1', '', name)
  const place = { resource: 'namespaces', namespace: name, name }
  const made = cluster.ask(at, { ...by(stage), ...place, verb: 'patch', code: 201, uri: `/api/v1/namespaces/${name}?fieldManager=flux&force=true`, body: space })
  cluster.react(at + cluster.soon(), made, { ...cluster.controller('service-account-controller'), verb: 'create', resource: 'serviceaccounts', namespace: name, name: 'default', body: cluster.make('ServiceAccount', 'v1', name, 'default') })
  cluster.react(at + 9 * cluster.soon(), made, { ...cluster.controller('root-ca-cert-publisher'), verb: 'create', resource: 'configmaps', namespace: name, name: 'kube-root-ca.crt', body: cluster.make('ConfigMap', 'v1', name, 'kube-root-ca.crt') })
  const set = cluster.make('DaemonSet', 'apps/v1', name, stage.name)
  const applied = cluster.ask(at + 4000, { ...by(stage), verb: 'patch', code: 201, group: 'apps', resource: 'daemonsets', namespace: name, name: stage.name, body: set })
  const running = fillSet(cluster, at + 4010, applied, 'DaemonSet', set, set, cluster.profile.nodes.length, templateOf(stage))
  const late = running.until + 15_000
  const removed = cluster.ask(late, { ...by(stage), ...place, verb: 'delete', body: cluster.changed(space) })
  let now = late + 10
  for (const resource of ['secrets', 'configmaps', 'pods']) {
    cluster.react(now += cluster.soon(), removed, { ...cluster.controller('namespace-controller'), verb: 'deletecollection', resource, namespace: name })
    cluster.react(now += cluster.soon(), removed, { ...cluster.controller('namespace-controller'), verb: 'list', resource, namespace: name })
  }
  for (const pod of running.pods) now = Math.max(now, stopPod(cluster, now, removed, pod))
  cluster.react(now + 30, removed, { ...cluster.controller('namespace-controller'), verb: 'update', resource: 'namespaces', subresource: 'finalize', namespace: name, name, body: cluster.changed(space) })
  return now + 60
}

/** Service, its endpoints and slice; a pod of one's own behind it; an eviction that a disruption budget counts. */
export const service: Operation = (cluster, at, stage) => {
  const { namespace, name } = stage
  const slices = cluster.controller('endpointslice-controller')
  const front = cluster.make('Service', 'v1', namespace, name, { rest: { spec: { selector: { app: name } } } })
  const made = cluster.ask(at, { ...by(stage), verb: 'create', resource: 'services', namespace, name, request: front, body: front, takes: 12 })
  const slice = cluster.make('EndpointSlice', 'discovery.k8s.io/v1', namespace, `${name}-${cluster.random.suffix(5)}`, { owner: front, labels: { 'kubernetes.io/service-name': name } })
  const address = `10.96.${cluster.random.count(0, 255)}.${cluster.random.count(1, 254)}`
  if (cluster.profile.minor >= 33) cluster.react(at + 3, made, { user: 'system:apiserver', verb: 'create', group: 'networking.k8s.io', resource: 'ipaddresses', name: address, body: { kind: 'IPAddress', apiVersion: 'networking.k8s.io/v1', metadata: { name: address }, spec: { parentRef: { group: '', resource: 'services', namespace, name } } } })
  cluster.react(at + 20 + cluster.soon(), made, { ...slices, verb: 'create', group: 'discovery.k8s.io', resource: 'endpointslices', namespace, request: slice, body: slice })
  cluster.react(at + 20 + cluster.soon(), made, { ...cluster.controller('endpoint-controller'), verb: 'create', resource: 'endpoints', namespace, name, body: cluster.make('Endpoints', 'v1', namespace, name) })
  const budget = cluster.make('PodDisruptionBudget', 'policy/v1', namespace, name, { rest: { spec: { selector: { matchLabels: { app: name } } } } })
  const kept = { group: 'policy', resource: 'poddisruptionbudgets', namespace, name }
  cluster.ask(at + 6000, { ...by(stage), ...kept, verb: 'create', request: budget, body: budget })
  const pod = cluster.make('Pod', 'v1', namespace, name, { labels: { app: name }, rest: { spec: { serviceAccountName: 'default', volumes: [{ projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } }] } } })
  const ran = cluster.ask(at + 16_000, { ...by(stage), verb: 'create', resource: 'pods', namespace, name, request: pod, body: pod })
  const node = cluster.random.pick(cluster.profile.nodes)
  const up = startPod(cluster, at + 16_005, ran, pod, node)
  const ready = cluster.changed(slice, { endpoints: [{ targetRef: { kind: 'Pod', namespace, name, uid: uidOf(pod) } }] })
  cluster.react(up + 5, ran, { ...slices, verb: 'update', group: 'discovery.k8s.io', resource: 'endpointslices', namespace, name: nameOf(slice), request: ready, body: ready })
  cluster.react(up + 9, ran, { ...cluster.controller('disruption-controller'), ...kept, subresource: 'status', verb: 'update', body: cluster.changed(budget) })
  const late = up + 8000
  const out = cluster.ask(late, { ...by(stage), verb: 'create', resource: 'pods', subresource: 'eviction', namespace, name, takes: 15, body: { kind: 'Status', status: 'Success' } })
  cluster.react(late + 3, out, { user: 'system:apiserver', verb: 'list', group: 'policy', resource: 'poddisruptionbudgets', namespace })
  return stopPod(cluster, late + 20, out, { body: pod, node })
}

/** A custom resource with an irregular plural: an operator of the control plane furnishes it; its deletion takes the children, foreground and all. */
export const customResource: Operation = (cluster, at, stage) => {
  const { namespace, name } = stage
  const [group, resource] = ['cache.acme.example', 'redis']
  const object = cluster.make('Redis', `${group}/v1alpha1`, namespace, name)
  const place = { ...by(stage), group, resource, namespace, name }
  const made = cluster.ask(at, { ...place, verb: 'create', request: object, body: object })
  const operator = { user: 'system:serviceaccount:kube-system:redis-operator', agent: 'manager/v0.0.0 (linux/amd64) kubernetes/$Format' }
  const child = cluster.make('StatefulSet', 'apps/v1', namespace, `${name}-shard`, { owner: object, rest: { spec: { replicas: 1 } } })
  cluster.react(at + cluster.soon(), made, { ...operator, verb: 'create', group: 'apps', resource: 'statefulsets', namespace, name: nameOf(child), request: child, body: child })
  cluster.react(at + cluster.soon(), made, { ...operator, verb: 'update', group, resource, subresource: 'status', namespace, name, body: cluster.changed(object) })
  const running = fillSet(cluster, at + 90, made, 'StatefulSet', child, child, 1, templateOf(stage))
  const late = running.until + 10_000
  const removed = cluster.ask(late, { ...place, verb: 'delete', request: { kind: 'DeleteOptions', propagationPolicy: 'Foreground' }, body: cluster.changed(object) })
  const collector = cluster.controller('generic-garbage-collector')
  cluster.react(late + 20, removed, { ...collector, verb: 'delete', group: 'apps', resource: 'statefulsets', namespace, name: nameOf(child), request: { kind: 'DeleteOptions', preconditions: { uid: uidOf(child) } }, body: { kind: 'Status', details: { name: nameOf(child), uid: uidOf(child) } } })
  let now = late + 40
  for (const pod of running.pods) {
    cluster.react(now, removed, { ...collector, verb: 'delete', resource: 'pods', namespace, name: nameOf(pod.body), body: pod.body })
    now = stopPod(cluster, now + 5, removed, pod)
  }
  cluster.react(now + 20, removed, { ...collector, verb: 'patch', group, resource, namespace, name, request: { metadata: { finalizers: null } }, body: cluster.changed(object) })
  return now + 50
}

/** A reconciler writes back a Deployment that has not changed; the kubelet's next report is still the deployment's. */
export const unchanged: Operation = (cluster, at, stage) => {
  const { namespace, name } = stage
  const owner = cluster.make('Deployment', 'apps/v1', namespace, name)
  const place = { group: 'apps', resource: 'deployments', namespace, name }
  const made = cluster.ask(at, { ...by(stage), ...place, verb: 'create', request: owner, body: owner })
  const running = rollOut(cluster, at + 5, made, owner, 1, templateOf(stage))
  const settled = cluster.changed(owner)
  const status = { ...cluster.controller('deployment-controller'), ...place, subresource: 'status', verb: 'update' }
  cluster.react(running.until + 50, made, { ...status, request: settled, body: settled })
  cluster.ask(running.until + 20_000, { ...place, user: 'system:serviceaccount:flux-system:kustomize-controller', agent: 'kustomize-controller/v1.3.0', verb: 'patch', request: owner, body: settled })
  cluster.react(running.until + 20_400, made, { ...status, request: settled, body: cluster.changed(settled) })
  return running.until + 20_500
}

/** A labelled ClusterRole, and the role that collects it. */
export const aggregatedRole: Operation = (cluster, at, stage) => {
  const label = 'rbac.authorization.k8s.io/aggregate-to-view'
  const role = cluster.make('ClusterRole', 'rbac.authorization.k8s.io/v1', '', `${stage.name}-reader`, { labels: { [label]: 'true' } })
  const place = { group: 'rbac.authorization.k8s.io', resource: 'clusterroles' }
  const made = cluster.ask(at, { ...by(stage), ...place, verb: 'create', name: nameOf(role), request: role, body: role })
  const view: JsonObject = cluster.make('ClusterRole', 'rbac.authorization.k8s.io/v1', '', 'view', { rest: { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'true' } }] } } })
  cluster.react(at + 4 + cluster.soon(), made, { ...cluster.controller('clusterrole-aggregation-controller'), ...place, verb: 'patch', name: 'view', body: view })
  return at + 100
}

/** What goes on regardless, in a stretch of time. */
export function background(cluster: Cluster, from: number, to: number): void {
  for (let at = from; at < to; at += 2000) {
    const node = cluster.random.pick(cluster.profile.nodes)
    cluster.react(at, null, { ...cluster.controller('leader'), user: 'system:kube-scheduler', verb: 'update', group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-system', name: 'kube-scheduler' })
    cluster.react(at + 300, null, { user: `system:node:${node}`, verb: 'update', group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-node-lease', name: node })
    cluster.react(at + 700, null, { user: `system:node:${node}`, verb: 'patch', resource: 'nodes', subresource: 'status', name: node, body: { kind: 'Node', metadata: { name: node } } })
    cluster.react(at + 900, null, { user: 'system:apiserver', verb: 'watch', resource: 'pods' })
  }
}

export const OPERATIONS: Readonly<Record<string, Operation>> = { deployment, statefulSet, cronJob, namespaceLife, service, customResource, unchanged, aggregatedRole }
