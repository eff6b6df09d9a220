import { CONTROLLER, object, report, Scenario } from '@/lib/contexts/testing/scenario'

/** A namespace is made, furnished, used and deleted with all that it holds. */
export function namespace(): Scenario {
  const log = new Scenario('namespace')
  const space = { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'team', uid: 'uid-team' } }
  const made = log.send({ verb: 'create', resource: 'namespaces', namespace: 'team', name: 'team', body: space, cause: 'self' })
  log.send({ user: `${CONTROLLER}service-account-controller`, verb: 'create', resource: 'serviceaccounts', namespace: 'team', name: 'default', body: object('ServiceAccount', 'team', 'default'), cause: made })
  log.send({ user: `${CONTROLLER}root-ca-cert-publisher`, verb: 'create', resource: 'configmaps', namespace: 'team', name: 'kube-root-ca.crt', body: object('ConfigMap', 'team', 'kube-root-ca.crt'), cause: made })
  const secret = log.send({ verb: 'create', resource: 'secrets', namespace: 'team', name: 'key', body: object('Secret', 'team', 'key'), after: 8000, cause: 'self' })
  log.send({ user: 'bob', verb: 'get', resource: 'secrets', namespace: 'team', name: 'key', cause: 'self' })
  const gone = log.send({ user: 'bob', verb: 'delete', resource: 'namespaces', namespace: 'team', name: 'team', body: space, after: 5000, cause: 'self' })
  log.send({ user: `${CONTROLLER}namespace-controller`, verb: 'list', resource: 'configmaps', namespace: 'team', cause: gone })
  log.send({ user: `${CONTROLLER}namespace-controller`, verb: 'deletecollection', resource: 'secrets', namespace: 'team', cause: gone })
  log.send({ user: `${CONTROLLER}namespace-controller`, verb: 'update', resource: 'namespaces', subresource: 'finalize', namespace: 'team', name: 'team', body: space, cause: gone })
  log.expected.set(secret, secret)
  return log
}

/** Service, its endpoints and slices; then a pod behind it is deleted. */
export function service(): Scenario {
  const log = new Scenario('service')
  const front = object('Service', 'shop', 'front', { spec: { selector: { app: 'front' } } })
  const pod = object('Pod', 'shop', 'front-0', { labels: { app: 'front' } })
  const slice = (ready: boolean): ReturnType<typeof object> => ({
    ...object('EndpointSlice', 'shop', 'front-abcde', { owner: front, labels: { 'kubernetes.io/service-name': 'front' } }),
    endpoints: ready ? [{ targetRef: { kind: 'Pod', namespace: 'shop', name: 'front-0', uid: 'uid-Pod-shop-front-0' } }] : [],
  })
  const made = log.send({ verb: 'create', resource: 'services', namespace: 'shop', name: 'front', body: front, takes: 10, cause: 'self' })
  log.send({ user: 'system:apiserver', verb: 'create', group: 'networking.k8s.io', resource: 'ipaddresses', name: '10.96.0.9', after: 2, body: { kind: 'IPAddress', metadata: { name: '10.96.0.9' }, spec: { parentRef: { resource: 'services', namespace: 'shop', name: 'front' } } }, cause: made })
  log.send({ user: `${CONTROLLER}endpointslice-controller`, verb: 'create', group: 'discovery.k8s.io', resource: 'endpointslices', namespace: 'shop', body: slice(false), after: 20, cause: made })
  log.send({ user: `${CONTROLLER}endpoint-controller`, verb: 'create', resource: 'endpoints', namespace: 'shop', name: 'front', body: object('Endpoints', 'shop', 'front'), cause: made })
  const ran = log.send({ user: 'bob', verb: 'create', resource: 'pods', namespace: 'shop', name: 'front-0', body: pod, after: 4000, cause: 'self' })
  log.send({ user: `${CONTROLLER}endpointslice-controller`, verb: 'update', group: 'discovery.k8s.io', resource: 'endpointslices', namespace: 'shop', name: 'front-abcde', body: slice(true), cause: ran })
  return log
}

/** Autoscaler: it reads and scales its target; the target's own history stays its own. */
export function autoscaler(): Scenario {
  const log = new Scenario('autoscaler')
  const web = object('Deployment', 'shop', 'web')
  log.send({ verb: 'create', group: 'apps', resource: 'deployments', namespace: 'shop', name: 'web', body: web, cause: 'self' })
  const hpa = object('HorizontalPodAutoscaler', 'shop', 'web-scaler', { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } } })
  const cause = log.send({ verb: 'create', group: 'autoscaling', resource: 'horizontalpodautoscalers', namespace: 'shop', name: 'web-scaler', body: hpa, after: 9000, cause: 'self' })
  log.send({ user: `${CONTROLLER}horizontal-pod-autoscaler`, verb: 'get', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'shop', name: 'web', cause })
  log.send({ user: `${CONTROLLER}horizontal-pod-autoscaler`, verb: 'list', group: 'metrics.k8s.io', resource: 'pods', namespace: 'shop', code: 404, cause })
  log.send({ user: `${CONTROLLER}horizontal-pod-autoscaler`, verb: 'update', group: 'autoscaling', resource: 'horizontalpodautoscalers', subresource: 'status', namespace: 'shop', name: 'web-scaler', body: hpa, cause })
  return log
}

/** A manager whose controllers share one user: they are told apart by their clients. */
export function sharedUser(): Scenario {
  const log = new Scenario('shared-user')
  const agent = 'kube-controller-manager/v1.31.0 (linux/amd64) kubernetes/a1b2c3d/horizontal-pod-autoscaler'
  const hpa = object('HorizontalPodAutoscaler', 'shop', 'web-scaler', { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } } })
  const cause = log.send({ verb: 'create', group: 'autoscaling', resource: 'horizontalpodautoscalers', namespace: 'shop', name: 'web-scaler', body: hpa, cause: 'self' })
  log.send({ user: 'system:kube-controller-manager', agent, verb: 'get', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'shop', name: 'web', cause })
  log.send({ user: 'system:kube-controller-manager', agent: 'kube-controller-manager/v1.31.0 (linux/amd64) kubernetes/a1b2c3d/shared-informers', verb: 'list', group: 'apps', resource: 'deployments', cause: null })
  return log
}

/** Eviction, and the disruption budget that counts the pod. */
export function eviction(): Scenario {
  const log = new Scenario('eviction')
  const budget = object('PodDisruptionBudget', 'shop', 'keep', { spec: { selector: { matchLabels: { app: 'web' } } } })
  const pod = object('Pod', 'shop', 'web-1', { labels: { app: 'web' } })
  const made = log.send({ verb: 'create', group: 'policy', resource: 'poddisruptionbudgets', namespace: 'shop', name: 'keep', body: budget, cause: 'self' })
  log.send({ user: `${CONTROLLER}disruption-controller`, verb: 'update', group: 'policy', resource: 'poddisruptionbudgets', subresource: 'status', namespace: 'shop', name: 'keep', body: budget, cause: made })
  const ran = log.send({ verb: 'create', resource: 'pods', namespace: 'shop', name: 'web-1', body: pod, after: 10_000, cause: 'self' })
  log.send({ user: `${CONTROLLER}disruption-controller`, verb: 'update', group: 'policy', resource: 'poddisruptionbudgets', subresource: 'status', namespace: 'shop', name: 'keep', body: budget, cause: ran })
  const out = log.send({ user: 'bob', verb: 'create', resource: 'pods', subresource: 'eviction', namespace: 'shop', name: 'web-1', takes: 8, after: 20_000, cause: 'self' })
  log.send({ user: 'system:apiserver', verb: 'list', group: 'policy', resource: 'poddisruptionbudgets', namespace: 'shop', after: 3, cause: out })
  log.send({ user: 'system:node:n2', verb: 'delete', resource: 'pods', namespace: 'shop', name: 'web-1', body: pod, after: 900, cause: out })
  return log
}

/** Calls that change nothing leave no consequence behind: forbidden, dry run, exec, questions; impersonation still counts as the caller's. */
export function ineffective(): Scenario {
  const log = new Scenario('ineffective')
  const pod = object('Pod', 'shop', 'job-1')
  const ran = log.send({ verb: 'create', resource: 'pods', namespace: 'shop', name: 'job-1', body: pod, cause: 'self' })
  log.send({ user: 'mallory', verb: 'delete', resource: 'pods', namespace: 'shop', name: 'job-1', code: 403, body: { kind: 'Status', code: 403, metadata: {} }, cause: 'self' })
  log.send({ user: 'bob', verb: 'delete', resource: 'pods', namespace: 'shop', name: 'job-1', uri: '/api/v1/namespaces/shop/pods/job-1?dryRun=All', body: pod, cause: 'self' })
  log.send({ user: 'bob', verb: 'create', resource: 'pods', subresource: 'exec', namespace: 'shop', name: 'job-1', cause: 'self' })
  log.send({ user: 'bob', impersonate: 'system:serviceaccount:kube-system:x', verb: 'get', resource: 'pods', namespace: 'shop', name: 'job-1', cause: 'self' })
  log.send({ user: 'bob', verb: 'create', group: 'authorization.k8s.io', resource: 'selfsubjectaccessreviews', cause: 'self' })
  log.send({ user: 'system:anonymous', verb: 'list', resource: 'secrets', code: 403, cause: 'self' })
  log.send({ user: 'system:serviceaccount:shop:robot', verb: 'list', resource: 'pods', namespace: 'shop', cause: 'self' })
  log.send({ user: 'system:node:n1', verb: 'patch', resource: 'pods', subresource: 'status', namespace: 'shop', name: 'job-1', body: pod, cause: ran })
  return log
}

/** A custom resource definition: established, served, watched; its objects have contexts of their own. */
export function definition(): Scenario {
  const log = new Scenario('definition')
  const group = 'apiextensions.k8s.io'
  const body = { kind: 'CustomResourceDefinition', apiVersion: `${group}/v1`, metadata: { name: 'gadgets.acme.example', uid: 'uid-crd' }, spec: { group: 'acme.example', versions: [{ name: 'v1' }] } }
  const cause = log.send({ verb: 'create', group, resource: 'customresourcedefinitions', name: 'gadgets.acme.example', body, cause: 'self' })
  log.send({ user: 'system:apiserver', verb: 'update', group, resource: 'customresourcedefinitions', subresource: 'status', name: 'gadgets.acme.example', body, cause })
  log.send({ user: 'system:apiserver', verb: 'create', group: 'apiregistration.k8s.io', resource: 'apiservices', name: 'v1.acme.example', body: { kind: 'APIService', metadata: { name: 'v1.acme.example' } }, cause })
  log.send({ user: `${CONTROLLER}generic-garbage-collector`, verb: 'list', group: 'acme.example', resource: 'gadgets', after: 2000, cause })
  const gadget = { kind: 'Gadget', apiVersion: 'acme.example/v1', metadata: { name: 'g', namespace: 'shop', uid: 'uid-g' } }
  const own = log.send({ user: 'bob', verb: 'create', group: 'acme.example', resource: 'gadgets', namespace: 'shop', name: 'g', body: gadget, cause: 'self' })
  const child = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'g-conf', namespace: 'shop', uid: 'uid-g-conf', ownerReferences: [{ apiVersion: 'acme.example/v1', kind: 'Gadget', name: 'g', uid: 'uid-g' }] } }
  log.send({ user: `${CONTROLLER}gadget-operator`, verb: 'create', resource: 'configmaps', namespace: 'shop', name: 'g-conf', body: child, cause: own })
  return log
}

/** A node is added and tainted; heartbeats go on, controllers answer. */
export function node(): Scenario {
  const log = new Scenario('node')
  const body = { kind: 'Node', apiVersion: 'v1', metadata: { name: 'n9', uid: 'uid-n9' } }
  const pod = object('Pod', 'shop', 'sticky', { spec: { nodeName: 'n9' } })
  log.send({ user: 'system:node:n9', verb: 'patch', resource: 'nodes', subresource: 'status', name: 'n9', body, cause: null })
  log.send({ verb: 'create', resource: 'pods', namespace: 'shop', name: 'sticky', body: pod, cause: 'self' })
  const cause = log.send({ user: 'bob', verb: 'patch', resource: 'nodes', name: 'n9', body, after: 9000, cause: 'self' })
  log.send({ user: `${CONTROLLER}node-controller`, verb: 'patch', resource: 'nodes', name: 'n9', body, cause })
  log.send({ user: `${CONTROLLER}node-controller`, verb: 'create', resource: 'events', namespace: 'default', name: 'n9.1', body: report(body, 'n9.1', 'NodeNotReady'), cause })
  log.send({ user: `${CONTROLLER}taint-eviction-controller`, verb: 'delete', resource: 'pods', namespace: 'shop', name: 'sticky', body: pod, cause })
  log.send({ user: 'system:node:n9', verb: 'patch', resource: 'nodes', subresource: 'status', name: 'n9', body, after: 10_000, cause: null })
  return log
}

/** An object that is deleted by collection takes its children with it, and two stages of one request are one decision. */
export function collection(): Scenario {
  const log = new Scenario('collection')
  const set = object('ReplicaSet', 'shop', 'old')
  const pod = object('Pod', 'shop', 'old-1', { owner: set })
  log.send({ verb: 'create', group: 'apps', resource: 'replicasets', namespace: 'shop', name: 'old', body: set, cause: 'self' })
  const pods = log.send({ user: `${CONTROLLER}replicaset-controller`, verb: 'create', resource: 'pods', namespace: 'shop', body: pod, cause: 'collection-0' })
  const cause = log.send({ user: 'bob', verb: 'deletecollection', group: 'apps', resource: 'replicasets', namespace: 'shop', body: { kind: 'ReplicaSetList', items: [set] }, after: 9000, cause: 'self' })
  log.send({ user: `${CONTROLLER}generic-garbage-collector`, verb: 'delete', resource: 'pods', namespace: 'shop', name: 'old-1', body: pod, cause })
  log.stage(pods, 'ResponseStarted')
  return log
}
