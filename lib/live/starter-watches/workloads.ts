import type { StarterWatch } from '../watch'
import { anyContainer, CHANGES, DONE, oneContainer, podsWith, startedPods } from './pieces'

const HOST_PATHS = '^/(etc|proc|sys|root|home|dev|boot|run|var/(run|log|lib/(kubelet|docker|containerd|etcd)))(/|$)'
/** Public registries, and those of the large clouds. */
const REGISTRIES = ['docker.io', 'registry.k8s.io', 'k8s.gcr.io', 'gcr.io', 'ghcr.io', 'quay.io', 'mcr.microsoft.com', 'public.ecr.aws', 'registry.gitlab.com']

/** What runs, and with which rights on its node. */
export const WORKLOADS: readonly StarterWatch[] = [
  {
    name: 'Privileged container',
    description: 'A privileged container is root on its node. The context says who asked for it, also where a controller made the pod.',
    query: podsWith((spec) => anyContainer(spec, (container) => `${container}.securityContext.privileged == true`)),
    severity: 'high',
    references: ['Falco: Create Privileged Pod', 'Elastic: privilege_escalation_privileged_pod_created', 'Sigma: kubernetes_audit_privileged_pod_creation', 'Threat matrix: Privileged container', 'ATT&CK T1610'],
  },
  {
    name: 'Pod that shares processes or memory with its node',
    description: 'With hostPID or hostIPC a container sees the processes or the shared memory of everything else on the node.',
    query: podsWith((spec) => `${spec}.hostPID == true or ${spec}.hostIPC == true`),
    severity: 'high',
    references: ['Falco: Create HostPid Pod', 'Falco: Create HostIPC Pod', 'Elastic: privilege_escalation_pod_created_with_hostpid', 'Elastic: privilege_escalation_pod_created_with_hostipc', 'ATT&CK T1611'],
  },
  {
    name: 'Pod on the network of its node',
    description: 'With hostNetwork a pod reaches what listens on its node alone, and no network policy holds it.',
    query: podsWith((spec) => `${spec}.hostNetwork == true`),
    severity: 'medium',
    references: ['Falco: Create HostNetwork Pod', 'Elastic: privilege_escalation_pod_created_with_hostnetwork', 'ATT&CK T1611'],
  },
  {
    name: 'Sensitive folder of the node mounted',
    description: 'A hostPath volume opens the root, the configuration, the processes or the container runtime of the node.',
    query: podsWith((spec) => `${spec}.volumes[*].hostPath.path == "/" or ${spec}.volumes[*].hostPath.path matches "${HOST_PATHS}"`),
    severity: 'high',
    references: ['Falco: Create Sensitive Mount Pod', 'Elastic: privilege_escalation_pod_created_with_sensitive_hostpath_volume', 'Sigma: kubernetes_audit_hostpath_mount', 'Threat matrix: Writable hostPath mount', 'ATT&CK T1611'],
  },
  {
    name: 'Container with capabilities of the kernel',
    description: 'Capabilities such as SYS_ADMIN or SYS_PTRACE are steps out of a container.',
    query: podsWith((spec) => anyContainer(spec, (container) => ['SYS_ADMIN', 'SYS_PTRACE', 'SYS_MODULE', 'ALL'].map((one) => `${container}.securityContext.capabilities.add contains "${one}"`).join(' or '))),
    severity: 'medium',
    references: ['Elastic: privilege_escalation_container_created_with_excessive_linux_capabilities', 'ATT&CK T1611'],
  },
  {
    name: 'Image of a miner',
    description: 'The name of an image, or what it is told to run, names software that mines cryptocurrency.',
    query: podsWith((spec) => anyContainer(spec, (container) => `${container}.image matches~ "(xmr|miner|monero|kinsing|cpuminer|nicehash|kdevtmpfsi)" or ${container}.command[*] matches~ "(xmrig|minerd|kinsing)"`)),
    severity: 'high',
    references: ['Threat matrix: Resource hijacking', 'ATT&CK T1496'],
  },
  {
    name: 'Image from a registry nobody knows',
    description: 'A template: the host of an image is none of the large public registries. Put your own registries into the pattern, and take out those you do not use.',
    query: startedPods((spec) => oneContainer(spec, (container) => `${container}.image matches "^[^/]+[.:][^/]*/" and not (${REGISTRIES.map((host) => `${container}.image startsWith "${host}/"`).join(' or ')} or ${container}.image matches "^[a-z0-9.-]+(\\.gcr\\.io|-docker\\.pkg\\.dev|\\.azurecr\\.io|\\.amazonaws\\.com)/")`)),
    severity: 'medium',
    references: ['Falco: Create Disallowed Pod', 'Threat matrix: Compromised image in registry', 'ATT&CK T1525'],
  },
  {
    name: 'Pod with the account of a controller',
    description: 'A pod runs under a service account that belongs to a controller of the control plane.',
    query: podsWith((spec) => `(namespace == "kube-system" and ${spec}.serviceAccountName matches "-controller$")`),
    severity: 'high',
    references: ['Elastic: privilege_escalation_suspicious_assignment_of_controller_service_account', 'ATT&CK T1078.001'],
  },
  {
    name: 'Pod without an owner',
    description: 'A pod that no controller stands behind: someone runs something once (kubectl run, kubectl debug node), and nothing describes it.',
    query: `resource == "pods" and verb == "create" and not exists(subresource) and ${DONE} and exists(requestObject.spec) and not exists(requestObject.metadata.ownerReferences)`,
    severity: 'info',
    references: ['Threat matrix: New container', 'ATT&CK T1610'],
  },
  {
    name: 'Workload in kube-system made or changed',
    description: 'Something new runs beside the control plane, where fewer rules hold and nobody looks twice.',
    query: `namespace in ("kube-system", "kube-public", "kube-node-lease") and resource in ("pods", "deployments", "daemonsets", "statefulsets", "replicasets", "jobs", "cronjobs") and not exists(subresource) and ${CHANGES} and ${DONE}`,
    severity: 'medium',
    references: ['Falco: Pod Created in Kube Namespace', 'Sigma: kubernetes_audit_pod_in_system_namespace', 'ATT&CK T1036.005'],
  },
  {
    name: 'DaemonSet made',
    description: 'It puts a pod on every node, now and later.',
    query: `resource == "daemonsets" and verb == "create" and ${DONE}`,
    severity: 'info',
    references: ['Threat matrix: Backdoor container', 'ATT&CK T1543.005'],
  },
  {
    name: 'CronJob made or changed',
    description: 'It runs again and again, also when whoever made it has been shut out.',
    query: `resource == "cronjobs" and not exists(subresource) and ${CHANGES} and ${DONE}`,
    severity: 'info',
    references: ['Elastic: persistence_kubernetes_cron_job_created', 'Sigma: kubernetes_audit_cronjob_modification', 'Threat matrix: Kubernetes CronJob', 'ATT&CK T1053.007'],
  },
]
