import type { Strings } from './writer'
import { isKnownDomain } from './vocabulary'

/** A key of labels or annotations, `domain/name` or `name`: keys of Kubernetes and its tools stay, others lose their domain and private words. */
export function labelKey(strings: Strings, key: string): string {
  const slash = key.indexOf('/')
  if (slash < 0) return isKnownDomain(key) ? key : strings.text(key)
  const domain = key.slice(0, slash)
  return isKnownDomain(domain) ? key : `${strings.value(domain)}/${strings.text(key.slice(slash + 1))}`
}

/** A key of managedFields: `f:` a field or label, `k:` the fields that tell items of a list apart, `v:` an item itself. */
export function managedKey(strings: Strings, key: string): string {
  const kind = key.slice(0, 2)
  if (kind === 'f:') return /[./-]/.test(key) ? `f:${labelKey(strings, key.slice(2))}` : key
  if (kind === 'v:') return `v:${strings.text(key.slice(2))}`
  if (kind !== 'k:') return key
  return `k:${key.slice(2).replaceAll(/"((?:[^"\\]|\\.)*)":"((?:[^"\\]|\\.)*)"/g, (whole, name: string, value: string) => (name === 'type' || name === 'protocol' ? whole : `"${name}":"${strings.name(value)}"`))}`
}
