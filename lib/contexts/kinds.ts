export interface ResourceName {
  readonly group: string
  readonly resource: string
}

/** group -> kind:resource pairs of the kinds that owner references, events and scale targets name. */
const TABLE: Readonly<Record<string, string>> = {
  '': 'Pod:pods ReplicationController:replicationcontrollers Service:services Endpoints:endpoints Node:nodes Namespace:namespaces ConfigMap:configmaps Secret:secrets ServiceAccount:serviceaccounts PersistentVolume:persistentvolumes PersistentVolumeClaim:persistentvolumeclaims ResourceQuota:resourcequotas LimitRange:limitranges PodTemplate:podtemplates Event:events',
  apps: 'Deployment:deployments ReplicaSet:replicasets StatefulSet:statefulsets DaemonSet:daemonsets ControllerRevision:controllerrevisions',
  batch: 'Job:jobs CronJob:cronjobs',
  autoscaling: 'HorizontalPodAutoscaler:horizontalpodautoscalers',
  policy: 'PodDisruptionBudget:poddisruptionbudgets',
  'networking.k8s.io': 'Ingress:ingresses IngressClass:ingressclasses NetworkPolicy:networkpolicies ServiceCIDR:servicecidrs IPAddress:ipaddresses',
  'discovery.k8s.io': 'EndpointSlice:endpointslices',
  'storage.k8s.io': 'StorageClass:storageclasses VolumeAttachment:volumeattachments CSINode:csinodes CSIDriver:csidrivers',
  'rbac.authorization.k8s.io': 'Role:roles RoleBinding:rolebindings ClusterRole:clusterroles ClusterRoleBinding:clusterrolebindings',
  'certificates.k8s.io': 'CertificateSigningRequest:certificatesigningrequests PodCertificateRequest:podcertificaterequests',
  'coordination.k8s.io': 'Lease:leases',
  'scheduling.k8s.io': 'PriorityClass:priorityclasses',
  'apiextensions.k8s.io': 'CustomResourceDefinition:customresourcedefinitions',
  'apiregistration.k8s.io': 'APIService:apiservices',
  'resource.k8s.io': 'ResourceClaim:resourceclaims ResourceClaimTemplate:resourceclaimtemplates ResourceSlice:resourceslices',
}

const BY_KIND = new Map<string, ResourceName>()
for (const [group, pairs] of Object.entries(TABLE)) {
  for (const pair of pairs.split(' ')) {
    const [kind = '', resource = ''] = pair.split(':')
    BY_KIND.set(kind, { group, resource })
  }
}

/** Resources without a namespace: a reference to one must not inherit the referrer's. */
const CLUSTER_SCOPED = new Set([
  'nodes', 'namespaces', 'persistentvolumes', 'storageclasses', 'volumeattachments', 'csinodes', 'csidrivers', 'ingressclasses',
  'clusterroles', 'clusterrolebindings', 'certificatesigningrequests', 'priorityclasses', 'customresourcedefinitions', 'apiservices',
  'servicecidrs', 'ipaddresses', 'resourceslices', 'flowschemas', 'prioritylevelconfigurations', 'runtimeclasses', 'deviceclasses', 'clustertrustbundles',
  'validatingwebhookconfigurations', 'mutatingwebhookconfigurations', 'validatingadmissionpolicies', 'validatingadmissionpolicybindings',
  'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings', 'volumeattributesclasses', 'storageversionmigrations', 'componentstatuses',
])

/** Groups that serve the same objects as another: events live twice, some workloads lived in extensions. */
export function canonicalGroup(group: string, resource: string): string {
  if (resource === 'events' && group === 'events.k8s.io') return ''
  if (group === 'extensions') return resource === 'ingresses' || resource === 'networkpolicies' ? 'networking.k8s.io' : 'apps'
  return group
}

export function isClusterScoped(resource: string): boolean {
  return CLUSTER_SCOPED.has(resource)
}

/** `apps/v1` -> `apps`, `v1` -> the core group. */
export function groupOfApiVersion(apiVersion: string | null): string | null {
  if (apiVersion === null) return null
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : apiVersion.slice(0, slash)
}

function guessPlural(kind: string): string {
  const lower = kind.toLowerCase()
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(lower) ? `${lower}es` : `${lower}s`
}

/**
 * The resource that serves a kind. Unknown kinds (custom resources) get the plural that the API conventions make likely;
 * their uid joins them where that guess is wrong.
 */
export function resourceOfKind(kind: string, apiVersion: string | null): ResourceName {
  const known = BY_KIND.get(kind)
  const group = groupOfApiVersion(apiVersion)
  if (known && (group === null || canonicalGroup(group, known.resource) === known.group)) return known
  return { group: group ?? '', resource: guessPlural(kind) }
}

/** Groups that Kubernetes does not serve itself; its own end in k8s.io or have no dot. */
export function isCustom(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io')
}
