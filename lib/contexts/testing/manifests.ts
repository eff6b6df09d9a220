import { CONTROLLER, object, Scenario } from '@/lib/contexts/testing/scenario'

/** One manifest: objects made within milliseconds, whose controllers answer side by side and out of order. */
export function manifest(): Scenario {
  const log = new Scenario('manifest')
  const made = ['red', 'green', 'blue'].map((name) => {
    const owner = object('Deployment', 'shop', name)
    return { name, owner, cause: log.send({ verb: 'create', group: 'apps', resource: 'deployments', namespace: 'shop', name, body: owner, after: 1, cause: 'self' }) }
  })
  for (const { name, owner, cause } of made.toReversed()) log.send({ user: `${CONTROLLER}deployment-controller`, verb: 'create', group: 'apps', resource: 'replicasets', namespace: 'shop', name: `${name}-1a2b`, body: object('ReplicaSet', 'shop', `${name}-1a2b`, { owner }), after: 1, cause })
  for (const { name, owner, cause } of made) log.send({ user: `${CONTROLLER}deployment-controller`, verb: 'update', group: 'apps', resource: 'deployments', subresource: 'status', namespace: 'shop', name, body: owner, after: 1, cause })
  return log
}

/** Helm: a hook Job that is made, waited for and removed belongs to its own requests; the release's record is a trigger like any. */
export function helmHooks(): Scenario {
  const log = new Scenario('helm-hooks')
  const helm = { agent: 'Helm/3.19.0', namespace: 'shop' }
  const job = object('Job', 'shop', 'web-hook')
  const hook = { ...helm, group: 'batch', resource: 'jobs', name: 'web-hook' }
  log.send({ ...helm, verb: 'create', resource: 'secrets', name: 'sh.helm.release.v1.web.v1', cause: 'self' })
  const made = log.send({ ...hook, verb: 'create', body: job, cause: 'self' })
  const pod = object('Pod', 'shop', 'web-hook-x1', { owner: job })
  log.send({ user: `${CONTROLLER}job-controller`, verb: 'create', resource: 'pods', namespace: 'shop', body: pod, cause: made })
  log.send({ user: `${CONTROLLER}job-controller`, verb: 'update', group: 'batch', resource: 'jobs', subresource: 'status', namespace: 'shop', name: 'web-hook', body: job, after: 900, cause: made })
  const gone = log.send({ ...hook, verb: 'delete', body: job, after: 20, cause: 'self' })
  log.send({ user: `${CONTROLLER}generic-garbage-collector`, verb: 'delete', resource: 'pods', namespace: 'shop', name: 'web-hook-x1', body: pod, after: 20, cause: gone })
  return log
}

/** A claim in use is deleted: its protection finalizer comes off when its pod is gone, which is the deletion's end. */
export function finalizers(): Scenario {
  const log = new Scenario('finalizers')
  const claim = object('PersistentVolumeClaim', 'data', 'store')
  const place = { resource: 'persistentvolumeclaims', namespace: 'data', name: 'store' }
  const made = log.send({ ...place, verb: 'create', body: claim, cause: 'self' })
  log.send({ ...place, user: `${CONTROLLER}pvc-protection-controller`, verb: 'update', body: claim, cause: made })
  const removed = log.send({ ...place, user: 'bob', verb: 'delete', body: claim, after: 30_000, cause: 'self' })
  log.send({ ...place, user: `${CONTROLLER}pvc-protection-controller`, verb: 'update', request: { metadata: { finalizers: null } }, body: claim, after: 4000, cause: removed })
  return log
}

/** A watch is told twice, when its answer starts and when it ends; whoever watches causes nothing by it. */
export function watchStages(): Scenario {
  const log = new Scenario('watch-stages')
  const watch = log.send({ verb: 'watch', resource: 'pods', namespace: 'shop', stage: 'ResponseStarted', cause: 'self' })
  const pod = object('Pod', 'shop', 'p')
  const made = log.send({ user: 'bob', verb: 'create', resource: 'pods', namespace: 'shop', name: 'p', body: pod, cause: 'self' })
  log.send({ user: 'system:kube-scheduler', verb: 'create', resource: 'pods', subresource: 'binding', namespace: 'shop', name: 'p', cause: made })
  log.stage(watch, 'ResponseComplete')
  return log
}
