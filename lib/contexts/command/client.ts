import type { AuditEvent } from '@/lib/audit/event'
import { serviceAccountOf } from '@/lib/labels/external-user'

/** Parts of the key cannot hold it: header and user values come without control characters, and a hostile one only keeps to itself. */
const BREAK = '\u0000'

/** Programs that end when their work is done, whoever runs them. */
const COMMAND_LINE = /^(kubectl|oc|Helm|helm|kustomize|skaffold|Terraform|terraform|HashiCorp|pulumi|flux|argocd|istioctl|cmctl|velero|ansible)\b(?!-.*controller)/

/**
 * One client process cannot be told, but who ran which program from where can: user, impersonated user, source address and user agent. Null for
 * service accounts and refused credentials that run no command-line program: those are agents that never end.
 */
export function clientKey(event: AuditEvent): string | null {
  const user = event.user?.username ?? ''
  if ((user === '' || serviceAccountOf(user) !== null) && !COMMAND_LINE.test(event.userAgent ?? '')) return null
  return [user, event.impersonatedUser?.username ?? '', event.sourceIPs?.[0] ?? '', event.userAgent ?? ''].join(BREAK)
}

/** The field manager that a write names in its URI (`kubectl-create`, `helm`): one invocation has one. */
export function fieldManager(requestURI: string | null): string | null {
  const found = /[?&]fieldManager=([^&]{1,128})/.exec(requestURI ?? '')
  return found?.[1] ?? null
}

/** Helm sends requests side by side and waits for hooks and rollouts between them. */
export function isHelm(client: string): boolean {
  return (client.split(BREAK)[3] ?? '').startsWith('Helm/')
}

/** The release whose record a request reads or writes: Helm 3 keeps it in Secrets or ConfigMaps `sh.helm.release.v1.NAME.vN`. */
export function releaseRecord(name: string | null): string | null {
  return /^sh\.helm\.release\.v1\.(.+)\.v\d+$/.exec(name ?? '')?.[1] ?? null
}
