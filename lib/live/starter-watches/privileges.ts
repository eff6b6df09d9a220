import type { StarterWatch } from '../watch'
import { CHANGES, DONE, RBAC } from './pieces'

const ROLES = 'resource in ("roles", "clusterroles")'
const BINDINGS = 'resource in ("rolebindings", "clusterrolebindings")'
/** Of any rule of a role. */
const VERBS = 'requestObject.rules[*].verbs[*]'
const RESOURCES = 'requestObject.rules[*].resources[*]'

/** Rights given, taken and borrowed. */
export const PRIVILEGES: readonly StarterWatch[] = [
  {
    name: 'Binding to cluster-admin',
    description: 'Someone was given the role that may do everything.',
    query: `${BINDINGS} and ${CHANGES} and (requestObject.roleRef.name == "cluster-admin" or responseObject.roleRef.name == "cluster-admin") and ${DONE}`,
    severity: 'high',
    references: ['Falco: Attach to cluster-admin Role', 'Elastic: persistence_cluster_admin_rolebinding_created', 'Threat matrix: Cluster-admin binding', 'ATT&CK T1098.006'],
  },
  {
    name: 'Rights for everyone',
    description: 'A binding names the anonymous user, everyone who is signed in, or every service account.',
    query: `${BINDINGS} and ${CHANGES} and ${DONE} and requestObject.subjects[*].name in ("system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts")`,
    severity: 'high',
    references: ['Elastic: persistence_anonymous_user_bound_to_clusterrole', 'ATT&CK T1098.006'],
  },
  {
    name: 'Role with wildcards',
    description: 'A role grants every verb, or every resource: also those that come with the next operator.',
    query: `${ROLES} and ${CHANGES} and ${DONE} and (${VERBS} == "*" or ${RESOURCES} == "*")`,
    severity: 'medium',
    references: ['Falco: ClusterRole With Wildcard Created', 'Elastic: privilege_escalation_role_patch_wildcard_verbs_resources_response', 'ATT&CK T1098.006'],
  },
  {
    name: 'Role that may raise its own rights',
    description: 'A role grants escalate, bind or impersonate: each is enough to become an administrator.',
    query: `${ROLES} and ${CHANGES} and ${DONE} and ${VERBS} in ("escalate", "bind", "impersonate")`,
    severity: 'high',
    references: ['Elastic: persistence_sensitive_role_creation_or_modification', 'ATT&CK T1098.006'],
  },
  {
    name: 'Role that reaches into pods, nodes or tokens',
    description: 'A role grants exec, the node proxy or the making of tokens, which are ways to the rights of others.',
    query: `${ROLES} and ${CHANGES} and ${DONE} and ${RESOURCES} in ("pods/exec", "pods/attach", "nodes/proxy", "serviceaccounts/token")`,
    severity: 'medium',
    references: ['Falco: ClusterRole With Pod Exec Created', 'Elastic: persistence_sensitive_role_creation_or_modification', 'ATT&CK T1098.006'],
  },
  {
    name: 'Built-in role changed or deleted',
    description: 'Roles and bindings whose names begin with system: belong to Kubernetes.',
    query: `${RBAC} and name startsWith "system:" and verb in ("update", "patch", "delete", "deletecollection") and ${DONE}`,
    severity: 'high',
    references: ['Falco: System ClusterRole Modified/Deleted', 'Sigma: kubernetes_audit_rolebinding_modification', 'ATT&CK T1098.006'],
  },
  {
    name: 'Rights refused',
    description: 'Someone tried to give rights that they may not give.',
    query: `${RBAC} and verb in ("create", "update", "patch", "delete", "deletecollection") and code == 403`,
    severity: 'high',
    references: ['Elastic: privilege_escalation_service_account_rbac_write_operation', 'ATT&CK T1098.006'],
  },
  {
    name: 'Acting as someone else',
    description: 'A request was made under another name (impersonation): rules that look at user names see the one who asked, or the one borrowed, seldom both.',
    query: 'exists(impersonatedUser.username)',
    severity: 'medium',
    references: ['Elastic: defense_evasion_kubernetes_user_impersonation', 'ATT&CK T1134'],
  },
  {
    name: 'Acting as an administrator',
    description: 'The borrowed name or group is one of the control plane or of administrators.',
    query: 'impersonatedUser.groups contains "system:masters" or impersonatedUser.username matches "^(system:(kube-|node:|serviceaccount:kube-system:|apiserver|masters)|kubernetes-admin|kubernetes-super-admin|cluster-admin|admin$)"',
    severity: 'high',
    references: ['Elastic: privilege_escalation_kubernetes_api_request_impersonating_privileged_identity', 'ATT&CK T1134'],
  },
]
