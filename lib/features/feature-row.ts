import type { AuditEvent, JsonObject, JsonValue } from '@/lib/audit/event'
import { VERB_CLASS_IDS, verbClass } from '@/lib/labels/verbs'
import { FEATURE_CATALOGUE } from './catalogue'
import { splitUserAgent } from './user-agent'
import type { UserAgentParts } from './user-agent'

/** One event's categories by `PAPER_FEATURES`; null is missing. */
export type FeatureRow = (string | null)[]

/** What several features are read from, found once an event. */
interface Parts {
  readonly event: AuditEvent
  readonly agent: UserAgentParts
  readonly request: JsonObject
  readonly requestMetadata: JsonObject
  readonly response: JsonObject
  readonly responseMetadata: JsonObject
  readonly involved: JsonObject
}

const EMPTY: JsonObject = Object.freeze({})

function objectOf(value: JsonValue | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : EMPTY
}

/** A leaf as a category: text as it is, numbers and booleans as JSON writes them; null, lists and objects are none. */
function leaf(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** '1' for a name, '0' for a present but empty one, null for none: three categories. */
function hasName(value: JsonValue | undefined): string | null {
  const text = leaf(value)
  return text === null ? null : text === '' ? '0' : '1'
}

/** The class id; a verb outside the eight keeps its own name and so encodes as unknown. */
function verbCategory(verb: string | null): string | null {
  const known = verb === null ? null : verbClass(verb)
  return known === null ? verb : String(VERB_CLASS_IDS[known])
}

const owner = (metadata: JsonObject, field: string) => leaf(objectOf(metadata['ownerReferences'])[field])

type Reader = (parts: Parts) => string | null

const READERS: Readonly<Record<string, Reader>> = {
  'annotations.authorization.k8s.io/decision': (p) => leaf(p.event.annotations?.['authorization.k8s.io/decision']),
  'objectRef.apiGroup': (p) => p.event.objectRef?.apiGroup || null,
  'objectRef.namespace': (p) => hasName(p.event.objectRef?.namespace),
  'objectRef.resource': (p) => p.event.objectRef?.resource ?? null,
  'objectRef.subresource': (p) => p.event.objectRef?.subresource ?? null,
  'requestObject.apiVersion': (p) => leaf(p.request['apiVersion']),
  'requestObject.kind': (p) => leaf(p.request['kind']),
  'requestObject.metadata.namespace': (p) => leaf(p.requestMetadata['namespace']),
  'requestObject.metadata.ownerReferences.apiVersion': (p) => owner(p.requestMetadata, 'apiVersion'),
  'requestObject.metadata.ownerReferences.blockOwnerDeletion': (p) => owner(p.requestMetadata, 'blockOwnerDeletion'),
  'requestObject.metadata.ownerReferences.controller': (p) => owner(p.requestMetadata, 'controller'),
  'requestObject.metadata.ownerReferences.kind': (p) => owner(p.requestMetadata, 'kind'),
  'requestObject.spec.volumeMode': (p) => leaf(objectOf(p.request['spec'])['volumeMode']),
  'requestObject.volumeBindingMode': (p) => leaf(p.request['volumeBindingMode']),
  'responseObject.count': (p) => leaf(p.response['count']),
  'responseObject.involvedObject.apiVersion': (p) => leaf(p.involved['apiVersion']),
  'responseObject.involvedObject.kind': (p) => leaf(p.involved['kind']),
  'responseObject.involvedObject.namespace': (p) => hasName(p.involved['namespace']),
  'responseObject.involvedObject.resource': (p) => leaf(p.involved['resource']),
  'responseObject.involvedObject.subresource': (p) => leaf(p.involved['subresource']),
  'responseObject.kind': (p) => leaf(p.response['kind']),
  'responseObject.metadata.namespace': (p) => hasName(p.responseMetadata['namespace']),
  'responseObject.metadata.ownerReferences.apiVersion': (p) => owner(p.responseMetadata, 'apiVersion'),
  'responseObject.metadata.ownerReferences.blockOwnerDeletion': (p) => owner(p.responseMetadata, 'blockOwnerDeletion'),
  'responseObject.metadata.ownerReferences.controller': (p) => owner(p.responseMetadata, 'controller'),
  'responseObject.metadata.ownerReferences.kind': (p) => owner(p.responseMetadata, 'kind'),
  'responseObject.reason': (p) => leaf(p.response['reason']),
  'responseObject.reportingComponent': (p) => leaf(p.response['reportingComponent']),
  'responseObject.source.component': (p) => leaf(objectOf(p.response['source'])['component']),
  'responseObject.spec.volumeMode': (p) => leaf(objectOf(p.response['spec'])['volumeMode']),
  'responseObject.type': (p) => leaf(p.response['type']),
  'responseStatus.code': (p) => leaf(p.event.responseStatus?.code ?? null),
  'user.groups[0]': (p) => p.event.user?.groups[0] ?? null,
  'user.groups[1]': (p) => p.event.user?.groups[1] ?? null,
  'user.groups[2]': (p) => p.event.user?.groups[2] ?? null,
  'userAgent.extra': (p) => p.agent.extra,
  'userAgent.tool': (p) => p.agent.tool,
  'userAgent.version': (p) => p.agent.version,
  verb: (p) => verbCategory(p.event.verb),
}

const never: Reader = () => null
const ROW_READERS: readonly Reader[] = FEATURE_CATALOGUE.map((feature) => READERS[feature.name] ?? never)

/**
 * The paper's 39 categories of an event, in the order of `PAPER_FEATURES`. Looked up directly;
 * what comes out is what flattening the whole event breadth-first gives, except that an object key
 * with dots in it never stands for a path, and empty text in objectRef (never logged) is absent.
 */
export function featureRow(event: AuditEvent): FeatureRow {
  const request = objectOf(event.requestObject)
  const response = objectOf(event.responseObject)
  const parts: Parts = {
    event,
    agent: splitUserAgent(event.userAgent),
    request,
    requestMetadata: objectOf(request['metadata']),
    response,
    responseMetadata: objectOf(response['metadata']),
    involved: objectOf(response['involvedObject']),
  }
  return ROW_READERS.map((read) => read(parts))
}
