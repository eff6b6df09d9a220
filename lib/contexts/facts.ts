import type { AuditEvent } from '@/lib/audit/event'
import { isDryRun, readBodies, releaseOf, uidOf, type Bodies } from '@/lib/contexts/bodies'
import { bodyReferences } from '@/lib/contexts/body-references'
import { clientKey, fieldManager } from '@/lib/contexts/command/client'
import type { EventFacts, ItemFact } from '@/lib/contexts/event-facts'
import { FactPool } from '@/lib/contexts/fact-pool'
import { asArray, asObject, asText } from '@/lib/contexts/json-access'
import { canonicalGroup } from '@/lib/contexts/kinds'
import { namedReference, objectReference, ownerReferences, type Reference } from '@/lib/contexts/reference'
import { controllerName } from '@/lib/contexts/actors'
import { labelPairs, selectorPairs, uriSelector } from '@/lib/contexts/selectors'
import { servedKind } from '@/lib/contexts/served-kind'
import { isExternalUser } from '@/lib/labels/external-user'
import { ownAction } from '@/lib/labels/own-action'
import { isResourceEvent } from '@/lib/audit/resource-event'

export type { EventFacts, ItemFact } from '@/lib/contexts/event-facts'

export interface FactOptions {
  /** Shared by the events of one run; without it every event keeps its own strings. */
  readonly pool?: FactPool
  readonly isExternal?: (event: AuditEvent) => boolean
}

const NO_REFERENCES: readonly Reference[] = Object.freeze([])
const NO_ITEMS: readonly ItemFact[] = Object.freeze([])
const MOST_ITEMS = 5000
const WRITES = new Set(['create', 'update', 'patch'])

function requestReferences(event: AuditEvent, bodies: Bodies, namespace: string): (Reference | null)[] {
  const subresource = event.objectRef?.subresource
  if (subresource === 'token') return [objectReference('bound', asObject(bodies.request['spec'])['boundObjectRef'], namespace)]
  if (subresource === 'binding') {
    const node = asText(asObject(bodies.request['target'])['name'])
    return node === null ? [] : [namedReference('node', 'nodes', '', node)]
  }
  return []
}

function readReferences(event: AuditEvent, bodies: Bodies, place: { group: string; resource: string; namespace: string; name: string | null }, pool: FactPool): readonly Reference[] {
  const { group, resource, namespace, name } = place
  const found = [...ownerReferences(bodies.metadata, namespace), ...bodyReferences(group, resource, bodies.object, namespace, name ?? '')]
  if (resource === 'events' && bodies.object !== bodies.request) found.push(...bodyReferences(group, resource, bodies.request, namespace, name ?? ''))
  for (const reference of requestReferences(event, bodies, namespace)) if (reference) found.push(reference)
  return found.length > 0 ? found.map((reference) => pool.reference(reference)) : NO_REFERENCES
}

function readItems(event: AuditEvent, bodies: Bodies, pool: FactPool): readonly ItemFact[] | null {
  if (event.verb !== 'deletecollection') return NO_ITEMS
  if (!Array.isArray(bodies.response['items'])) return null
  const items: ItemFact[] = []
  for (const item of asArray(bodies.response['items']).slice(0, MOST_ITEMS)) {
    const metadata = asObject(asObject(item)['metadata'])
    const name = asText(metadata['name'])
    if (name !== null) items.push({ name: pool.intern(name), uid: pool.internOrNull(asText(metadata['uid'])) })
  }
  return items
}

/**
 * The compact facts of one event, standing alone: order and other events play no part.
 * Never throws on hostile bodies; what is not as Kubernetes writes it is passed over.
 */
export function extractFacts(event: AuditEvent, options: FactOptions = {}): EventFacts {
  const pool = options.pool ?? new FactPool()
  const ref = event.objectRef
  const resource = ref?.resource ?? ''
  const subresource = ref?.subresource ?? ''
  const group = canonicalGroup(ref?.apiGroup ?? '', resource)
  const namespace = resource === 'namespaces' ? '' : ref?.namespace ?? ''
  const bodies = readBodies(event, subresource)
  const name = ref?.name ?? asText(bodies.metadata['name']) ?? (event.verb === 'create' ? null : ref?.resource === 'namespaces' ? ref.namespace : null)
  const external = (options.isExternal ?? isExternalUser)(event)
  const label = ownAction(event)
  const selector = selectorPairs(resource, bodies.object) ?? (event.verb === 'list' || event.verb === 'watch' ? uriSelector(event.requestURI) : null)
  const named = resource === 'pods' || resource === 'clusterroles'
  return {
    auditID: pool.auditID(event.auditID),
    stage: event.stage,
    received: event.requestReceivedTimestamp,
    at: event.receivedMicros ?? Infinity,
    until: event.stageMicros ?? event.receivedMicros ?? Infinity,
    api: isResourceEvent(event),
    external,
    user: pool.intern(event.user?.username ?? ''),
    controller: pool.internOrNull(controllerName(event.user?.username ?? '', event.userAgent)),
    client: external ? pool.internOrNull(clientKey(event)) : null,
    manager: external ? pool.internOrNull(fieldManager(event.requestURI)) : null,
    verb: pool.intern(event.verb ?? ''),
    code: event.responseStatus?.code ?? null,
    version: WRITES.has(event.verb ?? '') && bodies.object === bodies.response ? asText(bodies.metadata['resourceVersion']) : null,
    dryRun: isDryRun(event, bodies.request),
    group: pool.intern(group),
    resource: pool.intern(resource),
    subresource: pool.intern(subresource),
    namespace: pool.intern(namespace),
    refName: pool.internOrNull(ref?.name ?? null),
    name: pool.internOrNull(name),
    uid: pool.internOrNull(uidOf(event, bodies)),
    hasBody: 'metadata' in bodies.object,
    hasAnswer: event.responseObject !== null,
    label: label && pool.label(label),
    references: readReferences(event, bodies, { group, resource, namespace, name }, pool),
    items: readItems(event, bodies, pool),
    instance: pool.internOrNull(releaseOf(bodies.metadata)),
    served: servedKind(bodies.object, { group, resource, subresource, namespace, name }),
    labels: named && 'labels' in bodies.metadata ? pool.texts(labelPairs(asObject(bodies.metadata['labels']))) : null,
    selector: selector && pool.texts(selector),
  }
}
