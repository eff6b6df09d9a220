import { CONTROLLER, object, report, Scenario } from '@/lib/contexts/testing/scenario'

/** kubectl create deployment: ReplicaSet, pod, its Events, binding, kubelet; then a second deployment beside it. */
export function deployment(): Scenario {
  const log = new Scenario('deployment')
  for (const app of ['web', 'api']) {
    const owner = object('Deployment', 'shop', app)
    const set = object('ReplicaSet', 'shop', `${app}-7d9f`, { owner })
    const pod = object('Pod', 'shop', `${app}-7d9f-x2x4k`, { owner: set, labels: { app }, spec: { serviceAccountName: 'default', volumes: [{ configMap: { name: `${app}-conf` } }] } })
    const cause = log.send({ verb: 'create', group: 'apps', resource: 'deployments', namespace: 'shop', name: app, body: owner, cause: 'self' })
    log.send({ user: `${CONTROLLER}deployment-controller`, verb: 'create', group: 'apps', resource: 'replicasets', namespace: 'shop', name: `${app}-7d9f`, body: set, cause })
    log.send({ user: `${CONTROLLER}deployment-controller`, verb: 'create', resource: 'events', namespace: 'shop', name: `${app}.1`, body: report(owner, `${app}.1`, 'ScalingReplicaSet'), cause })
    log.send({ user: `${CONTROLLER}replicaset-controller`, verb: 'create', resource: 'pods', namespace: 'shop', body: pod, cause })
    log.send({ user: 'system:kube-scheduler', verb: 'create', resource: 'pods', subresource: 'binding', namespace: 'shop', name: `${app}-7d9f-x2x4k`, request: { kind: 'Binding', metadata: {}, target: { kind: 'Node', name: 'n1' } }, cause })
    log.send({ user: 'system:node:n1', verb: 'get', resource: 'pods', namespace: 'shop', name: `${app}-7d9f-x2x4k`, body: pod, cause })
    log.send({ user: 'system:node:n1', verb: 'watch', resource: 'configmaps', namespace: 'shop', name: `${app}-conf`, cause })
    log.send({ user: 'system:node:n1', verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace: 'shop', name: 'default', request: { kind: 'TokenRequest', spec: { boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: `${app}-7d9f-x2x4k`, uid: `uid-Pod-shop-${app}-7d9f-x2x4k` } } }, cause })
    log.send({ user: 'system:node:n1', verb: 'create', resource: 'events', namespace: 'shop', name: `${app}-7d9f-x2x4k.2`, body: report(pod, `${app}-7d9f-x2x4k.2`, 'Started'), cause })
    log.send({ user: 'system:node:n1', verb: 'patch', resource: 'events', namespace: 'shop', name: `${app}-7d9f-x2x4k.2`, request: { count: 2 }, body: report(pod, `${app}-7d9f-x2x4k.2`, 'Started'), cause })
    log.send({ user: 'system:kube-controller-manager', verb: 'update', group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-system', name: 'kube-controller-manager', cause: null })
  }
  return log
}

/** A rollout: the later patch takes what follows, the earlier create keeps what came before. */
export function rollout(): Scenario {
  const log = new Scenario('rollout')
  const owner = object('Deployment', 'shop', 'cart')
  const first = log.send({ verb: 'create', group: 'apps', resource: 'deployments', namespace: 'shop', name: 'cart', body: owner, cause: 'self' })
  log.send({ user: `${CONTROLLER}deployment-controller`, verb: 'create', group: 'apps', resource: 'replicasets', namespace: 'shop', name: 'cart-1', body: object('ReplicaSet', 'shop', 'cart-1', { owner }), cause: first })
  const second = log.send({ user: 'bob', verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'shop', name: 'cart', body: owner, after: 9000, cause: 'self' })
  const set = object('ReplicaSet', 'shop', 'cart-2', { owner })
  log.send({ user: `${CONTROLLER}deployment-controller`, verb: 'create', group: 'apps', resource: 'replicasets', namespace: 'shop', name: 'cart-2', body: set, cause: second })
  log.send({ user: `${CONTROLLER}replicaset-controller`, verb: 'create', resource: 'pods', namespace: 'shop', body: object('Pod', 'shop', 'cart-2-abcde', { owner: set }), cause: second })
  log.send({ user: `${CONTROLLER}deployment-controller`, verb: 'update', group: 'apps', resource: 'replicasets', namespace: 'shop', name: 'cart-1', body: object('ReplicaSet', 'shop', 'cart-1', { owner }), cause: second })
  return log
}

/** Job and CronJob: the job that a cron job starts belongs to the cron job's context. */
export function jobs(): Scenario {
  const log = new Scenario('jobs')
  const cron = object('CronJob', 'data', 'nightly')
  const one = object('Job', 'data', 'import')
  const byCron = log.send({ verb: 'create', group: 'batch', resource: 'cronjobs', namespace: 'data', name: 'nightly', body: cron, cause: 'self' })
  const byHand = log.send({ verb: 'create', group: 'batch', resource: 'jobs', namespace: 'data', name: 'import', body: one, cause: 'self' })
  log.send({ user: `${CONTROLLER}job-controller`, verb: 'create', resource: 'pods', namespace: 'data', body: object('Pod', 'data', 'import-9k8j7', { owner: one }), cause: byHand })
  const run = object('Job', 'data', 'nightly-29000000', { owner: cron })
  log.send({ user: `${CONTROLLER}cronjob-controller`, verb: 'create', group: 'batch', resource: 'jobs', namespace: 'data', name: 'nightly-29000000', body: run, after: 60_000, cause: byCron })
  log.send({ user: `${CONTROLLER}job-controller`, verb: 'create', resource: 'pods', namespace: 'data', body: object('Pod', 'data', 'nightly-29000000-q2w3e', { owner: run }), cause: byCron })
  log.send({ user: `${CONTROLLER}job-controller`, verb: 'update', group: 'batch', resource: 'jobs', subresource: 'status', namespace: 'data', name: 'import', body: one, cause: byHand })
  return log
}

/** StatefulSet with a claim template: the claim, the volume bound to it, and the pod. */
export function statefulSet(): Scenario {
  const log = new Scenario('statefulset')
  const set = object('StatefulSet', 'data', 'db', { spec: { replicas: 2, volumeClaimTemplates: [{ metadata: { name: 'store' } }] } })
  const cause = log.send({ verb: 'create', group: 'apps', resource: 'statefulsets', namespace: 'data', name: 'db', body: set, cause: 'self' })
  const claim = object('PersistentVolumeClaim', 'data', 'store-db-0')
  log.send({ user: `${CONTROLLER}statefulset-controller`, verb: 'create', resource: 'persistentvolumeclaims', namespace: 'data', name: 'store-db-0', body: claim, cause })
  const volume = object('PersistentVolume', '', 'pv-17', { spec: { claimRef: { kind: 'PersistentVolumeClaim', namespace: 'data', name: 'store-db-0', uid: 'uid-PersistentVolumeClaim-data-store-db-0' } } })
  log.send({ user: `${CONTROLLER}persistent-volume-binder`, verb: 'update', resource: 'persistentvolumes', name: 'pv-17', body: volume, cause })
  log.send({ user: `${CONTROLLER}statefulset-controller`, verb: 'create', resource: 'pods', namespace: 'data', name: 'db-0', body: object('Pod', 'data', 'db-0', { owner: set }), cause })
  return log
}

/** A deleted pod: its end is the deletion's, and so is its successor. */
export function podReplaced(): Scenario {
  const log = new Scenario('pod-replaced')
  const owner = object('Deployment', 'shop', 'web')
  const set = object('ReplicaSet', 'shop', 'web-5c', { owner })
  const old = object('Pod', 'shop', 'web-5c-aaaaa', { owner: set })
  const first = log.send({ verb: 'create', group: 'apps', resource: 'deployments', namespace: 'shop', name: 'web', body: owner, cause: 'self' })
  log.send({ user: `${CONTROLLER}deployment-controller`, verb: 'create', group: 'apps', resource: 'replicasets', namespace: 'shop', name: 'web-5c', body: set, cause: first })
  log.send({ user: `${CONTROLLER}replicaset-controller`, verb: 'create', resource: 'pods', namespace: 'shop', body: old, cause: first })
  const removal = log.send({ user: 'bob', verb: 'delete', resource: 'pods', namespace: 'shop', name: 'web-5c-aaaaa', body: old, after: 20_000, cause: 'self' })
  log.send({ user: `${CONTROLLER}replicaset-controller`, verb: 'create', resource: 'pods', namespace: 'shop', body: object('Pod', 'shop', 'web-5c-bbbbb', { owner: set }), cause: removal })
  log.send({ user: 'system:node:n1', verb: 'patch', resource: 'pods', subresource: 'status', namespace: 'shop', name: 'web-5c-aaaaa', body: old, cause: removal })
  log.send({ user: 'system:node:n1', verb: 'delete', resource: 'pods', namespace: 'shop', name: 'web-5c-aaaaa', body: old, cause: removal })
  return log
}
