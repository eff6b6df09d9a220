import type { AuditEvent, JsonValue } from '@/lib/audit/event'
import type { BackgroundRule } from './background-rule'
import { APISERVER, CONTROLLER_MANAGER, NODE_PREFIX, SCHEDULER, SYSTEM_ACCOUNT, componentRule, isOwnNode } from './component-rule'

const COORDINATION = { groups: ['coordination.k8s.io'], resources: ['leases', 'leasecandidates'] } as const
const RENEW = ['get', 'create', 'update', 'patch']
const LEADER_ANNOTATION = 'control-plane.alpha.kubernetes.io/leader'

// The collectors of kube-system act on leases of others, so theirs is no heartbeat.
const COLLECTORS = new Set(['generic-garbage-collector', 'namespace-controller'].map((name) => SYSTEM_ACCOUNT + name))

function child(value: JsonValue | undefined, key: string): JsonValue | undefined {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value)
  return isObject && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Whether an Event object, in either API, is about an object of this kind. */
function isAbout(event: AuditEvent, kind: string): boolean {
  return [event.requestObject, event.responseObject].some(
    (body) => child(child(body, 'involvedObject'), 'kind') === kind || child(child(body, 'regarding'), 'kind') === kind,
  )
}

function writesLeader(event: AuditEvent): boolean {
  return child(child(child(event.requestObject, 'metadata'), 'annotations'), LEADER_ANNOTATION) !== undefined
}

/** Signs of life: leases, node status, leader election, and what is written about nodes. */
export const HEARTBEAT_RULES: readonly BackgroundRule[] = [
  componentRule('lease-renewal', 'A component renews the lease by which it shows that it lives or leads', [{ ...COORDINATION, verbs: RENEW }], {
    and: (event) => !COLLECTORS.has(event.user?.username ?? ''),
  }),
  componentRule('apiserver-lease-expiry', 'The API server removes identity leases that have run out', [{ users: [APISERVER], ...COORDINATION, verbs: ['delete'], namespaces: ['kube-system'] }]),
  componentRule(
    'leader-election-lock',
    'A component renews its leader lock, kept in an Endpoints or ConfigMap object by older releases',
    [{ groups: [''], resources: ['endpoints', 'configmaps'], verbs: ['create', 'update', 'patch'] }],
    { and: writesLeader },
  ),
  componentRule('leader-election-read', 'Scheduler or controller manager reads its leader lock', [
    { users: [SCHEDULER], groups: [''], resources: ['endpoints', 'configmaps'], verbs: ['get'], namespaces: ['kube-system'], names: ['kube-scheduler'] },
    { users: [CONTROLLER_MANAGER], groups: [''], resources: ['endpoints', 'configmaps'], verbs: ['get'], namespaces: ['kube-system'], names: ['kube-controller-manager'] },
  ]),
  componentRule(
    'node-heartbeat',
    'A kubelet reads or reports its own node',
    [
      { userPrefix: NODE_PREFIX, groups: [''], resources: ['nodes'], subresources: [''], verbs: ['get', 'create'] },
      { userPrefix: NODE_PREFIX, groups: [''], resources: ['nodes'], subresources: ['status'], verbs: ['patch', 'update', 'get'] },
      { userPrefix: NODE_PREFIX, groups: ['storage.k8s.io'], resources: ['csinodes'], verbs: ['get', 'create', 'update', 'patch'] },
    ],
    { and: isOwnNode },
  ),
  componentRule(
    'node-upkeep',
    'The node controllers read and mark nodes',
    ['node-controller', 'ttl-controller', 'generic-garbage-collector', 'attachdetach-controller', 'cloud-node-controller', 'node-ipam-controller'].map((name) => ({
      users: [SYSTEM_ACCOUNT + name],
      groups: [''],
      resources: ['nodes'],
      verbs: ['get', 'patch', 'update'],
    })),
    { certainty: 'unless-linked', note: 'The same controllers act after a user changes a node: taints, labels, cordon.' },
  ),
  componentRule(
    'node-event',
    'An Event about a node itself: it started, registered, or changed its condition',
    [{ groups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch', 'update'] }],
    { certainty: 'unless-linked', and: (event) => isAbout(event, 'Node') },
  ),
  componentRule(
    'leader-event',
    'A component writes that it has become leader',
    [{ groups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch', 'update'] }],
    { and: (event) => isAbout(event, 'Lease') },
  ),
]
