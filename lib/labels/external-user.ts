import type { AuditEvent } from '@/lib/audit/event'

/** Who counts as external; names may end in `*`, which stands for any rest. */
export interface ExternalUserOptions {
  /** Namespaces whose service accounts belong to the control plane. Default: kube-system. */
  readonly controlPlaneNamespaces?: readonly string[]
  /** Users taken for components although their names say otherwise, e.g. `eks:*`. */
  readonly components?: readonly string[]
  /** Users taken for external although their names begin with `system:`, e.g. `system:admin`. */
  readonly external?: readonly string[]
}

export const DEFAULT_EXTERNAL_USERS: Required<ExternalUserOptions> = { controlPlaneNamespaces: ['kube-system'], components: [], external: [] }

const SERVICE_ACCOUNT = 'system:serviceaccount:'

/** The two parts of a service account's user name, or null for any other user. */
export function serviceAccountOf(username: string): { namespace: string; name: string } | null {
  if (!username.startsWith(SERVICE_ACCOUNT)) return null
  const rest = username.slice(SERVICE_ACCOUNT.length)
  const colon = rest.indexOf(':')
  return colon < 0 ? { namespace: rest, name: '' } : { namespace: rest.slice(0, colon), name: rest.slice(colon + 1) }
}

function matchesAny(username: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? username.startsWith(pattern.slice(0, -1)) : username === pattern))
}

/**
 * Whether an external user sent the event, so that it may be a trigger: no user at all (a refused
 * credential), a name without `system:`, `system:anonymous`, and service accounts outside the
 * control plane's namespaces. Who authenticated counts, not whom the request impersonates.
 */
export function isExternalUser(event: AuditEvent, options: ExternalUserOptions = DEFAULT_EXTERNAL_USERS): boolean {
  const username = event.user?.username
  if (!username) return true
  if (options.components && matchesAny(username, options.components)) return false
  if (options.external && matchesAny(username, options.external)) return true
  if (username === 'system:anonymous' || !username.startsWith('system:')) return true
  const account = serviceAccountOf(username)
  if (account === null) return false
  return !(options.controlPlaneNamespaces ?? DEFAULT_EXTERNAL_USERS.controlPlaneNamespaces).includes(account.namespace)
}
