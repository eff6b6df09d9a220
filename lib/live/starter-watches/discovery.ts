import type { StarterWatch } from '../watch'
import { SCRIPTING, SERVICE_ACCOUNT } from './pieces'

const REVIEWS = 'resource in ("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews")'

/** Looking around, and running into walls. */
export const DISCOVERY: readonly StarterWatch[] = [
  {
    name: 'Asking what one may do',
    description: 'Someone had the API server list their own rights (kubectl auth can-i --list, whoami): the first thing to do with a credential that is not one\'s own.',
    query: 'resource in ("selfsubjectrulesreviews", "selfsubjectreviews") and verb == "create"',
    severity: 'info',
    references: ['Elastic: discovery_suspicious_self_subject_review', 'ATT&CK T1069'],
  },
  {
    name: 'Service account asks what it may do',
    description: 'A program knows its rights. A service account that asks for them is in the hands of a person or of a tool that probes.',
    query: `${REVIEWS} and verb == "create" and (${SERVICE_ACCOUNT} or ${SCRIPTING} or impersonatedUser.username startsWith "system:serviceaccount:")`,
    severity: 'medium',
    references: ['Elastic: discovery_suspicious_self_subject_review', 'ATT&CK T1069'],
  },
  {
    name: 'Roles and bindings of the cluster listed',
    description: 'Someone listed who may do what in the whole cluster.',
    query: 'resource in ("roles", "clusterroles", "rolebindings", "clusterrolebindings") and verb == "list" and not exists(namespace)',
    severity: 'info',
    references: ['Sigma: kubernetes_audit_rbac_permisions_listing', 'ATT&CK T1069'],
  },
  {
    name: 'Service account refused',
    description: 'A service account asked for what it may not have: a wrong role, or a token in wrong hands.',
    query: `${SERVICE_ACCOUNT} and code == 403`,
    severity: 'low',
    references: ['Elastic: discovery_denied_service_account_request', 'ATT&CK T1613'],
  },
  {
    name: 'Workload refused',
    description: 'Someone tried to make or change what runs, and may not.',
    query: 'resource in ("pods", "deployments", "daemonsets", "statefulsets", "replicasets", "jobs", "cronjobs") and not exists(subresource) and verb in ("create", "update", "patch") and code == 403',
    severity: 'low',
    references: ['Elastic: execution_forbidden_creation_request', 'ATT&CK T1610'],
  },
]
