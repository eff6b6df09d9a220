import type { JsonObject } from '@/lib/audit/event'
import { asArray, asObject, asText } from '@/lib/contexts/json-access'

/** Labels as `key=value`, sorted, so that a selector is a subset test. */
export function labelPairs(labels: JsonObject): string[] {
  const pairs: string[] = []
  for (const [key, value] of Object.entries(labels)) if (typeof value === 'string') pairs.push(`${key}=${value}`)
  return pairs.sort()
}

/** The equality part of what an object selects: PDB and NetworkPolicy by matchLabels, Service by plain labels, aggregated roles by theirs. */
export function selectorPairs(resource: string, body: JsonObject): string[] | null {
  const spec = asObject(body['spec'])
  if (resource === 'poddisruptionbudgets') return orNull(labelPairs(asObject(asObject(spec['selector'])['matchLabels'])))
  if (resource === 'services') return orNull(labelPairs(asObject(spec['selector'])))
  if (resource === 'clusterroles') {
    const first = asObject(asArray(asObject(body['aggregationRule'])['clusterRoleSelectors'])[0])
    return orNull(labelPairs(asObject(first['matchLabels'])))
  }
  return null
}

function orNull(pairs: string[]): string[] | null {
  return pairs.length > 0 ? pairs : null
}

export function selects(selector: readonly string[], labels: readonly string[]): boolean {
  return selector.every((pair) => labels.includes(pair))
}

/** The equality pairs of `labelSelector` in a request URI, null when it has none. */
export function uriSelector(requestURI: string | null): string[] | null {
  const query = requestURI?.split('?', 2)[1]
  if (query === undefined) return null
  const text = asText(new URLSearchParams(query).get('labelSelector'))
  if (text === null) return null
  return orNull(text.split(',').filter((part) => /^[^=!\s]+=[^=]*$/.test(part)))
}
