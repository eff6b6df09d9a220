import type { StarterWatch } from '../watch'
import { CHANGES, DONE, LET_IN } from './pieces'

const INTO_POD = 'resource == "pods" and subresource in ("exec", "attach")'

/** Ways into what is running. */
export const EXECUTION: readonly StarterWatch[] = [
  {
    name: 'Command run in a container',
    description: 'Someone ran a command in a container or attached to one. What was done there is in no audit log: ask who, and look at what the same user did before and after.',
    query: `${INTO_POD} and ${LET_IN}`,
    severity: 'medium',
    references: ['Falco: Attach/Exec Pod', 'Elastic: execution_user_exec_to_pod', 'Sigma: kubernetes_audit_exec_into_container', 'ATT&CK T1609'],
  },
  {
    name: 'Command run in a container of kube-system',
    description: 'A command in a pod of the control plane or of the network: whoever runs it may take over the cluster.',
    query: `${INTO_POD} and ${LET_IN} and namespace in ("kube-system", "kube-public", "kube-node-lease")`,
    severity: 'high',
    references: ['Falco: Attach/Exec Pod', 'ATT&CK T1609'],
  },
  {
    name: 'Suspicious command in a container',
    description: 'The command of an exec fetches something from elsewhere, opens a connection back, or reads credentials; the address of the request tells it.',
    query: `${INTO_POD} and requestURI matches~ "command=[^&]*(curl|wget|ncat|netcat|socat|/dev/tcp|%2fdev%2ftcp|169\\.254\\.169\\.254|serviceaccount(/|%2f)token|(/|%2f)etc(/|%2f)shadow|base64)"`,
    severity: 'high',
    references: ['Falco: Attach/Exec Pod', 'Elastic: execution_kubernetes_pod_exec_potential_reverse_shell', 'Elastic: credential_access_kubernetes_pod_exec_cloud_instance_metadata', 'ATT&CK T1059.004'],
  },
  {
    name: 'Exec refused',
    description: 'Someone who may not tried to run a command in a container.',
    query: `${INTO_POD} and code in (401, 403)`,
    severity: 'medium',
    references: ['Elastic: execution_forbidden_creation_request', 'ATT&CK T1609'],
  },
  {
    name: 'Port forwarded to a pod',
    description: 'A tunnel through the API server to a port of a pod, past network policies and load balancers.',
    query: `resource == "pods" and subresource == "portforward" and ${LET_IN}`,
    severity: 'low',
    references: ['Falco: port-forward', 'ATT&CK T1572'],
  },
  {
    name: 'Ephemeral container added',
    description: 'A container was put into a running pod (kubectl debug): it shares the network and, if asked for, the processes of the others.',
    query: `resource == "pods" and subresource == "ephemeralcontainers" and ${CHANGES} and ${DONE}`,
    severity: 'medium',
    references: ['Falco: EphemeralContainers Created', 'Elastic: privilege_escalation_kubernetes_ephemeral_container_added_to_pod', 'ATT&CK T1610'],
  },
  {
    name: 'Kubelet reached through the node proxy',
    description: 'Through nodes/proxy the kubelet of a node runs commands and reads logs of any of its pods. The pods that are touched so are in no audit log, and rules for exec do not see it.',
    query: `resource == "nodes" and subresource == "proxy" and code not in (401, 403)`,
    severity: 'high',
    references: ['Elastic: privilege_escalation_kubernetes_api_server_proxy_request_to_kubelet', 'Threat matrix: Access Kubelet API', 'ATT&CK T1613'],
  },
  {
    name: 'Pod or service reached through the API server',
    description: 'Through pods/proxy and services/proxy a request reaches an application inside the cluster as the API server, past network policies.',
    query: `resource in ("pods", "services") and subresource == "proxy" and code not in (401, 403)`,
    severity: 'low',
    references: ['Paper: Evading detection', 'ATT&CK T1090'],
  },
  {
    name: 'Path traversal in an address',
    description: 'An address climbs out of its path, plain or percent-encoded: proxies have answered such requests with what lies beside.',
    query: `requestURI matches~ "(\\.|%2e){2}(/|%2f|\\\\|%5c)"`,
    severity: 'high',
    references: ['Paper: Evading detection', 'ATT&CK T1190'],
  },
]
