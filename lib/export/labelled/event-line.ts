import type { AuditEvent } from '@/lib/audit/event'
import type { JsonValue } from '@/lib/audit/event'

/** What is null in an AuditEvent is absent in a log; everything else stays, also what is empty. */
function present(fields: Readonly<Record<string, unknown>>): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Record<string, JsonValue>
}

/** An event as the object that a line of an audit log holds (audit.k8s.io/v1): read again, it is the same event. */
export function eventObject(event: AuditEvent): Record<string, JsonValue> {
  const { receivedMicros: _, stageMicros: __, level, auditID, stage, requestURI, verb, user, impersonatedUser, sourceIPs, userAgent, objectRef, responseStatus, requestObject, responseObject, ...rest } = event
  return {
    kind: 'Event', apiVersion: 'audit.k8s.io/v1',
    ...present({
      level, auditID, stage, requestURI, verb, user: user && present({ ...user }), impersonatedUser: impersonatedUser && present({ ...impersonatedUser }), sourceIPs, userAgent,
      objectRef: objectRef && present({ ...objectRef }), responseStatus: responseStatus && present({ metadata: {}, ...responseStatus }), requestObject, responseObject, ...rest,
    }),
  }
}
