import type { JsonObject } from '@/lib/audit/event'

/** What is enough to make an object of a kind, with placeholders for names. */
export interface MinimalBody {
  readonly manifest: JsonObject
  /** How it is named, to be asked for again. */
  readonly name: string
  /** Answered and not kept: reviews. */
  readonly forgotten: boolean
}

type Parts = readonly [kind: string, rest: JsonObject]

const POD = { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }] } as const
const template = (labels: JsonObject): JsonObject => ({ metadata: { labels }, spec: { containers: [{ ...POD.containers[0] }] } })
const APP = { app: 'swept' }
const selected = { selector: { matchLabels: { ...APP } }, template: template({ ...APP }) }
const RULE = { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }
const WHO = { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: '${swept-user}' }
const ASKS = { resourceAttributes: { verb: 'get', resource: 'pods', namespace: '${ns}' } }
const NO_CALLS = { clientConfig: { url: 'https://swept.invalid/' }, sideEffects: 'None', admissionReviewVersions: ['v1'], failurePolicy: 'Ignore', rules: [{ apiGroups: ['swept.invalid'], apiVersions: ['v1'], resources: ['nothing'], operations: ['CREATE'] }] }

const BODIES: Readonly<Record<string, Parts>> = {
  '/pods': ['Pod', { spec: { ...POD, containers: [...POD.containers] } }],
  '/configmaps': ['ConfigMap', { data: { key: 'value' } }],
  '/secrets': ['Secret', { type: 'Opaque', stringData: { key: 'swept' } }],
  '/serviceaccounts': ['ServiceAccount', {}],
  '/services': ['Service', { spec: { ports: [{ port: 80 }], selector: { ...APP } } }],
  '/endpoints': ['Endpoints', {}],
  '/namespaces': ['Namespace', {}],
  '/nodes': ['Node', { spec: { unschedulable: true } }],
  '/persistentvolumes': ['PersistentVolume', { spec: { capacity: { storage: '1Mi' }, accessModes: ['ReadWriteOnce'], storageClassName: 'swept', persistentVolumeReclaimPolicy: 'Retain', hostPath: { path: '/tmp/swept' } } }],
  '/persistentvolumeclaims': ['PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'swept', resources: { requests: { storage: '1Mi' } } } }],
  '/resourcequotas': ['ResourceQuota', { spec: { hard: { pods: '50' } } }],
  '/limitranges': ['LimitRange', { spec: { limits: [{ type: 'Container', max: { cpu: '2' } }] } }],
  '/podtemplates': ['PodTemplate', { template: template({ ...APP }) }],
  '/replicationcontrollers': ['ReplicationController', { spec: { replicas: 1, selector: { ...APP }, template: template({ ...APP }) } }],
  '/events': ['Event', { reason: 'Swept', message: 'a sweep', type: 'Normal', involvedObject: { kind: 'Namespace', apiVersion: 'v1', name: '${ns}', namespace: '${ns}' } }],
  'apps/deployments': ['Deployment', { spec: { replicas: 1, ...selected } }],
  'apps/replicasets': ['ReplicaSet', { spec: { replicas: 1, ...selected } }],
  'apps/statefulsets': ['StatefulSet', { spec: { replicas: 1, serviceName: 'swept', ...selected } }],
  'apps/daemonsets': ['DaemonSet', { spec: selected }],
  'apps/controllerrevisions': ['ControllerRevision', { revision: 1, data: {} }],
  'batch/jobs': ['Job', { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ ...POD.containers[0] }] } } } }],
  'batch/cronjobs': ['CronJob', { spec: { schedule: '0 0 1 1 *', suspend: true, jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ ...POD.containers[0] }] } } } } } }],
  'autoscaling/horizontalpodautoscalers': ['HorizontalPodAutoscaler', { spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: '${deployments}' } } }],
  'policy/poddisruptionbudgets': ['PodDisruptionBudget', { spec: { minAvailable: 0, selector: { matchLabels: { ...APP } } } }],
  'networking.k8s.io/ingresses': ['Ingress', { spec: { defaultBackend: { service: { name: '${services}', port: { number: 80 } } } } }],
  'networking.k8s.io/ingressclasses': ['IngressClass', { spec: { controller: 'swept.invalid/controller' } }],
  'networking.k8s.io/networkpolicies': ['NetworkPolicy', { spec: { podSelector: {} } }],
  'discovery.k8s.io/endpointslices': ['EndpointSlice', { addressType: 'IPv4', endpoints: [] }],
  'coordination.k8s.io/leases': ['Lease', { spec: {} }],
  'scheduling.k8s.io/priorityclasses': ['PriorityClass', { value: 1 }],
  'node.k8s.io/runtimeclasses': ['RuntimeClass', { handler: 'swept' }],
  'storage.k8s.io/storageclasses': ['StorageClass', { provisioner: 'swept.invalid/none' }],
  'storage.k8s.io/csidrivers': ['CSIDriver', { spec: { attachRequired: false } }],
  'rbac.authorization.k8s.io/roles': ['Role', { rules: [RULE] }],
  'rbac.authorization.k8s.io/rolebindings': ['RoleBinding', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: '${roles}' }, subjects: [WHO] }],
  'rbac.authorization.k8s.io/clusterroles': ['ClusterRole', { rules: [RULE] }],
  'rbac.authorization.k8s.io/clusterrolebindings': ['ClusterRoleBinding', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: '${clusterroles}' }, subjects: [WHO] }],
  'admissionregistration.k8s.io/validatingwebhookconfigurations': ['ValidatingWebhookConfiguration', { webhooks: [{ name: 'a.swept.invalid', ...NO_CALLS }] }],
  'admissionregistration.k8s.io/mutatingwebhookconfigurations': ['MutatingWebhookConfiguration', { webhooks: [{ name: 'a.swept.invalid', ...NO_CALLS }] }],
  'authorization.k8s.io/selfsubjectaccessreviews': ['SelfSubjectAccessReview', { spec: ASKS }],
  'authorization.k8s.io/selfsubjectrulesreviews': ['SelfSubjectRulesReview', { spec: { namespace: '${ns}' } }],
  'authorization.k8s.io/subjectaccessreviews': ['SubjectAccessReview', { spec: { ...ASKS, user: '${swept-user}' } }],
  'authorization.k8s.io/localsubjectaccessreviews': ['LocalSubjectAccessReview', { metadata: { namespace: '${ns}' }, spec: { ...ASKS, user: '${swept-user}' } }],
  'authentication.k8s.io/selfsubjectreviews': ['SelfSubjectReview', {}],
}

/** The least that the API server takes for a kind, or null where that is not known. */
export function minimalBody(group: string, resource: string, apiVersion: string): MinimalBody | null {
  const key = `${group}/${resource}`
  const parts = Object.hasOwn(BODIES, key) ? BODIES[key] : undefined
  if (!parts) return null
  const [kind, rest] = parts
  const forgotten = group.startsWith('auth')
  const name = resource === 'csidrivers' ? '${csidrivers}.swept.invalid' : `\${${wordFor(resource)}}`
  const metadata = forgotten ? rest['metadata'] : { name }
  return { manifest: { apiVersion, kind, ...rest, ...(metadata === undefined ? {} : { metadata }) }, name, forgotten }
}

/** A word for names of a resource's objects, short enough and its own. */
export function wordFor(resource: string): string {
  return resource.length <= 20 ? resource : `${resource.slice(0, 13)}-${resource.slice(-6)}`
}
