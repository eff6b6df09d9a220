import { appendFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { formatMicros } from '@/lib/audit/time'
import type { RequestInfo } from './request-info'

export interface Who { readonly username: string; readonly groups: readonly string[] }

export interface Entry {
  readonly auditID: string
  readonly info: RequestInfo | null
  readonly verb: string
  readonly uri: string
  readonly user: Who
  readonly impersonated: Who | null
  readonly agent: string
  readonly status: number
  readonly request: JsonValue
  readonly response: JsonValue
  readonly received: number
  readonly until: number
  readonly stage: 'ResponseStarted' | 'ResponseComplete'
  /** The trigger behind it, as the server knows it: its own id for a trigger. */
  readonly cause: string | null
}

/** Where the log goes: into a file as --audit-log-path, or in batches to a webhook. */
export type AuditTarget = { readonly file: string } | { readonly webhook: string; readonly token: string }

const BATCH_MS = 200

/** Writes the audit log of the recorded server, and keeps the truth of each line. */
export class AuditWriter {
  /** Trigger of every auditID, null for background. */
  readonly truth = new Map<string, string | null>()
  readonly resources = new Map<string, RequestInfo | null>()
  #waiting: JsonObject[] = []
  #due = false
  #last = 0

  constructor(public target: AuditTarget) {}

  newId(): string {
    return randomUUID()
  }

  /** Microseconds, never the same twice. */
  now(): number {
    this.#last = Math.max(this.#last + 1, Math.round((performance.timeOrigin + performance.now()) * 1000))
    return this.#last
  }

  write(entry: Entry): void {
    this.truth.set(entry.auditID, entry.cause)
    this.resources.set(entry.auditID, entry.info)
    const event = eventOf(entry)
    if ('file' in this.target) return appendFileSync(this.target.file, `${JSON.stringify(event)}\n`)
    this.#waiting.push(event)
    if (this.#due) return
    this.#due = true
    setTimeout(() => { this.#due = false; void this.flush() }, BATCH_MS)
  }

  /** Sends what waits; a receiver that is gone loses it, as kube-apiserver's would in the end. */
  async flush(): Promise<void> {
    const items = this.#waiting
    this.#waiting = []
    if (items.length === 0 || 'file' in this.target) return
    await fetch(this.target.webhook, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${this.target.token}` }, body: JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items }) }).catch(() => {})
  }
}

function eventOf(entry: Entry): JsonObject {
  const { info, stage, user, impersonated, status } = entry
  return {
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'RequestResponse', auditID: entry.auditID, stage, requestURI: entry.uri, verb: entry.verb,
    user: { username: user.username, groups: [...user.groups] }, ...(impersonated ? { impersonatedUser: { username: impersonated.username, groups: [...impersonated.groups] } } : {}),
    sourceIPs: ['10.0.0.7'], userAgent: entry.agent, ...(info ? { objectRef: refOf(info) } : {}), responseStatus: { metadata: {}, code: status },
    ...(entry.request === null ? {} : { requestObject: entry.request }), ...(entry.response === null || stage === 'ResponseStarted' ? {} : { responseObject: entry.response }),
    requestReceivedTimestamp: formatMicros(entry.received), stageTimestamp: formatMicros(entry.until), annotations: { 'authorization.k8s.io/decision': status === 403 ? 'forbid' : 'allow' },
  }
}

function refOf({ group, version, resource, subresource, namespace, name }: RequestInfo): JsonObject {
  return { resource, ...(namespace ? { namespace } : {}), ...(name ? { name } : {}), ...(group ? { apiGroup: group } : {}), apiVersion: version, ...(subresource ? { subresource } : {}) }
}
