import { object } from '@/lib/contexts/testing/scenario'
import type { Sent } from './testing'

/** For each watch: requests that it is to find, and the nearest that it is not. */
export interface MadeCase { readonly finds: readonly Sent[]; readonly leaves: readonly Sent[] }

const one = (finds: Sent, leaves: Sent): MadeCase => ({ finds: [finds], leaves: [leaves] })
const exec: Sent = { verb: 'create', subresource: 'exec', namespace: 'yard', name: 'crane-0', code: 101, uri: '/api/v1/namespaces/yard/pods/crane-0/exec?command=sh' }
const secrets: Sent = { verb: 'list', resource: 'secrets', namespace: 'yard', uri: '/api/v1/namespaces/yard/secrets?limit=500' }
const robot = 'system:serviceaccount:yard:robot'
const binding = (role: string, subject = 'dora'): Sent => ({ verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings', name: 'b', request: { roleRef: { kind: 'ClusterRole', name: role }, subjects: [{ kind: 'User', name: subject }] } })
const role = (rule: { verbs: string[]; resources: string[] }): Sent => ({ verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'clusterroles', name: 'r', request: { rules: [{ verbs: ['get'], resources: ['pods'] }, rule] } })
const pod = (spec: object, more: Sent = {}): Sent => ({ verb: 'create', namespace: 'yard', name: 'crane-0', request: { kind: 'Pod', metadata: { name: 'crane-0' }, spec: { containers: [{ name: 'c', image: 'crane:1' }], ...spec } } as Sent['request'] & object, ...more })
const container = (more: object): Sent => pod({ containers: [{ name: 'a', image: 'crane:1' }, { name: 'b', image: 'crane:2', ...more }] })
const config = (verb: string, resource: string, more: Sent = {}): Sent => ({ verb, resource, name: 'x', ...more })
const service = (spec: object): Sent => ({ verb: 'create', resource: 'services', namespace: 'yard', name: 'front', request: { spec } as Sent['request'] & object })

/** A deployment whose pod, made by its controller, is the one with the privilege: only the context tells who asked for it. */
const privilegedByController: readonly Sent[] = [
  { verb: 'create', group: 'apps', resource: 'deployments', namespace: 'yard', name: 'crane', level: 'Metadata', body: object('Deployment', 'yard', 'crane') },
  { user: 'system:serviceaccount:kube-system:deployment-controller', verb: 'create', group: 'apps', resource: 'replicasets', namespace: 'yard', name: 'crane-7d', body: object('ReplicaSet', 'yard', 'crane-7d', { owner: object('Deployment', 'yard', 'crane') }) },
  { user: 'system:serviceaccount:kube-system:replicaset-controller', verb: 'create', namespace: 'yard', request: { kind: 'Pod', spec: { containers: [{ securityContext: { privileged: true } }] } }, body: object('Pod', 'yard', 'crane-7d-x', { owner: object('ReplicaSet', 'yard', 'crane-7d', { owner: object('Deployment', 'yard', 'crane') }) }) },
]
const many = (count: number): readonly Sent[] => {
  const set = object('ReplicaSet', 'yard', 'crane-7d')
  return [
    { verb: 'create', group: 'apps', resource: 'replicasets', namespace: 'yard', name: 'crane-7d', body: set },
    ...Array.from({ length: count }, (_, at): Sent => ({ user: 'system:serviceaccount:kube-system:replicaset-controller', verb: 'create', namespace: 'yard', name: `crane-${at}`, body: object('Pod', 'yard', `crane-${at}`, { owner: set }) })),
    { verb: 'delete', group: 'apps', resource: 'replicasets', namespace: 'yard', name: 'crane-7d', body: set },
    ...Array.from({ length: count }, (_, at): Sent => ({ user: 'system:serviceaccount:kube-system:generic-garbage-collector', verb: 'delete', namespace: 'yard', name: `crane-${at}`, body: object('Pod', 'yard', `crane-${at}`, { owner: set }) })),
  ]
}

export const MADE_CASES: Readonly<Record<string, MadeCase>> = {
  'Command run in a container': one(exec, { ...exec, code: 403 }),
  'Command run in a container of kube-system': one({ ...exec, namespace: 'kube-system' }, exec),
  'Suspicious command in a container': one({ ...exec, uri: `${exec.uri}&command=-c&command=curl+http%3A%2F%2Felsewhere` }, { ...exec, name: 'curl-runner', uri: '/api/v1/namespaces/yard/pods/curl-runner/exec?command=ls' }),
  'Exec refused': one({ ...exec, code: 403 }, exec),
  'Port forwarded to a pod': one({ ...exec, subresource: 'portforward' }, { ...exec, subresource: 'portforward', code: 403 }),
  'Ephemeral container added': one({ verb: 'patch', subresource: 'ephemeralcontainers', namespace: 'yard', name: 'crane-0' }, { verb: 'get', subresource: 'ephemeralcontainers', namespace: 'yard', name: 'crane-0' }),
  'Kubelet reached through the node proxy': one({ verb: 'create', resource: 'nodes', subresource: 'proxy', name: 'n1', code: 400 }, { verb: 'get', resource: 'nodes', subresource: 'proxy', name: 'n1', code: 403 }),
  'Pod or service reached through the API server': one({ resource: 'services', subresource: 'proxy', namespace: 'yard', name: 'front' }, { resource: 'nodes', subresource: 'proxy', name: 'n1' }),
  'Path traversal in an address': one({ subresource: 'proxy', namespace: 'yard', name: 'p', uri: '/api/v1/namespaces/yard/pods/p/proxy/%2E%2e%2Fmetrics' }, { subresource: 'proxy', namespace: 'yard', name: 'p', uri: '/api/v1/namespaces/yard/pods/p/proxy/a..b/v1.2' }),
  'Secrets of all namespaces listed': one({ verb: 'list', resource: 'secrets' }, secrets),
  'Secrets of a namespace listed': one(secrets, { ...secrets, uri: '/api/v1/namespaces/yard/secrets?labelSelector=name%3Dcrane%2Cowner%3Dhelm' }),
  'Secret read with a scripting client': one({ verb: 'get', resource: 'secrets', namespace: 'yard', name: 'key', agent: 'curl/8.9.1' }, { verb: 'get', resource: 'secrets', namespace: 'yard', name: 'key' }),
  'Secret of kube-system read': one({ verb: 'get', resource: 'secrets', namespace: 'kube-system', name: 'key' }, { verb: 'get', resource: 'secrets', namespace: 'yard', name: 'key' }),
  'Secrets refused': one({ ...secrets, code: 403 }, secrets),
  'Token made for a service account': one({ verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace: 'yard', name: 'robot' }, { user: 'system:node:n1', verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace: 'yard', name: 'robot' }),
  'Token made for a service account of kube-system': one({ verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace: 'kube-system', name: 'robot' }, { verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace: 'yard', name: 'robot' }),
  'Token that never expires asked for': one({ verb: 'create', resource: 'secrets', namespace: 'yard', name: 't', request: { type: 'kubernetes.io/service-account-token' } }, { verb: 'create', resource: 'secrets', namespace: 'yard', name: 't', request: { type: 'Opaque' } }),
  'Certificate asked for or approved': one({ verb: 'update', group: 'certificates.k8s.io', resource: 'certificatesigningrequests', subresource: 'approval', name: 'c' }, { verb: 'get', group: 'certificates.k8s.io', resource: 'certificatesigningrequests', name: 'c' }),
  'Service account used with a scripting client': one({ user: robot, agent: 'Python-urllib/3.12' }, { user: robot, agent: 'operator/v1.2 (linux/amd64) kubernetes/abc' }),
  'Service account used from a public address': one({ user: robot, from: '203.0.113.7' }, { user: robot, from: '172.20.3.4' }),
  'ConfigMap with credentials': one(config('create', 'configmaps', { namespace: 'yard', request: { data: { password: 'x' } } }), config('create', 'configmaps', { namespace: 'yard', request: { data: { 'log.level': 'x' } } })),
  'Binding to cluster-admin': one(binding('cluster-admin'), binding('view')),
  'Rights for everyone': one(binding('view', 'system:unauthenticated'), binding('view')),
  'Role with wildcards': one(role({ verbs: ['get', '*'], resources: ['pods'] }), role({ verbs: ['get', 'list'], resources: ['pods'] })),
  'Role that may raise its own rights': one(role({ verbs: ['impersonate'], resources: ['users'] }), role({ verbs: ['get'], resources: ['users'] })),
  'Role that reaches into pods, nodes or tokens': one(role({ verbs: ['create'], resources: ['pods', 'pods/exec'] }), role({ verbs: ['create'], resources: ['pods', 'pods/log'] })),
  'Built-in role changed or deleted': one(config('patch', 'clusterroles', { name: 'system:node' }), config('patch', 'clusterroles', { name: 'mine' })),
  'Rights refused': one({ ...binding('cluster-admin'), code: 403 }, { verb: 'list', resource: 'clusterrolebindings', code: 403 }),
  'Acting as someone else': one({ impersonate: 'emil' }, {}),
  'Acting as an administrator': one({ impersonate: 'emil', asGroups: ['system:masters'] }, { impersonate: 'emil', asGroups: ['devs'] }),
  'Privileged container': { finds: privilegedByController, leaves: [container({ securityContext: { privileged: false } })] },
  'Pod that shares processes or memory with its node': one(pod({ hostPID: true }), pod({ hostNetwork: true })),
  'Pod on the network of its node': one(pod({ hostNetwork: true }), pod({})),
  'Sensitive folder of the node mounted': one(pod({ volumes: [{ name: 'v', emptyDir: {} }, { name: 'w', hostPath: { path: '/var/run/docker.sock' } }] }), pod({ volumes: [{ name: 'w', hostPath: { path: '/srv/data' } }] })),
  'Container with capabilities of the kernel': one(container({ securityContext: { capabilities: { add: ['SYS_PTRACE'] } } }), container({ securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } } })),
  'Image of a miner': one(container({ image: 'somewhere/xmrig:latest' }), container({ image: 'library/nginx' })),
  'Image from a registry nobody knows': one(container({ image: '198.51.100.4:5000/tool:1' }), container({ image: 'ghcr.io/team/tool:1' })),
  'Pod with the account of a controller': one(pod({ serviceAccountName: 'job-controller' }, { namespace: 'kube-system' }), pod({ serviceAccountName: 'job-controller' })),
  'Pod without an owner': one(pod({}), pod({}, { request: { metadata: { ownerReferences: [{ kind: 'Job', name: 'j' }] }, spec: {} } })),
  'Workload in kube-system made or changed': one(config('create', 'daemonsets', { namespace: 'kube-system' }), config('create', 'daemonsets', { namespace: 'yard' })),
  'DaemonSet made': one(config('create', 'daemonsets', { namespace: 'yard' }), config('patch', 'daemonsets', { namespace: 'yard' })),
  'CronJob made or changed': one(config('patch', 'cronjobs', { namespace: 'yard' }), config('patch', 'cronjobs', { namespace: 'yard', subresource: 'status' })),
  'Admission webhook or policy changed': one(config('delete', 'validatingwebhookconfigurations'), config('get', 'validatingwebhookconfigurations')),
  'API added or taken away': one(config('create', 'customresourcedefinitions'), config('patch', 'customresourcedefinitions')),
  'Configuration of the cluster changed': one(config('patch', 'configmaps', { namespace: 'kube-system', name: 'coredns' }), config('patch', 'configmaps', { namespace: 'yard', name: 'coredns' })),
  'Something else in kube-system changed': one(config('create', 'services', { namespace: 'kube-system' }), config('create', 'services', { namespace: 'yard' })),
  'Node changed or removed by hand': one(config('patch', 'nodes'), config('patch', 'nodes', { subresource: 'status' })),
  'Service opened to the outside': one(service({ type: 'NodePort' }), service({ type: 'ClusterIP' })),
  'Service with an external address': one(service({ externalIPs: ['203.0.113.9'] }), service({ externalIPs: [] })),
  'Ingress without TLS': one(config('create', 'ingresses', { namespace: 'yard', request: { spec: { rules: [] } } }), config('create', 'ingresses', { namespace: 'yard', request: { spec: { rules: [], tls: [{ hosts: ['a'] }] } } })),
  'Anonymous request let through': one({ user: 'system:anonymous', resource: 'configmaps', namespace: 'yard', name: 'x' }, { user: 'system:anonymous', resource: 'configmaps', namespace: 'kube-public', name: 'cluster-info' }),
  'Anonymous request refused': one({ user: 'system:anonymous', code: 403 }, { user: 'dora', code: 403 }),
  'Lease refused to a component': one({ user: '', verb: 'get', group: 'coordination.k8s.io', resource: 'leases', namespace: 'yard', name: 'crane', code: 401 }, { user: 'dora', verb: 'get', group: 'coordination.k8s.io', resource: 'leases', namespace: 'yard', name: 'crane', code: 404 }),
  'Events deleted': one(config('deletecollection', 'events', { namespace: 'yard' }), config('list', 'events', { namespace: 'yard' })),
  'Namespace deleted': one(config('delete', 'namespaces'), config('create', 'namespaces')),
  'Much deleted by one action': { finds: many(30), leaves: many(12) },
  'Everything of a kind deleted': one(config('deletecollection', 'deployments', { namespace: 'yard', uri: '/apis/apps/v1/namespaces/yard/deployments' }), config('deletecollection', 'deployments', { namespace: 'yard', uri: '/apis/apps/v1/namespaces/yard/deployments?labelSelector=app%3Dcrane' })),
  'Volume deleted': one(config('delete', 'persistentvolumes'), config('delete', 'persistentvolumeclaims')),
  'Asking what one may do': one(config('create', 'selfsubjectrulesreviews'), config('create', 'selfsubjectaccessreviews')),
  'Service account asks what it may do': one(config('create', 'selfsubjectaccessreviews', { user: robot }), config('create', 'selfsubjectaccessreviews')),
  'Roles and bindings of the cluster listed': one(config('list', 'clusterroles'), config('list', 'roles', { namespace: 'yard' })),
  'Service account refused': one({ user: robot, code: 403 }, { user: robot }),
  'Workload refused': one(config('create', 'jobs', { namespace: 'yard', code: 403 }), config('create', 'jobs', { namespace: 'yard' })),
}
