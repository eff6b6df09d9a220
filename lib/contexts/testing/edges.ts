import { CONTROLLER, object, Scenario } from '@/lib/contexts/testing/scenario'

/** Two pods of one set deleted at once: each one's end is its own deletion's, not the later sibling's. */
export function siblings(): Scenario {
  const log = new Scenario('siblings')
  const set = object('StatefulSet', 'data', 'db')
  const made = log.send({ verb: 'create', group: 'apps', resource: 'statefulsets', namespace: 'data', name: 'db', body: set, cause: 'self' })
  const pods = ['db-0', 'db-1'].map((name) => object('Pod', 'data', name, { owner: set }))
  pods.forEach((body, i) => log.send({ user: `${CONTROLLER}statefulset-controller`, verb: 'create', resource: 'pods', namespace: 'data', name: `db-${i}`, body, cause: made }))
  const gone = pods.map((body, i) => log.send({ user: 'bob', verb: 'delete', resource: 'pods', namespace: 'data', name: `db-${i}`, body, after: i === 0 ? 9000 : 5, cause: 'self' }))
  pods.forEach((body, i) => log.send({ user: 'system:node:n1', verb: 'patch', resource: 'pods', subresource: 'status', namespace: 'data', name: `db-${i}`, body, cause: gone[i] ?? null }))
  log.send({ user: `${CONTROLLER}statefulset-controller`, verb: 'update', group: 'apps', resource: 'statefulsets', subresource: 'status', namespace: 'data', name: 'db', body: set, cause: gone[1] ?? null })
  return log
}

/** A controller still at work on a new object, when something below it is deleted: its reports are the creation's for a while. */
export function freshOwner(): Scenario {
  const log = new Scenario('fresh-owner')
  const set = object('DaemonSet', 'data', 'agent')
  const pod = object('Pod', 'data', 'agent-x', { owner: set })
  const made = log.send({ verb: 'create', group: 'apps', resource: 'daemonsets', namespace: 'data', name: 'agent', body: set, cause: 'self' })
  log.send({ user: `${CONTROLLER}daemon-set-controller`, verb: 'create', resource: 'pods', namespace: 'data', body: pod, cause: made })
  const gone = log.send({ user: 'bob', verb: 'delete', resource: 'pods', namespace: 'data', name: 'agent-x', body: pod, after: 500, cause: 'self' })
  log.send({ user: `${CONTROLLER}daemon-set-controller`, verb: 'update', group: 'apps', resource: 'daemonsets', subresource: 'status', namespace: 'data', name: 'agent', body: set, cause: made })
  log.send({ user: `${CONTROLLER}daemon-set-controller`, verb: 'update', group: 'apps', resource: 'daemonsets', subresource: 'status', namespace: 'data', name: 'agent', body: set, after: 4000, cause: gone })
  return log
}

/** What looks like a consequence and is none: a heartbeat, a look-up after the request, a service account written long after its namespace. */
export function coincidences(): Scenario {
  const log = new Scenario('coincidences')
  const lease = { kind: 'Lease', metadata: { name: 'kube-scheduler', namespace: 'kube-system', uid: 'uid-lease' } }
  log.send({ verb: 'patch', group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-system', name: 'kube-scheduler', body: lease, cause: 'self' })
  log.send({ user: 'system:kube-scheduler', verb: 'update', group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-system', name: 'kube-scheduler', body: lease, cause: null })
  const pod = log.send({ verb: 'create', resource: 'pods', namespace: 'shop', name: 'p', body: object('Pod', 'shop', 'p'), takes: 8, cause: 'self' })
  log.send({ user: 'system:apiserver', verb: 'list', resource: 'limitranges', namespace: 'shop', after: 2, cause: pod })
  log.send({ user: 'system:apiserver', verb: 'list', resource: 'limitranges', namespace: 'shop', after: 900, cause: null })
  const space = { kind: 'Namespace', metadata: { name: 'team', uid: 'uid-team' } }
  log.send({ verb: 'create', resource: 'namespaces', namespace: 'team', name: 'team', body: space, cause: 'self' })
  log.send({ user: `${CONTROLLER}legacy-service-account-token-cleaner`, verb: 'list', resource: 'serviceaccounts', namespace: 'team', after: 60_000, cause: null })
  log.send({ user: `${CONTROLLER}root-ca-cert-publisher`, verb: 'update', resource: 'configmaps', namespace: 'team', name: 'kube-root-ca.crt', body: object('ConfigMap', 'team', 'kube-root-ca.crt'), after: 60_000, cause: null })
  return log
}

/** RequestReceived tells neither name nor owner; the answer does, and decides for both stages. */
export function stages(): Scenario {
  const log = new Scenario('stages')
  const job = object('Job', 'data', 'once')
  const cause = log.send({ verb: 'create', group: 'batch', resource: 'jobs', namespace: 'data', name: 'once', body: job, cause: 'self' })
  const pod = log.send({ user: `${CONTROLLER}job-controller`, verb: 'create', resource: 'pods', namespace: 'data', body: object('Pod', 'data', 'other-name', { owner: job }), after: 5000, cause })
  const answered = log.events[1]
  if (answered) log.events.push({ ...answered, stage: 'RequestReceived', responseObject: null, responseStatus: null })
  log.expected.set(pod, cause)
  return log
}

/** A budget made first in a long manifest: the client has gone on to other things, so that the count is the workload's; in a short one it has not. */
export function movedOn(): Scenario {
  const log = new Scenario('moved-on')
  const apply = (app: string, others: readonly string[]): void => {
    const budget = object('PodDisruptionBudget', 'shop', app, { spec: { selector: { matchLabels: { app } } } })
    const set = object('StatefulSet', 'shop', app)
    const pod = object('Pod', 'shop', `${app}-0`, { owner: set, labels: { app } })
    const first = log.send({ verb: 'create', group: 'policy', resource: 'poddisruptionbudgets', namespace: 'shop', name: app, body: budget, cause: 'self' })
    for (const resource of others) log.send({ verb: 'create', resource, namespace: 'shop', name: app, cause: 'self' })
    const last = log.send({ verb: 'create', group: 'apps', resource: 'statefulsets', namespace: 'shop', name: app, body: set, cause: 'self' })
    log.send({ user: `${CONTROLLER}statefulset-controller`, verb: 'create', resource: 'pods', namespace: 'shop', name: `${app}-0`, body: pod, cause: last })
    const count = { user: `${CONTROLLER}disruption-controller`, verb: 'update', group: 'policy', resource: 'poddisruptionbudgets', subresource: 'status', namespace: 'shop', name: app, body: budget }
    log.send({ ...count, cause: others.length > 2 ? last : first })
  }
  apply('long', ['services', 'configmaps', 'secrets'])
  apply('short', ['services'])
  return log
}
