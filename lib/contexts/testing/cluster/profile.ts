import type { AuditEvent } from '@/lib/audit/event'
import type { Random } from '@/lib/contexts/testing/cluster/random'

/** How one distribution looks in an audit log. */
export interface Profile {
  readonly name: string
  readonly users: readonly string[]
  readonly agents: readonly string[]
  readonly nodes: readonly string[]
  /** Minor version of Kubernetes: what its components do differs. */
  readonly minor: number
  /** Binary whose name the control plane's user agents begin with. */
  readonly binary: string
  /** --use-service-account-credentials: off, controllers share the manager's user. */
  readonly ownAccounts: boolean
  /** Factor on the time that components take. */
  readonly pace: number
  /** The audit policy: what of an event is logged, null for an event that is not. */
  readonly policy: (event: AuditEvent) => AuditEvent | null
}

const bare = (event: AuditEvent): AuditEvent => ({ ...event, level: 'Metadata', requestObject: null, responseObject: null })
const asked = (event: AuditEvent): AuditEvent => ({ ...event, level: 'Request', responseObject: null })
const READS = new Set(['get', 'list', 'watch'])
const SECRET = new Set(['secrets', 'configmaps', 'tokenreviews'])
const isSystem = (event: AuditEvent): boolean => event.user?.username?.startsWith('system:') ?? false

export const POLICIES: Readonly<Record<string, Profile['policy']>> = {
  full: (event) => event,
  request: asked,
  // as GKE and the examples of the documentation have it
  managed: (event) => (SECRET.has(event.objectRef?.resource ?? '') || event.objectRef?.subresource === 'token' ? bare(event) : READS.has(event.verb ?? '') ? asked(event) : event),
  people: (event) => (isSystem(event) ? bare(event) : event),
  noEvents: (event) => (event.objectRef?.resource === 'events' ? null : event),
  writes: (event) => (READS.has(event.verb ?? '') ? null : event),
  metadata: bare,
}

/** Distributions with names, users and habits of their own. */
export function profiles(random: Random): Profile[] {
  const nodes = (prefix: string): string[] => Array.from({ length: random.count(2, 5) }, (_, i) => `${prefix}${i}-${random.suffix(4)}.internal`)
  const make = (more: Pick<Profile, 'name' | 'users' | 'agents' | 'nodes'> & Partial<Profile>): Profile => ({ minor: 31, binary: 'kube-controller-manager', ownAccounts: true, pace: 1, policy: POLICIES['full'] ?? bare, ...more })
  return [
    make({ name: 'kubeadm', users: ['kubernetes-admin', 'dana', 'system:serviceaccount:ci:deployer'], agents: ['kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9', 'Helm/3.19.0'], nodes: nodes('worker-'), minor: 34 }),
    make({ name: 'eks', users: ['arn:aws:sts::123456789012:assumed-role/dev/erin', 'kubernetes-admin', 'eks:addon-manager'], agents: ['kubectl/v1.29.0 (darwin/arm64) kubernetes/3f7a50f', 'HashiCorp/1.0 Terraform/1.9'], nodes: nodes('ip-10-0-'), minor: 29, ownAccounts: false }),
    make({ name: 'gke', users: ['frank@example.com', 'grace@example.com'], agents: ['kubectl/v1.30.5 (linux/amd64) kubernetes/9d3c0aa', 'Mozilla/5.0'], nodes: nodes('gke-pool-'), minor: 30, pace: 3 }),
    make({ name: 'k3s', users: ['admin', 'heidi'], agents: ['kubectl/v1.28.2+k3s1 (linux/arm64) kubernetes/6330a5b', 'octokube/v0.0.0'], nodes: nodes('pi-'), minor: 28, binary: 'k3s', ownAccounts: false, pace: 2 }),
    make({ name: 'openshift', users: ['ivan', 'system:serviceaccount:openshift-gitops:argocd-application-controller'], agents: ['oc/4.16.0 (linux/amd64) kubernetes/cd1f5c8', 'argocd-application-controller/v2.12.3'], nodes: nodes('compute-'), minor: 29 }),
  ]
}
