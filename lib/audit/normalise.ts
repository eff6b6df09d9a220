import type { AuditEvent, JsonObject, JsonValue, Level, ObjectRef, ResponseStatus, Stage, UserInfo } from './event'
import { asNumber, asObject, asText, asTexts } from './json'
import { parseMicros } from './time'

const STAGE_BY_NAME: ReadonlyMap<JsonValue | undefined, Stage> = new Map(
  (['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const).map(stage => [stage, stage]),
)
const LEVEL_BY_NAME: ReadonlyMap<JsonValue | undefined, Level> = new Map(
  (['None', 'Metadata', 'Request', 'RequestResponse'] as const).map(level => [level, level]),
)

function normaliseUser(raw: JsonValue | undefined): UserInfo | null {
  const user = asObject(raw)
  if (!user) return null
  return { username: asText(user.username), uid: asText(user.uid), groups: asTexts(user.groups), extra: asObject(user.extra) }
}

function normaliseObjectRef(raw: JsonValue | undefined): ObjectRef | null {
  const ref = asObject(raw)
  if (!ref) return null
  return {
    resource: asText(ref.resource),
    namespace: asText(ref.namespace),
    name: asText(ref.name),
    uid: asText(ref.uid),
    apiGroup: asText(ref.apiGroup) ?? '',
    apiVersion: asText(ref.apiVersion),
    resourceVersion: asText(ref.resourceVersion),
    subresource: asText(ref.subresource),
  }
}

function normaliseStatus(raw: JsonValue | undefined): ResponseStatus | null {
  const status = asObject(raw)
  if (!status) return null
  return { code: asNumber(status.code), status: asText(status.status), reason: asText(status.reason), message: asText(status.message) }
}

/** v1alpha1 and v1beta1 wrote one `timestamp`, or only the metadata's creation time. */
function receivedTime(raw: JsonObject): string | null {
  return asText(raw.requestReceivedTimestamp) ?? asText(raw.timestamp) ?? asText(asObject(raw.metadata)?.creationTimestamp)
}

/**
 * One parsed audit.k8s.io Event (v1, v1beta1 or v1alpha1) with every field present; absent or
 * mistyped fields become null. Bodies are shared with `raw`. Does not redact: call `redactEvent` before.
 */
export function normaliseEvent(raw: JsonObject): AuditEvent {
  const received = receivedTime(raw)
  const staged = asText(raw.stageTimestamp)
  return {
    auditID: asText(raw.auditID) ?? '',
    stage: STAGE_BY_NAME.get(raw.stage) ?? null,
    level: LEVEL_BY_NAME.get(raw.level) ?? null,
    verb: asText(raw.verb),
    requestURI: asText(raw.requestURI),
    user: normaliseUser(raw.user),
    impersonatedUser: normaliseUser(raw.impersonatedUser),
    sourceIPs: asTexts(raw.sourceIPs),
    userAgent: asText(raw.userAgent),
    objectRef: normaliseObjectRef(raw.objectRef),
    responseStatus: normaliseStatus(raw.responseStatus),
    requestObject: raw.requestObject ?? null,
    responseObject: raw.responseObject ?? null,
    annotations: asObject(raw.annotations),
    requestReceivedTimestamp: received,
    stageTimestamp: staged,
    receivedMicros: parseMicros(received),
    stageMicros: parseMicros(staged),
  }
}
