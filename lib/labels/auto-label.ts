import type { AuditEvent } from '@/lib/audit/event'
import { conditionRule } from './background-rule'
import type { BackgroundRule } from './background-rule'
import type { EventCondition } from './event-condition'
import { meets } from './event-condition'

/** A rule by which the paper labels control-plane lines before anybody labels by hand. */
export interface AutoLabelRule extends BackgroundRule {
  /** The event's own label, or one fixed integer. */
  readonly gives: 'own' | number
}

const APISERVER = ['system:apiserver']
const MANAGER = ['system:kube-controller-manager']
const SCHEDULER = ['system:kube-scheduler']
const SYSTEM = { namespaces: ['kube-system'] } as const
const WIDE = { namespaces: [''] } as const
const PROXY = ['system:serviceaccount:kube-system:kube-proxy']
const COREDNS = ['system:serviceaccount:kube-system:coredns']
const ACCOUNT = 'system:serviceaccount:'
const LEASES: EventCondition = { ...SYSTEM, resources: ['leases'] }

function rule(gives: 'own' | number, id: string, reason: string, conditions: EventCondition | readonly EventCondition[]): AutoLabelRule {
  return { ...conditionRule(id, reason, conditions), gives }
}

/** Nodes are told by their group here, not by their name. */
function nodeRule(gives: 'own' | number, id: string, reason: string, conditions: EventCondition | readonly EventCondition[]): AutoLabelRule {
  const inner = conditionRule(id, reason, conditions)
  return { ...inner, gives, applies: (event) => (event.user?.groups.includes('system:nodes') ?? false) && inner.applies(event) }
}

const LAST_USED = 'kubernetes.io/legacy-token-last-used'

function marksTokenUsed(event: AuditEvent): boolean {
  const written = event.requestObject === null ? '' : JSON.stringify(event.requestObject)
  return meets(event, { users: APISERVER, verbs: ['patch'], resources: ['secrets'] }) && written.includes(LAST_USED)
}

/**
 * The paper's automatic labeller, in its order; the first rule that applies decides. Kept as
 * published: leases and node reads get one fixed integer whatever was done, and in the authors'
 * later copy the whole list is skipped for cluster-scoped events whose namespace key is absent.
 */
export const PAPER_AUTO_LABELS: readonly AutoLabelRule[] = [
  rule(119232, 'auto-lease', 'Leases of kube-system, renewed', [
    { ...LEASES, userPrefix: ACCOUNT, verbs: ['get', 'update', 'patch', 'watch'] },
    { ...LEASES, users: SCHEDULER, verbs: ['get', 'update', 'patch', 'watch'] },
    { ...LEASES, users: MANAGER, verbs: ['get', 'update', 'patch'] },
  ]),
  rule('own', 'auto-scheduler-watch', 'The scheduler watches', [
    { ...WIDE, users: SCHEDULER, verbs: ['watch'] },
    { ...SYSTEM, users: SCHEDULER, verbs: ['watch'], resources: ['configmaps'] },
  ]),
  rule('own', 'auto-component-watch', 'API server and controller manager watch whole kinds', { ...WIDE, users: [...APISERVER, ...MANAGER], verbs: ['watch'], names: [''] }),
  rule('own', 'auto-apiserver-endpoints', 'The API server checks its own endpoints', {
    users: APISERVER,
    verbs: ['get'],
    resources: ['endpoints', 'endpointslices'],
    namespaces: ['default'],
    names: ['kubernetes'],
  }),
  rule('own', 'auto-apiserver-lease', 'The API server renews its lease', { ...LEASES, users: APISERVER, verbs: ['update', 'patch'] }),
  rule('own', 'auto-apiserver-reads', 'The API server reads services and quotas', { users: APISERVER, verbs: ['list', 'get'], resources: ['services', 'resourcequotas'] }),
  rule('own', 'auto-apiserver-system-watch', 'The API server watches kube-system', { ...SYSTEM, users: APISERVER, verbs: ['watch'], resources: ['configmaps', 'leases'] }),
  { id: 'auto-token-used', reason: 'The API server notes the last use of a legacy token', certainty: 'always', gives: 'own', applies: marksTokenUsed },
  nodeRule(61632, 'auto-node-status', 'Nodes read and patch nodes', { resources: ['nodes'], verbs: ['watch', 'get', 'patch'] }),
  nodeRule('own', 'auto-node-lease', 'Nodes renew their leases', { resources: ['leases'], namespaces: ['kube-node-lease'], verbs: ['update', 'patch'] }),
  nodeRule('own', 'auto-node-watch', 'Nodes watch', [
    { ...WIDE, verbs: ['watch'], names: [''] },
    { ...SYSTEM, verbs: ['watch'] },
  ]),
  nodeRule('own', 'auto-node-token', 'Nodes ask for tokens', { verbs: ['create'], resources: ['serviceaccounts'], subresources: ['token'] }),
  nodeRule('own', 'auto-node-root-ca', 'Nodes read the root certificate', { verbs: ['get', 'list', 'watch'], resources: ['configmaps'], names: ['kube-root-ca.crt'] }),
  rule('own', 'auto-kube-proxy', 'kube-proxy watches', [
    { ...WIDE, users: PROXY, verbs: ['watch'] },
    { ...SYSTEM, users: PROXY, verbs: ['watch'] },
  ]),
  rule('own', 'auto-coredns', 'CoreDNS watches', { ...WIDE, users: COREDNS, verbs: ['watch'], resources: ['services', 'namespaces', 'endpointslices'] }),
  rule(17808, 'auto-system-token', 'Service accounts of kube-system and their tokens', [
    { ...SYSTEM, verbs: ['get'], resources: ['serviceaccounts'], subresources: [''] },
    { ...SYSTEM, verbs: ['create'], resources: ['serviceaccounts'], subresources: ['token'] },
  ]),
  rule('own', 'auto-account-informer', 'Service accounts list and watch whole kinds', { ...WIDE, userPrefix: ACCOUNT, verbs: ['list', 'watch'], names: [''] }),
]
