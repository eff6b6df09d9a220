/** Which part of the control plane sent a request, by the user names that kubeadm and kube-up give them. */

const NODE = 'system:node:'

export function isNode(user: string): boolean {
  return user.startsWith(NODE)
}

export function nodeName(user: string): string {
  return user.slice(NODE.length)
}

export function isApiServer(user: string): boolean {
  return user === 'system:apiserver'
}

const ACCOUNTS = 'system:serviceaccount:kube-system:'
const MANAGERS = new Set(['system:kube-controller-manager', 'system:cloud-controller-manager'])

/**
 * `replicaset-controller` for a controller of the control plane, else null. Controllers have service accounts of their own, or share
 * the manager's user (--use-service-account-credentials=false); their client then puts its name last in the user agent.
 */
export function controllerName(user: string, userAgent: string | null): string | null {
  if (user.startsWith(ACCOUNTS)) return user.slice(ACCOUNTS.length)
  if (!MANAGERS.has(user) || userAgent === null) return null
  const parts = userAgent.split(' ')
  const client = parts[parts.length - 1]?.split('/')[2] ?? ''
  const name = client.startsWith(ACCOUNTS) ? client.slice(ACCOUNTS.length) : client
  return /^[a-z][a-z0-9-]{2,80}$/.test(name) && name !== 'leader-election' ? name : null
}

/** Whom work is remembered by: the controller, or the user where it is none. */
export function controllerOrUser({ controller, user }: { readonly controller: string | null; readonly user: string }): string {
  return controller ?? user
}
