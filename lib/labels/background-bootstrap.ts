import type { BackgroundRule } from './background-rule'
import { APISERVER, CONTROLLER_MANAGER, NODE_PREFIX, SYSTEM_ACCOUNT, componentRule } from './component-rule'

const SYSTEM_NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease']
const UPHOLD = ['get', 'list', 'create', 'update', 'patch']

/** Objects that every API server upholds for itself, and credentials that components renew. */
export const BOOTSTRAP_RULES: readonly BackgroundRule[] = [
  componentRule('apiserver-endpoints', 'The API server keeps its own service, endpoints and address in order', [
    { users: [APISERVER], resources: ['endpoints', 'endpointslices', 'services'], namespaces: ['default'], names: ['kubernetes'], verbs: UPHOLD },
    { users: [APISERVER], groups: ['networking.k8s.io'], resources: ['servicecidrs'], names: ['kubernetes'], verbs: [...UPHOLD, 'watch'] },
    { users: [`${SYSTEM_ACCOUNT}service-cidrs-controller`], groups: ['networking.k8s.io'], resources: ['servicecidrs'], names: ['kubernetes'], verbs: UPHOLD },
  ]),
  componentRule('system-namespaces', 'API server or controller manager makes sure that a system namespace is there', [
    { users: [APISERVER, CONTROLLER_MANAGER], groups: [''], resources: ['namespaces'], names: SYSTEM_NAMESPACES, verbs: ['get', 'create'] },
  ]),
  componentRule('rbac-bootstrap', 'The API server upholds the default roles and bindings', [
    { users: [APISERVER], groups: ['rbac.authorization.k8s.io'], verbs: UPHOLD },
  ]),
  componentRule('priority-class-bootstrap', 'The API server upholds the system priority classes', [
    { users: [APISERVER], groups: ['scheduling.k8s.io'], resources: ['priorityclasses'], namePrefix: 'system-', verbs: UPHOLD },
  ]),
  componentRule('flow-control-bootstrap', 'The API server upholds flow schemas and priority levels', [
    { users: [APISERVER], groups: ['flowcontrol.apiserver.k8s.io'], verbs: [...UPHOLD, 'delete'] },
  ], { certainty: 'unless-linked', note: 'It also writes the status of flow schemas that users make.' }),
  componentRule('api-service-registration', 'The API server registers the API groups it serves', [
    { users: [APISERVER], groups: ['apiregistration.k8s.io'], verbs: UPHOLD },
  ], { certainty: 'unless-linked', note: 'A new CustomResourceDefinition makes it register one too.' }),
  componentRule('token-tracking', 'Legacy service account tokens are tracked and cleaned', [
    { groups: [''], resources: ['configmaps'], namespaces: ['kube-system'], names: ['kube-apiserver-legacy-service-account-token-tracking'], verbs: [...UPHOLD, 'watch'] },
    { users: [APISERVER], groups: [''], resources: ['configmaps'], namespaces: ['kube-system'], verbs: ['create', 'update'] },
  ]),
  componentRule('controller-credentials', 'The controller manager looks up its controllers\' service accounts and renews their tokens', [
    { users: [CONTROLLER_MANAGER], groups: [''], resources: ['serviceaccounts'], namespaces: ['kube-system'], verbs: ['get', 'create'] },
  ]),
  componentRule('node-system-token', 'A kubelet renews the token of a pod in kube-system', [
    { userPrefix: NODE_PREFIX, groups: [''], resources: ['serviceaccounts'], subresources: ['token'], namespaces: ['kube-system'], verbs: ['create'] },
  ], { certainty: 'unless-linked' }),
  componentRule('trust-bundle-publisher', 'The controller manager publishes the API server\'s trust bundle', [
    { users: [`${SYSTEM_ACCOUNT}kube-apiserver-serving-clustertrustbundle-publisher`], resources: ['clustertrustbundles'] },
  ]),
  componentRule('role-aggregation', 'Aggregated cluster roles are filled in', [
    { users: [`${SYSTEM_ACCOUNT}clusterrole-aggregation-controller`], resources: ['clusterroles'] },
  ], { certainty: 'unless-linked' }),
  componentRule('system-namespace-upkeep', 'Controllers keep default objects of the system namespaces', [
    { userPrefix: SYSTEM_ACCOUNT, groups: [''], resources: ['configmaps'], namespaces: SYSTEM_NAMESPACES, names: ['kube-root-ca.crt'] },
    { userPrefix: SYSTEM_ACCOUNT, groups: [''], resources: ['serviceaccounts'], namespaces: SYSTEM_NAMESPACES, names: ['default'] },
  ], { certainty: 'unless-linked' }),
  componentRule('delegated-review', 'A component asks the API server whether a caller is who it says and may do what it asks', [
    { groups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
    { groups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
  ], { certainty: 'unless-linked', note: 'Also follows exec, logs and proxy calls, which the kubelet has checked.' }),
]
