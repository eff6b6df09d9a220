import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asArray, asObject, asText } from '@/lib/contexts/json-access'
import { isClusterScoped, resourceOfKind } from '@/lib/contexts/kinds'

/** How the object of an event speaks of another object. */
export type Relation =
  | 'owner' | 'involved' | 'related' | 'bound' | 'claim' | 'volume' | 'uses' | 'node' | 'service' | 'backend' | 'target'
  | 'template' | 'parent' | 'establishes' | 'account' | 'generated-name'

export interface Reference {
  readonly relation: Relation
  readonly group: string
  readonly resource: string
  readonly namespace: string
  readonly name: string | null
  readonly uid: string | null
}

/** A reference as bodies write it: kind, apiVersion, namespace, name, uid. */
export function objectReference(relation: Relation, value: JsonValue | undefined, namespace: string): Reference | null {
  const body = asObject(value)
  const kind = asText(body['kind'])
  const name = asText(body['name'])
  const uid = asText(body['uid'])
  if (kind === null || (name === null && uid === null)) return null
  const { group, resource } = resourceOfKind(kind, asText(body['apiVersion']))
  const inside = isClusterScoped(resource) ? '' : asText(body['namespace']) ?? namespace
  return { relation, group, resource, namespace: inside, name, uid }
}

export function namedReference(relation: Relation, resource: string, namespace: string, name: string, group = ''): Reference {
  return { relation, group, resource, namespace, name, uid: null }
}

export function ownerReferences(metadata: JsonObject, namespace: string): Reference[] {
  const found: Reference[] = []
  for (const owner of asArray(metadata['ownerReferences'])) {
    const reference = objectReference('owner', owner, namespace)
    // static pods are owned by their node, which says nothing about who asked for them
    if (reference && reference.resource !== 'nodes') found.push(reference)
  }
  return found
}
