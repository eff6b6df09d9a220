const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Words (lower case) that name nobody: Kubernetes' own, those of protocols and of the programs everybody runs. Controllers and rules are told by them. */
export const COMMON_WORDS = list(`
  kube kubernetes kubernetesio k8s kubeadm kubelet kubectl kubeproxy system default public node lease root ca crt apiserver controller manager scheduler proxy etcd coredns dns
  cluster admin edit view master masters authenticated unauthenticated anonymous
  sh helm release pvc v io svc local internal com org net dev example http https tcp udp
  linux darwin windows amd64 arm64 true false yes no none null cpu memory storage ephemeral pods
  oc kustomize skaffold terraform hashicorp pulumi flux argocd istioctl cmctl velero ansible mozilla
  jti x509sha256
`)

/** Names that every cluster has, and that rules look for as they are. */
export const WELL_KNOWN_NAMES = list(`
  extension-apiserver-authentication cluster-info
  attachdetach-controller bootstrap-signer certificate-controller clusterrole-aggregation-controller cronjob-controller daemon-set-controller deployment-controller
  device-taint-eviction-controller disruption-controller endpoint-controller endpointslice-controller endpointslicemirroring-controller ephemeral-volume-controller
  expand-controller generic-garbage-collector horizontal-pod-autoscaler job-controller legacy-service-account-token-cleaner namespace-controller node-controller
  node-ipam-controller persistent-volume-binder podcertificaterequestcleaner-controller pod-garbage-collector pv-protection-controller pvc-protection-controller
  replicaset-controller replication-controller resource-claim-controller resourcequota-controller root-ca-cert-publisher route-controller
  selinux-warning-controller service-account-controller service-cidrs-controller service-controller statefulset-controller storage-version-garbage-collector
  storage-version-migrator-controller taint-eviction-controller token-cleaner ttl-after-finished-controller ttl-controller
  validatingadmissionpolicy-status-controller volumeattributesclass-protection-controller cloud-controller-manager
`)

/** Fields that hold a name of an object, a user, a group or a host, in whatever object they stand. */
export const NAME_FIELDS = list(`
  name generateName namespace namespaces username user users groups host hosts hostname hostnames nodeName nominatedNodeName serviceAccountName serviceAccount serviceName
  claimName secretName configMapName podName pdName volumeName persistentVolumeName volumeHandle policyName resourceNames holderIdentity reportingInstance subdomain externalName
  clusterName storageClassName ingressClassName priorityClassName deviceClassName runtimeClassName currentRevision updateRevision releaseName server image imageID names add
`)

/** Fields that hold what programs were told: every word of it is replaced. */
export const VALUE_FIELDS = list('args command value values key_value env')

/** Fields whose values are words of the API: they say what was done, not to whom. */
export const API_FIELDS = list(`
  kind apiVersion apiVersions apiGroup apiGroups group groupVersion resource resources subresource verb verbs plural singular singularName listKind shortNames categories
  scope op operation operations fieldsType fieldPath jsonPath level stage version storedVersions protocol appProtocol resourceVersion deploymentMode schedule
`)

/** Fields whose values are one capitalised word of the API, such as `Running`. */
export const STATE_FIELDS = /^(?:reason|type|phase|status|action|operator|effect|mode|ipFamil\w*|\w*[pP]olicy|addressType|conditionType|serviceType|strategy|sessionAffinity|qosClass|volumeMode|accessModes|usages)$/

/** Maps from labels to values, wherever an object has one. */
export const LABEL_MAPS = list('labels matchLabels nodeSelector matchLabelKeys podAnnotations')

/** Answers that list what the API serves: names in them are resources. */
export const DISCOVERY_KINDS = list('APIResourceList APIGroupList APIGroup APIVersions APIGroupDiscoveryList')

/** Their names are made of a resource and an API group, which labels hold as well. */
export const API_NAMED_KINDS = list('CustomResourceDefinition APIService')
export const API_NAMED_RESOURCES = list('customresourcedefinitions apiservices')

/** Domains of keys and groups that belong to Kubernetes and its tools. */
const KNOWN_DOMAIN = /(?:^|\.)(?:kubernetes\.io|k8s\.io|helm\.sh|x-k8s\.io)$/

export function isKnownDomain(domain: string): boolean {
  return KNOWN_DOMAIN.test(domain)
}

/** An API group that somebody made: the fields of its objects mean what they like. */
export function isCustomGroup(group: string): boolean {
  return group.includes('.') && !isKnownDomain(group)
}

/** Last parts of host names; beside these every country's. */
export const TOP_DOMAINS = list('com org net io dev app cloud internal local lan corp home intra info biz edu gov mil example test invalid')
