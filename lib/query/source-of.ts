import type { QueryField } from './fields'

const OURS = /^(?:label|context|role|confidence|latency)\b/

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^(?:user|impersonatedUser)\b/, 'authentication.k8s.io/v1 UserInfo'],
  [/^objectRef\b/, 'audit.k8s.io/v1 ObjectReference'],
  [/^responseStatus\b/, 'meta/v1 Status'],
  [/^(?:requestObject|responseObject)\b./, 'the object in the body, of its own type'],
]

/** Where a field comes from: a Kubernetes type, or what Auditweave finds out. */
export function sourceOf(field: QueryField): string {
  const path = field.aliasOf ?? field.path
  if (OURS.test(path)) return path === 'latency' ? 'reckoned by Auditweave from two fields of audit.k8s.io/v1 Event' : 'found by Auditweave'
  return TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? 'audit.k8s.io/v1 Event'
}
