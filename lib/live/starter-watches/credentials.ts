import type { StarterWatch } from '../watch'
import { CHANGES, DONE, SCRIPTING, SERVICE_ACCOUNT } from './pieces'

/** Secrets, tokens and certificates. */
export const CREDENTIALS: readonly StarterWatch[] = [
  {
    name: 'Secrets of all namespaces listed',
    description: 'One request read, or began to watch, every Secret of the cluster. Few controllers need to; a person hardly ever does.',
    query: `resource == "secrets" and verb in ("list", "watch") and not exists(namespace) and ${DONE}`,
    severity: 'high',
    references: ['Elastic: credential_access_kubernetes_secrets_list_cluster_and_sensitive_namespaces', 'Sigma: kubernetes_audit_secrets_enumeration', 'Threat matrix: List K8S secrets', 'ATT&CK T1552.007'],
  },
  {
    name: 'Secrets of a namespace listed',
    description: 'Every Secret of a namespace was read at once, with its values, by someone other than Helm looking for its releases.',
    query: `resource == "secrets" and verb == "list" and exists(namespace) and ${DONE} and not (requestURI matches "labelSelector=[^&]*owner(%3D|=)helm")`,
    severity: 'low',
    references: ['Sigma: kubernetes_audit_secrets_enumeration', 'Threat matrix: List K8S secrets', 'ATT&CK T1552.007'],
  },
  {
    name: 'Secret read with a scripting client',
    description: 'A Secret was read with curl, Python or the like instead of a client of Kubernetes.',
    query: `resource == "secrets" and verb in ("get", "list", "watch") and ${DONE} and ${SCRIPTING}`,
    severity: 'high',
    references: ['Elastic: credential_access_kubernetes_secret_access_scripting_http_clients', 'ATT&CK T1552.007'],
  },
  {
    name: 'Secret of kube-system read',
    description: 'Someone read a Secret of the control plane: bootstrap tokens and credentials of controllers lie there.',
    query: `resource == "secrets" and verb in ("get", "list", "watch") and namespace == "kube-system" and ${DONE}`,
    severity: 'medium',
    references: ['Falco: K8s Secret Get Successfully', 'ATT&CK T1552.007'],
  },
  {
    name: 'Secrets refused',
    description: 'Someone asked for Secrets and may not have them.',
    query: 'resource == "secrets" and verb in ("get", "list", "watch") and code == 403',
    severity: 'medium',
    references: ['Falco: K8s Secret Get Unsuccessfully Tried', 'ATT&CK T1552.007'],
  },
  {
    name: 'Token made for a service account',
    description: 'Someone took out a token for a service account: with it they act under that name, from anywhere.',
    query: `resource == "serviceaccounts" and subresource == "token" and verb == "create" and ${DONE}`,
    severity: 'medium',
    references: ['Elastic: credential_access_kubernetes_service_account_token_created_via_tokenrequest', 'Threat matrix: Container service account', 'ATT&CK T1528'],
  },
  {
    name: 'Token made for a service account of kube-system',
    description: 'The service accounts of kube-system are those of the control plane: some of them may do anything.',
    query: `resource == "serviceaccounts" and subresource == "token" and verb == "create" and namespace == "kube-system" and ${DONE}`,
    severity: 'high',
    references: ['Elastic: credential_access_kubernetes_service_account_token_created_via_tokenrequest', 'ATT&CK T1528'],
  },
  {
    name: 'Token that never expires asked for',
    description: 'A Secret of the type of service-account tokens makes the control plane fill in a token that lasts as long as the Secret.',
    query: `resource == "secrets" and ${CHANGES} and requestObject.type == "kubernetes.io/service-account-token" and ${DONE}`,
    severity: 'medium',
    references: ['Elastic: credential_access_kubernetes_service_account_token_created', 'ATT&CK T1098'],
  },
  {
    name: 'Certificate asked for or approved',
    description: 'A client certificate is a credential that nobody can take back before it expires. Nodes ask for theirs themselves; this was someone else.',
    query: `resource == "certificatesigningrequests" and (verb == "create" or subresource == "approval") and ${DONE}`,
    severity: 'medium',
    references: ['Elastic: persistence_kubernetes_client_certificate_signing_request_created_or_approved', 'ATT&CK T1098'],
  },
  {
    name: 'Service account used with a scripting client',
    description: 'Requests of a service account came from curl, Python or the like. Controllers use client libraries that name themselves: a token may have left its pod.',
    query: `${SERVICE_ACCOUNT} and ${SCRIPTING}`,
    severity: 'medium',
    references: ['Elastic: execution_unusual_request_response_by_user_agent', 'Threat matrix: Container service account', 'ATT&CK T1078.004'],
  },
  {
    name: 'Service account used from a public address',
    description: 'A service account lives in pods; this request came from none of the private address ranges. Where your API server sees proxies of its own, name their addresses here.',
    query: `${SERVICE_ACCOUNT} and exists(sourceIPs) and not (sourceIPs matches "^(10\\.|127\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|169\\.254\\.|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|::1$|f[cd]|fe80)")`,
    severity: 'high',
    references: ['Threat matrix: Container service account', 'ATT&CK T1078.004'],
  },
  {
    name: 'ConfigMap with credentials',
    description: 'A key of a ConfigMap is called like a password or an access key: it belongs into a Secret.',
    query: `resource == "configmaps" and ${CHANGES} and ${DONE} and (${['password', 'passphrase', 'aws_access_key_id', 'aws_secret_access_key', 'secret', 'token'].map((key) => `exists(requestObject.data["${key}"])`).join(' or ')})`,
    severity: 'low',
    references: ['Falco: Create/Modify Configmap With Private Credentials', 'ATT&CK T1552.007'],
  },
]
