import type { AuditEvent, JsonObject, JsonValue, Level, Stage } from '@/lib/audit/event'
import { formatMicros } from '@/lib/audit/time'

/** How one request of a scenario is told; the rest is filled in as the API server would. */
export interface Request {
  readonly user?: string
  readonly verb: string
  readonly group?: string
  readonly resource: string
  readonly subresource?: string
  readonly namespace?: string
  readonly name?: string
  readonly code?: number
  readonly uri?: string
  readonly request?: JsonValue
  readonly body?: JsonValue
  readonly stage?: Stage
  readonly level?: Level
  readonly impersonate?: string
  readonly agent?: string
  /** Milliseconds since the request before. */
  readonly after?: number
  readonly takes?: number
  /** auditID of the trigger that the test expects; `self` for a trigger, null for background. */
  readonly cause: string | null
}

const START = Date.UTC(2026, 0, 5, 10, 0, 0) * 1000

/** A small audit log with, for every auditID, the trigger that is right. */
export class Scenario {
  readonly events: AuditEvent[] = []
  readonly expected = new Map<string, string | null>()
  private now = START

  constructor(readonly title: string) {}

  /** Appends one request and returns its auditID. */
  send(request: Request): string {
    const auditID = `${this.title}-${this.events.length}`
    this.now += (request.after ?? 5) * 1000
    this.events.push(eventOf(auditID, request, this.now))
    this.expected.set(auditID, request.cause === 'self' ? auditID : request.cause)
    return auditID
  }

  /** The same request's next stage. */
  stage(auditID: string, stage: Stage): void {
    const first = this.events.find((event) => event.auditID === auditID)
    if (first) this.events.push({ ...first, stage })
  }
}

function user(username: string): AuditEvent['user'] {
  return { username, uid: null, groups: ['system:authenticated'], extra: null }
}

export function eventOf(auditID: string, request: Request, now: number): AuditEvent {
  const { verb, resource, group = '', subresource = null, namespace = null, name = null } = request
  const until = now + (request.takes ?? 2) * 1000
  return {
    auditID, verb, stage: request.stage ?? 'ResponseComplete', level: request.level ?? 'RequestResponse',
    requestURI: request.uri ?? `/${group === '' ? 'api' : `apis/${group}`}/v1/${resource}`,
    user: user(request.user ?? 'alice'), impersonatedUser: request.impersonate === undefined ? null : user(request.impersonate),
    sourceIPs: ['10.0.0.1'], userAgent: request.agent ?? 'kubectl/v1.36.0',
    objectRef: { resource, namespace, name, uid: null, apiGroup: group, apiVersion: 'v1', resourceVersion: null, subresource },
    responseStatus: { code: request.code ?? (verb === 'create' ? 201 : 200), status: null, reason: null, message: null },
    requestObject: request.request ?? null, responseObject: request.body ?? null, annotations: null,
    requestReceivedTimestamp: formatMicros(now), stageTimestamp: formatMicros(until), receivedMicros: now, stageMicros: until,
  }
}

/** An object's body; `owner` is another body. */
export function object(kind: string, namespace: string, name: string, more: { readonly uid?: string; readonly owner?: JsonObject; readonly spec?: JsonObject; readonly labels?: JsonObject } = {}): JsonObject {
  const metadata: JsonObject = { name, namespace, uid: more.uid ?? `uid-${kind}-${namespace}-${name}` }
  if (more.labels) metadata['labels'] = more.labels
  if (more.owner) metadata['ownerReferences'] = [{ apiVersion: apiVersionOf(String(more.owner['kind'])), kind: more.owner['kind'], name: nested(more.owner, 'name'), uid: nested(more.owner, 'uid'), controller: true }]
  return { kind, apiVersion: apiVersionOf(kind), metadata, spec: more.spec ?? {} }
}

function apiVersionOf(kind: string): string {
  if (/^(Deployment|ReplicaSet|StatefulSet|DaemonSet)$/.test(kind)) return 'apps/v1'
  return /^(Job|CronJob)$/.test(kind) ? 'batch/v1' : 'v1'
}

function nested(body: JsonObject, field: string): JsonValue {
  const metadata = body['metadata']
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata[field] ?? null : null
}

/** A core/v1 Event about an object. */
export function report(about: JsonObject, name: string, reason: string): JsonObject {
  return {
    kind: 'Event', apiVersion: 'v1', reason, metadata: { name, namespace: nested(about, 'namespace') },
    involvedObject: { kind: about['kind'] ?? null, apiVersion: about['apiVersion'] ?? null, namespace: nested(about, 'namespace'), name: nested(about, 'name'), uid: nested(about, 'uid') },
  }
}

export const CONTROLLER = 'system:serviceaccount:kube-system:'

/** The log as the Metadata level would have it. */
export function atMetadataLevel(events: readonly AuditEvent[]): AuditEvent[] {
  return events.map((event) => ({ ...event, level: 'Metadata', requestObject: null, responseObject: null }))
}
