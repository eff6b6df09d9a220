import { conditionRule } from './background-rule'
import type { BackgroundRule } from './background-rule'
import type { EventCondition } from './event-condition'

const APISERVER = ['system:apiserver']
const MANAGER = ['system:kube-controller-manager']
const SCHEDULER = ['system:kube-scheduler']
const WATCHED = ['configmaps', 'clusterroles', 'namespaces', 'serviceaccounts', 'resourcequotas', 'clusterrolebindings', 'rolebindings', 'secrets', 'nodes', 'pods', 'roles']
const NODE = { userContains: 'system:node:' } as const
const COLLECTORS: EventCondition = { users: MANAGER, resources: ['serviceaccounts'], names: ['generic-garbage-collector', 'resourcequota-controller'] }
const COLLECTOR: EventCondition = { ...COLLECTORS, namespaces: ['kube-system'] }
const COREDNS = ['system:serviceaccount:kube-system:coredns']
const KUBE_PROXY = ['system:serviceaccount:kube-system:kube-proxy']
const UNREACHABLE = 'Written twice in the paper\'s list: the rule before it always answers first.'

/**
 * The 22 control-plane buckets of the paper's clusterer, by their numbers, faults included. They
 * name one cluster's parts (coredns, kube-proxy, kubeadm's users), find nodes by a substring of
 * the user's name without asking whose node it is, know no `patch` of leases, and no lease of an
 * operator, CNI, CSI, cloud or autoscaler.
 */
export const PAPER_BACKGROUND_RULES: readonly BackgroundRule[] = [
  conditionRule('paper-2000', 'The API server watches the objects it caches', { users: APISERVER, verbs: ['watch'], resources: WATCHED }),
  conditionRule(
    'paper-2001',
    'The controller manager watches the objects it caches',
    { users: MANAGER, verbs: ['watch'], resources: [...WATCHED, 'certificatesigningrequest'] },
    'The resource of signing requests is misspelt in the paper\'s list, so they never match.',
  ),
  conditionRule('paper-2002', 'The controller manager looks its own service accounts up', { ...COLLECTOR, verbs: ['get'] }),
  conditionRule('paper-2003', 'The controller manager looks its own service accounts up', { ...COLLECTOR, verbs: ['get'] }, UNREACHABLE),
  conditionRule('paper-2004', 'The controller manager renews its own tokens', { ...COLLECTOR, verbs: ['create'] }),
  conditionRule('paper-2005', 'The controller manager renews its own tokens', { ...COLLECTOR, verbs: ['create'] }, UNREACHABLE),
  conditionRule('paper-2006', 'The scheduler watches pods, nodes and namespaces', { users: SCHEDULER, verbs: ['watch'], resources: ['pods', 'nodes', 'namespaces'] }),
  conditionRule('paper-2007', 'The scheduler watches the authentication ConfigMap', {
    users: SCHEDULER,
    verbs: ['watch'],
    resources: ['configmaps'],
    names: ['extension-apiserver-authentication'],
  }),
  conditionRule('paper-2008', 'A node watches pods', { ...NODE, verbs: ['watch'], resources: ['pods'] }),
  conditionRule('paper-2009', 'A node watches nodes', { ...NODE, verbs: ['watch'], resources: ['nodes'] }),
  conditionRule('paper-2010', 'A node watches ConfigMaps of kube-system', { ...NODE, verbs: ['watch'], resources: ['configmaps'], namespaces: ['kube-system'] }),
  conditionRule('paper-2011', 'A node asks for tokens in kube-system', { ...NODE, verbs: ['create'], resources: ['serviceaccounts'], namespaces: ['kube-system'] }),
  conditionRule('paper-2012', 'A node reads nodes', { ...NODE, verbs: ['get'], resources: ['nodes'] }),
  conditionRule('paper-2013', 'A node patches nodes', { ...NODE, verbs: ['patch'], resources: ['nodes'] }),
  conditionRule('paper-2014', 'CoreDNS watches namespaces', { users: COREDNS, verbs: ['watch'], resources: ['namespaces'] }),
  conditionRule('paper-2015', 'kube-proxy watches nodes', { users: KUBE_PROXY, verbs: ['watch'], resources: ['nodes'] }),
  conditionRule('paper-2016', 'Controller manager and scheduler read their leases', {
    users: [...MANAGER, ...SCHEDULER],
    verbs: ['get'],
    resources: ['leases'],
    namespaces: ['kube-system'],
    names: ['kube-controller-manager', 'kube-scheduler'],
  }),
  conditionRule('paper-2017', 'A node renews its lease', { ...NODE, verbs: ['update'], resources: ['leases'], namespaces: ['kube-node-lease'] }),
  conditionRule('paper-2018', 'The controller manager renews its lease', { users: MANAGER, verbs: ['update'], resources: ['leases'], names: ['kube-controller-manager'] }),
  conditionRule('paper-2019', 'The node controller patches nodes', { users: ['system:serviceaccount:kube-system:node-controller'], verbs: ['patch'], resources: ['nodes'] }),
  conditionRule('paper-2020', 'The scheduler renews its lease', { users: SCHEDULER, verbs: ['update'], resources: ['leases'], names: ['kube-scheduler'] }),
  conditionRule('paper-2021', 'The API server renews its identity lease', { users: APISERVER, verbs: ['update'], resources: ['leases'], namePrefix: 'apiserver-' }),
]

/** What the paper's log parser takes for noise before anything else; each has a switch in its configuration, all on. */
export const PAPER_PARSER_NOISE: readonly BackgroundRule[] = [
  conditionRule('api_server_watching_objects', 'The API server watches the objects it caches', { users: APISERVER, verbs: ['watch'], resources: WATCHED }),
  conditionRule('kube_controller_watching_objects', 'The controller manager watches the objects it caches', {
    users: MANAGER,
    verbs: ['watch'],
    resources: [...WATCHED, 'certificatesigningrequests'],
  }),
  conditionRule('kube_scheduler_watching_objects', 'The scheduler watches pods, nodes and namespaces', { users: SCHEDULER, verbs: ['watch'], resources: ['pods', 'nodes', 'namespaces'] }),
  conditionRule('extension_apiserver_authentication', 'The scheduler watches the authentication ConfigMap', {
    users: SCHEDULER,
    verbs: ['watch'],
    resources: ['configmaps'],
    names: ['extension-apiserver-authentication'],
  }),
  conditionRule('nodes_watching_pods_and_nodes', 'A node watches pods or nodes', { ...NODE, verbs: ['watch'], resources: ['pods', 'nodes'] }),
  conditionRule('nodes_watching_configmaps', 'A node watches ConfigMaps of kube-system', { ...NODE, verbs: ['watch'], resources: ['configmaps'], namespaces: ['kube-system'] }),
  conditionRule(
    'nodes_creating_sas_token',
    'A node asks for a service account\'s token',
    { ...NODE, verbs: ['create'], resources: ['serviceaccounts'], subresources: ['token'] },
    'In any namespace, so the token requests that follow a user\'s pod are lost with the noise.',
  ),
  conditionRule('coredns_watching_namespaces', 'CoreDNS watches namespaces', { users: COREDNS, verbs: ['watch'], resources: ['namespaces'] }),
  conditionRule('kube_proxy_watching_nodes', 'kube-proxy watches nodes', { users: KUBE_PROXY, verbs: ['watch'], resources: ['nodes'] }),
  conditionRule(
    'nodes_getting_their_own_status',
    'A node reads nodes',
    { ...NODE, verbs: ['get'], resources: ['nodes'] },
    'Whether the node is its own is not asked.',
  ),
  conditionRule(
    'nodes_patching_their_own_status',
    'A node patches nodes',
    { ...NODE, verbs: ['patch'], resources: ['nodes'] },
    'Whether the node is its own is not asked.',
  ),
  conditionRule('kube_controller_gc_and_rq_token', 'The controller manager looks after tokens of its own service accounts', {
    ...COLLECTORS,
    verbs: ['get', 'create'],
  }),
]
