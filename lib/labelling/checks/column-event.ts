import type { AuditEvent } from '@/lib/audit/event'
import type { LabellingLog } from '../types'

const text = (log: LabellingLog, index: number | undefined): string | null => (index === undefined || index < 0 ? null : (log.texts[index] ?? null))

/** A line of the columns as an event: as much of it as own actions and external users are told by, everything else empty. */
export function columnEvent(log: LabellingLog, line: number): AuditEvent {
  const resource = text(log, log.resource[line])
  return {
    auditID: log.auditIDs[log.request[line] ?? -1] ?? '', stage: null, level: null, verb: text(log, log.verb[line]), requestURI: null,
    user: { username: text(log, log.user[line]), uid: null, groups: [], extra: null }, impersonatedUser: null, sourceIPs: [], userAgent: null,
    objectRef: resource === null ? null : {
      resource, namespace: text(log, log.namespace[line]), name: text(log, log.name[line]), uid: null, apiGroup: text(log, log.group[line]) ?? '',
      apiVersion: null, resourceVersion: null, subresource: text(log, log.subresource[line]),
    },
    responseStatus: null, requestObject: null, responseObject: null, annotations: null, requestReceivedTimestamp: null, stageTimestamp: null, receivedMicros: null, stageMicros: null,
  }
}
