import type { AuditEvent, ObjectRef, ResponseStatus, UserInfo } from '@/lib/audit/event'

/** As Go's encoder writes them, which takes care of HTML. */
const HTML = /[<>&\u2028\u2029]/g
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** What the API server leaves out is what is absent or empty. */
function filled(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)))
}

const user = (info: UserInfo | null): object | null => info && filled({ username: info.username, uid: info.uid, groups: info.groups, extra: info.extra })

function status(of: ResponseStatus | null): object | null {
  return of && filled({ metadata: {}, status: of.status, message: of.message, reason: of.reason, code: of.code })
}

function objectRef(ref: ObjectRef | null): object | null {
  return ref && filled({ resource: ref.resource, namespace: ref.namespace, name: ref.name, uid: ref.uid, apiGroup: ref.apiGroup, apiVersion: ref.apiVersion, resourceVersion: ref.resourceVersion, subresource: ref.subresource })
}

/**
 * An event as a line of an audit log (audit.k8s.io/v1, in the API server's order of fields), without the newline. What reading has redacted stays redacted,
 * and the little that an `AuditEvent` does not hold is missing, so that it is near the logged line in length and not equal to it.
 */
export function auditLine(event: AuditEvent): string {
  const { level, auditID, stage, requestURI, verb, sourceIPs, userAgent, requestObject, responseObject, requestReceivedTimestamp, stageTimestamp, annotations } = event
  const fields = filled({
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level, auditID, stage, requestURI, verb, user: user(event.user), impersonatedUser: user(event.impersonatedUser), sourceIPs, userAgent,
    objectRef: objectRef(event.objectRef), responseStatus: status(event.responseStatus), requestObject, responseObject, requestReceivedTimestamp, stageTimestamp, annotations,
  })
  return JSON.stringify(fields).replace(HTML, escaped)
}
