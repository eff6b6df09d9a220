import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asNumber, asObject, asText } from '@/lib/audit/json'
import { Random } from '@/lib/contexts/testing/cluster/random'
import { mayDo, quotaRefuses } from './admission'
import type { AuditWriter, Who } from './audit-writer'
import { finalizersOf, isEnding, jsonPatch, mergePatch, metaOf, nameOf, namespaceOf, Objects, uidOf } from './objects'
import type { RequestInfo } from './request-info'

export interface Call {
  readonly info: RequestInfo
  readonly uri: string
  readonly user: Who
  readonly impersonated?: Who | null
  readonly agent: string
  readonly body?: JsonValue
  readonly contentType?: string
  readonly auditID?: string
  /** The trigger behind it; 'self' for a user's own. */
  readonly cause: string | null
}

export interface Reply { readonly status: number; readonly body: JsonValue; readonly auditID: string }

/** What a write did, told to controllers. */
export interface Change { readonly kind: 'added' | 'changed' | 'ending' | 'gone'; readonly group: string; readonly resource: string; readonly body: JsonObject; readonly cause: string | null; readonly specChanged: boolean }

const REVIEWS = new Set(['authorization.k8s.io', 'authentication.k8s.io'])
const APISERVER: Who = { username: 'system:apiserver', groups: ['system:masters'] }

/** The API: verbs on objects, refusals, and a line in the audit log for each. */
export class Api {
  readonly objects = new Objects()
  readonly random = new Random(7)
  readonly #listeners: ((change: Change) => void)[] = []

  constructor(readonly audit: AuditWriter) {}

  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener)
  }

  call(call: Call): Reply {
    const auditID = call.auditID ?? this.audit.newId()
    const cause = call.cause === 'self' ? auditID : call.cause
    const received = this.audit.now()
    const changes: Change[] = []
    const { status, body } = this.#decide(call, cause, changes)
    this.audit.write({ auditID, info: call.info, verb: call.info.verb, uri: call.uri, user: call.user, impersonated: call.impersonated ?? null, agent: call.agent, status, request: call.body ?? null, response: body, received, until: this.audit.now(), stage: 'ResponseComplete', cause })
    for (const change of changes) for (const listener of this.#listeners) listener(change)
    return { status, body, auditID }
  }

  #decide(call: Call, cause: string | null, changes: Change[]): { status: number; body: JsonValue } {
    const { info } = call
    if (!mayDo(this.objects, call.impersonated ?? call.user, info)) return failure(403, 'Forbidden', `${info.resource} "${info.name}" is forbidden: ${(call.impersonated ?? call.user).username} cannot ${info.verb}`)
    if (REVIEWS.has(info.group)) return { status: 201, body: { ...asObject(call.body ?? null), status: { allowed: true } } }
    const spaceBody = info.namespace === '' || info.resource === 'namespaces' ? null : this.objects.get('', 'namespaces', '', info.namespace)
    if (info.resource !== 'namespaces' && info.namespace !== '' && spaceBody === null && !['get', 'list', 'watch'].includes(info.verb)) return failure(404, 'NotFound', `namespaces "${info.namespace}" not found`)
    if (info.verb === 'list' || info.verb === 'watch') return { status: 200, body: { kind: 'List', apiVersion: 'v1', metadata: {}, items: this.#selected(call) } }
    if (info.verb === 'deletecollection') return this.#deleteAll(call, cause, changes)
    if (info.verb === 'create' && info.subresource === '') return this.#create(call, cause, changes, spaceBody)
    return this.#named(call, cause, changes)
  }

  #selected({ info, uri }: Call): JsonObject[] {
    const selector = new URL(uri, 'http://server').searchParams.get('labelSelector')
    const wanted = selector?.split('=') ?? null
    return this.objects.list(info.group, info.resource, info.resource === 'namespaces' ? '' : info.namespace).filter((body) => wanted === null || asObject(metaOf(body).labels)?.[wanted[0] ?? ''] === wanted[1])
  }

  #create(call: Call, cause: string | null, changes: Change[], space: JsonObject | null): { status: number; body: JsonValue } {
    const { info } = call
    const given = asObject(call.body ?? null)
    const metadata = asObject(given?.metadata) ?? {}
    const name = asText(metadata.name) ?? (asText(metadata.generateName) === null ? null : `${asText(metadata.generateName)}${this.random.suffix(5)}`)
    if (given === null || name === null || !/^[a-z0-9][a-z0-9.:-]*$/.test(name)) return failure(422, 'Invalid', `${info.resource} is invalid: metadata.name: Required value`)
    if (space !== null && isEnding(space)) return failure(403, 'Forbidden', `unable to create new content in namespace ${info.namespace} because it is being terminated`)
    if (this.objects.get(info.group, info.resource, info.namespace, name)) return failure(409, 'AlreadyExists', `${info.resource} "${name}" already exists`)
    if (info.resource === 'pods') {
      this.#lookUp(info.namespace, cause)
      if (quotaRefuses(this.objects, info.namespace)) return failure(403, 'Forbidden', `pods "${name}" is forbidden: exceeded quota`)
    }
    const body = this.objects.add(info.group, info.resource, info.namespace, { ...given, metadata: { ...metadata, name } })
    changes.push({ kind: 'added', group: info.group, resource: info.resource, body, cause, specChanged: true })
    return { status: 201, body }
  }

  /** What the API server asks itself while it decides. */
  #lookUp(namespace: string, cause: string | null): void {
    const info: RequestInfo = { group: '', version: 'v1', resource: 'resourcequotas', subresource: '', namespace, name: '', verb: 'list' }
    const received = this.audit.now()
    this.audit.write({ auditID: this.audit.newId(), info, verb: 'list', uri: `/api/v1/namespaces/${namespace}/resourcequotas`, user: APISERVER, impersonated: null, agent: 'kube-apiserver/v1.30.0 (linux/amd64) kubernetes/abc', status: 200, request: null, response: { kind: 'ResourceQuotaList', apiVersion: 'v1', metadata: {}, items: this.objects.list('', 'resourcequotas', namespace) }, received, until: this.audit.now(), stage: 'ResponseComplete', cause })
  }

  #named(call: Call, cause: string | null, changes: Change[]): { status: number; body: JsonValue } {
    const { info } = call
    const namespace = info.resource === 'namespaces' ? '' : info.namespace
    const known = this.objects.get(info.group, info.resource, namespace, info.name)
    if (known === null && call.contentType === 'application/apply-patch+yaml') {
      const body = this.objects.add(info.group, info.resource, namespace, asObject(call.body ?? null) ?? {})
      changes.push({ kind: 'added', group: info.group, resource: info.resource, body, cause, specChanged: true })
      return { status: 201, body }
    }
    if (known === null) return failure(404, 'NotFound', `${info.resource} "${info.name}" not found`)
    if (info.verb === 'delete') return this.#delete(info, known, cause, changes)
    if (info.verb === 'create') return this.#subCreate(call, known, cause, changes)
    if (info.verb === 'get') return { status: info.subresource === 'proxy' || info.subresource === 'log' ? 503 : 200, body: info.subresource === 'proxy' || info.subresource === 'log' ? null : known }
    return this.#write(call, known, cause, changes)
  }

  #write({ info, body: given = null, contentType = '' }: Call, known: JsonObject, cause: string | null, changes: Change[]): { status: number; body: JsonValue } {
    const replicas = info.subresource === 'scale' ? asNumber(asObject(asObject(given)?.spec)?.replicas) : null
    const wanted = replicas !== null ? mergePatch(known, { spec: { replicas } }) : contentType === 'application/json-patch+json' ? jsonPatch(known, given) : info.verb === 'update' ? { ...known, ...asObject(given), metadata: { ...metaOf(known), ...asObject(asObject(given)?.metadata), uid: uidOf(known) } } : mergePatch(known, given)
    const body = this.objects.put(info.group, info.resource, { ...asObject(wanted), metadata: { ...metaOf(asObject(wanted) ?? {}), uid: uidOf(known) } })
    if (JSON.stringify(body) === JSON.stringify(known)) return { status: 200, body }
    if (isEnding(body) && finalizersOf(body).length === 0 && info.resource !== 'pods' && info.resource !== 'namespaces') {
      this.objects.drop(info.group, info.resource, body)
      changes.push({ kind: 'gone', group: info.group, resource: info.resource, body, cause, specChanged: false })
    } else changes.push({ kind: 'changed', group: info.group, resource: info.resource, body, cause, specChanged: JSON.stringify(body.spec ?? null) !== JSON.stringify(known.spec ?? null) })
    return { status: 200, body }
  }

  #subCreate({ info, body = null }: Call, known: JsonObject, cause: string | null, changes: Change[]): { status: number; body: JsonValue } {
    if (info.subresource === 'eviction') return { ...this.#delete(info, known, cause, changes), status: 201 }
    if (info.subresource === 'token') return { status: 201, body: { ...asObject(body), status: { token: `token-of-${namespaceOf(known)}-${nameOf(known)}-${this.random.suffix(20)}` } } }
    if (info.subresource === 'binding') {
      this.objects.put(info.group, info.resource, { ...known, spec: { ...asObject(known.spec), nodeName: asText(asObject(asObject(body)?.target)?.name) } })
      return { status: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } }
    }
    return failure(404, 'NotFound', 'the server could not find the requested resource')
  }

  #delete(info: RequestInfo, known: JsonObject, cause: string | null, changes: Change[]): { status: number; body: JsonValue } {
    // pods and namespaces end in their own time, as do objects that something holds
    const waits = info.resource === 'namespaces' || finalizersOf(known).length > 0 || (info.resource === 'pods' && asObject(known.spec)?.nodeName !== undefined)
    if (waits && isEnding(known)) return { status: info.resource === 'namespaces' ? 409 : 200, body: known }
    const body = { ...known, metadata: { ...metaOf(known), deletionTimestamp: '2026-11-23T00:00:00Z' }, ...(info.resource === 'namespaces' ? { status: { phase: 'Terminating' } } : {}) }
    if (!waits) {
      this.objects.drop(info.group, info.resource, known)
      changes.push({ kind: 'gone', group: info.group, resource: info.resource, body, cause, specChanged: false })
      return { status: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { name: info.name, uid: uidOf(known) } } }
    }
    const stored = this.objects.put(info.group, info.resource, body)
    changes.push({ kind: 'ending', group: info.group, resource: info.resource, body: stored, cause, specChanged: false })
    return { status: 200, body: stored }
  }

  #deleteAll(call: Call, cause: string | null, changes: Change[]): { status: number; body: JsonValue } {
    const items = this.#selected(call)
    for (const item of items) this.#delete({ ...call.info, name: nameOf(item) }, item, cause, changes)
    return { status: 200, body: { kind: 'List', apiVersion: 'v1', metadata: {}, items } }
  }
}

function failure(code: number, reason: string, message: string): { status: number; body: JsonObject } {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code } }
}
