import type { JsonObject } from '@/lib/audit/event'
import { asObject, asText } from '@/lib/contexts/json-access'
import { groupOfApiVersion, resourceOfKind } from '@/lib/contexts/kinds'

/** What a log tells of a custom kind: references give its kind alone, and neither its plural nor its scope can be told from that. */
export interface ServedKind {
  readonly group: string
  /** The plural that references are read with. */
  readonly guess: string
  readonly resource: string
  readonly clusterScoped: boolean
}

interface Place {
  readonly group: string
  readonly resource: string
  readonly subresource: string
  readonly namespace: string
  readonly name: string | null
}

function ofDefinition(body: JsonObject): ServedKind | null {
  const spec = asObject(body['spec'])
  const names = asObject(spec['names'])
  const [group, kind, plural] = [asText(spec['group']), asText(names['kind']), asText(names['plural'])]
  if (group === null || kind === null || plural === null) return null
  return { group, guess: resourceOfKind(kind, `${group}/v1`).resource, resource: plural, clusterScoped: spec['scope'] === 'Cluster' }
}

/** From the definition itself, or from any object of the kind that the log holds; null where the guess is right anyhow. */
export function servedKind(body: JsonObject, { group, resource, subresource, namespace, name }: Place): ServedKind | null {
  if (group === 'apiextensions.k8s.io') return resource === 'customresourcedefinitions' ? ofDefinition(body) : null
  const kind = asText(body['kind'])
  if (!group.includes('.') || kind === null || name === null || subresource !== '' || groupOfApiVersion(asText(body['apiVersion'])) !== group) return null
  const guess = resourceOfKind(kind, asText(body['apiVersion'])).resource
  return guess === resource && namespace !== '' ? null : { group, guess, resource, clusterScoped: namespace === '' }
}
