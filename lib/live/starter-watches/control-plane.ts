import type { StarterWatch } from '../watch'
import { CHANGES, DONE } from './pieces'

/** The control plane, and what is open to the outside. */
export const CONTROL_PLANE: readonly StarterWatch[] = [
  {
    name: 'Admission webhook or policy changed',
    description: 'Admission sees and may change every request, or block it: a webhook reads Secrets as they are made, and one taken away lets everything through.',
    query: `resource in ("mutatingwebhookconfigurations", "validatingwebhookconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings") and verb in ("create", "update", "patch", "delete", "deletecollection") and not exists(subresource) and ${DONE}`,
    severity: 'medium',
    references: ['Elastic: persistence_kubernetes_admission_webhook_created_or_modified', 'Sigma: kubernetes_audit_change_admission_controller', 'Threat matrix: Malicious admission controller', 'ATT&CK T1546'],
  },
  {
    name: 'API added or taken away',
    description: 'A CustomResourceDefinition or an APIService changes what the API server serves; deleting a definition deletes every object of it.',
    query: `resource in ("customresourcedefinitions", "apiservices") and verb in ("create", "delete", "deletecollection") and ${DONE}`,
    severity: 'low',
    references: ['ATT&CK T1543'],
  },
  {
    name: 'Configuration of the cluster changed',
    description: 'A ConfigMap that decides on names, authentication or the network: CoreDNS, aws-auth, kube-proxy, kubeadm.',
    query: `resource == "configmaps" and namespace == "kube-system" and name in ("coredns", "kube-dns", "aws-auth", "kube-proxy", "kubeadm-config", "kubelet-config", "extension-apiserver-authentication") and verb in ("create", "update", "patch", "delete") and ${DONE}`,
    severity: 'high',
    references: ['Elastic: persistence_kubernetes_eks_aws_auth_configmap_modified', 'Elastic: impact_kubernetes_coredns_or_kube_dns_configuration_modified', 'Threat matrix: CoreDNS poisoning'],
  },
  {
    name: 'Something else in kube-system changed',
    description: 'A service, a service account, a Secret, a role or a network policy of kube-system was made, changed or deleted by someone who is not of the control plane.',
    query: `namespace in ("kube-system", "kube-public") and resource in ("services", "serviceaccounts", "secrets", "roles", "rolebindings", "networkpolicies", "endpointslices") and verb in ("create", "update", "patch", "delete", "deletecollection") and not exists(subresource) and ${DONE}`,
    severity: 'low',
    references: ['Falco: Service Account Created in Kube Namespace', 'Sigma: kubernetes_audit_serviceaccount_creation'],
  },
  {
    name: 'Node changed or removed by hand',
    description: 'Labels and taints decide where pods run; a node that is removed takes its pods with it.',
    query: `resource == "nodes" and not exists(subresource) and verb in ("update", "patch", "delete", "deletecollection") and ${DONE}`,
    severity: 'low',
    references: ['ATT&CK T1578'],
  },
  {
    name: 'Service opened to the outside',
    description: 'A NodePort or LoadBalancer service can be reached from outside the cluster.',
    query: `resource == "services" and ${CHANGES} and not exists(subresource) and requestObject.spec.type in ("NodePort", "LoadBalancer") and ${DONE}`,
    severity: 'low',
    references: ['Falco: Create NodePort Service', 'Elastic: persistence_exposed_service_created_with_type_nodeport', 'ATT&CK T1133'],
  },
  {
    name: 'Service with an external address',
    description: 'With externalIPs a service draws the traffic of an address to itself that may be another\'s (CVE-2020-8554).',
    query: `resource == "services" and ${CHANGES} and exists(requestObject.spec.externalIPs[*]) and ${DONE}`,
    severity: 'high',
    references: ['CVE-2020-8554', 'ATT&CK T1557'],
  },
  {
    name: 'Ingress without TLS',
    description: 'What it carries can be read on the way.',
    query: `resource == "ingresses" and verb == "create" and exists(requestObject.spec) and not exists(requestObject.spec.tls) and ${DONE}`,
    severity: 'info',
    references: ['Falco: Ingress Object without TLS Certificate Created'],
  },
  {
    name: 'Anonymous request let through',
    description: 'A request without any credential was carried out. Only the addresses of health and version, and the cluster-info that nodes join with, are meant to be open.',
    query: `username == "system:anonymous" and ${DONE} and exists(resource) and not (namespace == "kube-public" and name == "cluster-info")`,
    severity: 'high',
    references: ['Falco: Anonymous Request Allowed', 'Elastic: initial_access_anonymous_request_authorized', 'ATT&CK T1190'],
  },
  {
    name: 'Anonymous request refused',
    description: 'Someone without a credential asked for objects: a scan, or a client that has lost its credential.',
    query: 'username == "system:anonymous" and code in (401, 403) and exists(resource)',
    severity: 'low',
    references: ['Elastic: discovery_endpoint_permission_enumeration_by_anonymous_user', 'Sigma: kubernetes_audit_unauthorized_unauthenticated_actions', 'ATT&CK T1613'],
  },
  {
    name: 'Lease refused to a component',
    description: 'A component may not read or renew the lease by which it is elected: it stands still, and nothing else says so.',
    query: 'resource == "leases" and code in (401, 403)',
    severity: 'medium',
    references: ['Paper: Malfunctioning components'],
  },
]
