import type { JsonObject, JsonValue } from './event'
import { asNumber, asObject, asText } from './json'

/** What google.cloud.audit.AuditLog says of the request in its method name and resource name. */
interface GkeRequest {
  readonly verb: string
  readonly requestURI: string
  readonly objectRef: JsonObject | null
}

// google.rpc.Code to HTTP, as google/rpc/code.proto states it
const HTTP_CODES = [200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401]
// A POST that creates answers 201; these connect or act instead
const CONNECTING: ReadonlySet<string> = new Set(['exec', 'attach', 'portforward', 'proxy'])
// Groups without a domain are written as io.k8s.<group>
const METHOD = /^(.*?)\.?(v\d+(?:(?:alpha|beta)\d+)?)\.(.+)$/

/** `core/v1/namespaces/x/pods/y/exec` or `apps/v1/deployments`; null for paths that are no objects. */
function parseResourceName(resourceName: string): { group: string; version: string; rest: string[] } | null {
  const [group, version, ...rest] = resourceName.split('/')
  if (!group || !version || !/^v\d/.test(version) || rest.length === 0) return null
  return { group: group === 'core' ? '' : group, version, rest }
}

/** `io.k8s.core.v1` to '', `io.k8s.apps.v1` to apps, `io.k8s.authorization.rbac` to rbac.authorization.k8s.io. */
function groupOfMethod(prefix: string): string {
  if (prefix === 'io.k8s.core' || prefix === 'io.k8s' || prefix === '') return ''
  const parts = prefix.split('.')
  const plain = /^io\.k8s\.(apps|autoscaling|batch|extensions|policy)$/.exec(prefix)
  return plain?.[1] ?? parts.reverse().join('.')
}

interface Target { namespace?: string; resource?: string; name?: string; subresource?: string }

/** Splits [namespaces, x, pods, y, exec]; `namespaces/x` alone is the namespace itself. */
function parseTarget(rest: readonly string[]): Target {
  const namespaced = rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2] ?? '')
  const [resource, name, ...sub] = namespaced ? rest.slice(2) : rest
  const namespace = namespaced || resource === 'namespaces' ? rest[1] : undefined
  return {
    ...(namespace ? { namespace } : {}),
    ...(resource ? { resource } : {}),
    ...(name ? { name } : {}),
    // a proxy's sub-path is no part of the subresource
    ...(sub[0] ? { subresource: sub[0] } : {}),
  }
}

function readRequest(methodName: string, resourceName: string): GkeRequest {
  const verb = methodName.slice(methodName.lastIndexOf('.') + 1)
  const method = METHOD.exec(methodName)
  const words = method?.[3]?.split('.') ?? []
  const named = parseResourceName(resourceName)
  if (!named && words.length < 2) return { verb, requestURI: resourceName.startsWith('/') ? resourceName : `/${resourceName}`, objectRef: null }
  const group = named?.group ?? groupOfMethod(method?.[1] ?? '')
  const version = named?.version ?? method?.[2] ?? ''
  const target: Target = named ? parseTarget(named.rest) : {}
  const resource = target.resource ?? words[0]
  const subresource = target.subresource ?? (words.length > 2 ? words[1] : undefined)
  const path = named?.rest.join('/') ?? resource ?? ''
  return {
    verb,
    requestURI: `${group === '' ? '/api' : `/apis/${group}`}/${version}/${path}`,
    objectRef: {
      ...target,
      ...(resource ? { resource } : {}),
      ...(subresource ? { subresource } : {}),
      ...(group === '' ? {} : { apiGroup: group }),
      apiVersion: version,
    },
  }
}

/** Bodies carry their type as `@type: apps.k8s.io/v1.Deployment`; kind is filled in where it is absent. */
function readBody(raw: JsonValue | undefined): JsonValue {
  const body = asObject(raw)
  if (!body) return raw ?? null
  const type = asText(body['@type'])
  const kind = type === null || type.startsWith('type.googleapis.com') ? null : type.slice(type.lastIndexOf('.') + 1)
  if (kind === null || body.kind !== undefined || kind.includes('/')) return body
  return { kind, ...body }
}

function httpCode(status: JsonObject | null, request: GkeRequest, response: JsonValue): number | null {
  const body = asObject(response)
  const own = body?.kind === 'Status' ? asNumber(body.code) : null
  if (own !== null && own >= 100) return own
  const code = asNumber(status?.code) ?? 0
  if (code !== 0) return HTTP_CODES[code] ?? 500
  const connects = CONNECTING.has(asText(request.objectRef?.subresource) ?? '')
  return request.verb === 'create' && request.objectRef !== null && !connects ? 201 : 200
}

function readUser(payload: JsonObject): JsonObject | null {
  const who = asObject(payload.authenticationInfo)
  const username = asText(who?.principalEmail) ?? asText(who?.principalSubject)
  return username === null ? null : { username }
}

function readStage(operation: JsonObject | null): string {
  return operation?.first === true && operation.last !== true ? 'ResponseStarted' : 'ResponseComplete'
}

function readLevel(payload: JsonObject): string {
  if (payload.response !== undefined) return 'RequestResponse'
  return payload.request !== undefined ? 'Request' : 'Metadata'
}

/** True for a LogEntry of the Kubernetes API server in Google Cloud. */
export function isGkeEntry(raw: JsonObject): boolean {
  const payload = asObject(raw.protoPayload)
  if (!payload || asText(payload.methodName) === null) return false
  const service = asText(payload.serviceName)
  return service === null || service === 'k8s.io'
}

/**
 * A GKE LogEntry as an audit.k8s.io/v1 Event, as far as its protoPayload goes: groups and uid of the user are
 * not in it, the time is the entry's `timestamp`, a google.rpc status becomes the HTTP code it stands for
 * (success of a create reads as 201), `operation.id` (else `insertId`) is the auditID.
 */
export function gkeToEvent(entry: JsonObject): JsonObject {
  const payload = asObject(entry.protoPayload) ?? {}
  const operation = asObject(entry.operation)
  const request = readRequest(asText(payload.methodName) ?? '', asText(payload.resourceName) ?? '')
  const metadata = asObject(payload.requestMetadata)
  const status = asObject(payload.status)
  const response = readBody(payload.response)
  const callerIP = asText(metadata?.callerIp)
  const message = asText(status?.message)
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: readLevel(payload),
    auditID: asText(operation?.id) ?? asText(entry.insertId) ?? '',
    stage: readStage(operation),
    requestURI: request.requestURI,
    verb: request.verb,
    user: readUser(payload),
    sourceIPs: callerIP === null ? [] : [callerIP],
    userAgent: asText(metadata?.callerSuppliedUserAgent),
    objectRef: request.objectRef,
    responseStatus: { code: httpCode(status, request, response), ...(message === null ? {} : { message }) },
    requestObject: readBody(payload.request),
    responseObject: response,
    requestReceivedTimestamp: asText(entry.timestamp) ?? asText(asObject(metadata?.requestAttributes)?.time),
    stageTimestamp: asText(entry.timestamp),
    annotations: asObject(entry.labels),
  }
}
