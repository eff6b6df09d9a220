import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { asArray, asObject, asText } from '@/lib/contexts/json-access'

/** Sub-resources whose answer is not the object that objectRef names. */
const FOREIGN_BODY = new Set(['token', 'eviction', 'binding', 'log', 'proxy', 'exec', 'attach', 'portforward', 'scale'])

/** What the log holds of request and answer. */
export interface Bodies {
  readonly request: JsonObject
  readonly response: JsonObject
  /** The object itself, empty when the log holds none. */
  readonly object: JsonObject
  readonly metadata: JsonObject
}

export function readBodies(event: AuditEvent, subresource: string): Bodies {
  const request = asObject(event.requestObject)
  const response = asObject(event.responseObject)
  const kind = asText(response['kind'])
  const isObject = kind !== 'Status' && !kind?.endsWith('List') && 'metadata' in response && !FOREIGN_BODY.has(subresource)
  // refused, or logged at Request level: a create and an update still tell the whole object that was asked for
  const whole = (event.verb === 'create' || event.verb === 'update') && asText(request['kind']) !== 'DeleteOptions' && !FOREIGN_BODY.has(subresource)
  const asked = whole ? request : {}
  const object = isObject ? response : asked
  return { request, response, object, metadata: asObject(object['metadata']) }
}

/** The uid of the request's object, from wherever the log tells it. */
export function uidOf(event: AuditEvent, bodies: Bodies): string | null {
  const { request, response, metadata } = bodies
  const own = asText(metadata['uid']) ?? event.objectRef?.uid ?? null
  if (own !== null) return own
  if (asText(response['kind']) === 'Status') {
    const told = asText(asObject(response['details'])['uid'])
    if (told !== null) return told
  }
  return asText(request['kind']) === 'DeleteOptions' ? asText(asObject(request['preconditions'])['uid']) : null
}

/** Helm's annotation, or the label that charts and others set. */
export function releaseOf(metadata: JsonObject): string | null {
  return asText(asObject(metadata['annotations'])['meta.helm.sh/release-name']) ?? asText(asObject(metadata['labels'])['app.kubernetes.io/instance'])
}

/** Requests that change nothing by the caller's wish: `?dryRun=All` or the option in the body. */
export function isDryRun(event: AuditEvent, request: JsonObject): boolean {
  return /[?&]dryRun=/.test(event.requestURI ?? '') || asArray(request['dryRun']).length > 0
}
