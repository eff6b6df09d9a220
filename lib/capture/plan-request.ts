import { AuditweaveError } from '@/lib/audit/errors'
import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asObject, asText } from '@/lib/audit/json'
import type { LabelParts } from '@/lib/labels/action-label'
import type { Step } from './campaign'
import type { Fillings } from './fill'
import { guard, guardFinalizers, intentOf } from './guard'
import { CAMPAIGN_LABEL } from './names'
import type { Method, PlannedRequest } from './plan-types'
import { parseReference, pathOf, resourceOfManifest, type ApiReference } from './reference'

/** Where requests of a scene are planned. */
export interface SceneContext {
  readonly id: string
  readonly scene: string
  readonly fill: Fillings
  readonly agent: string | null
}

const PATCH_TYPES = { merge: 'application/merge-patch+json', strategic: 'application/strategic-merge-patch+json', json: 'application/json-patch+json' } as const
const APPLY_TYPE = 'application/apply-patch+yaml'
const DEFAULT_MOST = 60
const DEFAULT_HOLD = 1

type Shape = Pick<PlannedRequest, 'method' | 'path' | 'body' | 'contentType' | 'label' | 'title' | 'writes'> & { readonly at: ApiReference | null }

/** The request of a step; `step` numbers are given by the caller. @throws AuditweaveError 'bad-campaign', 'unsafe-campaign' */
export function planRequest(context: SceneContext, step: Step): Omit<PlannedRequest, 'step'> & { readonly at: ApiReference | null } {
  const shape = step.request !== undefined ? plainPath(context, step.request, step) : shapeOf(context, step)
  const expect = step.expect === undefined ? null : [step.expect].flat()
  return {
    kind: 'request', scene: context.scene, ...shape, as: step.as ?? null, agent: step.agent ?? context.agent, expect: step.wait !== undefined ? expect ?? [200, 404] : expect,
    hold: step.connect === undefined ? null : step.most ?? DEFAULT_HOLD,
    until: step.wait === undefined ? null : { condition: step.until ?? { exists: true }, most: step.most ?? DEFAULT_MOST },
    tokenFor: null, settle: step.settle ?? null,
  }
}

function plainPath({ fill }: SceneContext, path: string, step: Step): Shape {
  if (/^\/apis?\/[^?]*\/[^?]*\//.test(path)) throw new AuditweaveError('bad-campaign', `"${path}" names API objects: use get, list or watch, which know its label.`)
  return { method: 'GET', path: fill.text(path) + queryOf(fill, step, {}), body: null, contentType: null, label: null, title: `request ${path}`, writes: false, at: null }
}

function shapeOf(context: SceneContext, step: Step): Shape {
  const { fill } = context
  const manifest = manifestOf(context, step)
  const text = referenceText(step)
  const at: ApiReference = text === null ? { ...resourceOfManifest(manifest ?? {}, hintsOf(step)), name: nameOf(manifest), subresource: '', rest: '' } : parseReference(fill.text(text), hintsOf(step))
  const namespace = namespaceOf(context, step, at, manifest)
  const { method, read, named, body, contentType, query, action } = verbOf(step, fill, manifest)
  guard(context.id, intentOf(at, namespace, { read, connects: step.connect !== undefined }))
  if (body !== null) guardFinalizers(body)
  const name = named ? at.name : at.subresource === '' ? null : at.name
  if (named && at.name === null) throw new AuditweaveError('bad-campaign', `Scene ${context.scene}: ${action} ${text ?? at.resource} needs the name of an object.`)
  const path = pathOf(at, { namespace, name, subresource: at.subresource, rest: at.rest }) + queryOf(fill, step, query)
  return { method, path, body, contentType, label: labelOf(at, namespace, name, { method, query: { ...query, ...step.query } }), title: titleOf(action, at), writes: !read || step.connect !== undefined, at: { ...at, name } }
}

function referenceText(step: Step): string | null {
  const { create, replace } = step
  return (typeof create === 'string' ? create : typeof replace === 'string' ? replace : undefined) ?? step.patch ?? step.delete ?? step.deletecollection ?? step.get ?? step.list ?? step.watch ?? step.connect ?? step.wait ?? null
}

function manifestOf({ id, fill }: SceneContext, step: Step): JsonObject | null {
  const given = [step.create, step.apply, step.replace].find((one) => typeof one === 'object')
  if (given === undefined) return null
  const manifest = fill.value(given) as JsonObject
  const metadata = asObject(manifest.metadata) ?? {}
  // reviews are answered and forgotten
  if (/^auth(orization|entication)\.k8s\.io\//.test(asText(manifest.apiVersion) ?? '')) return manifest
  return { ...manifest, metadata: { ...metadata, labels: { ...asObject(metadata.labels), [CAMPAIGN_LABEL]: id } } }
}

function namespaceOf({ fill }: SceneContext, step: Step, at: ApiReference, manifest: JsonObject | null): string | null {
  if (!at.namespaced || step.everywhere) return null
  const told = step.namespace === undefined ? asText(asObject(manifest?.metadata)?.namespace) : fill.text(step.namespace)
  return told ?? fill.namespace
}

interface Verb {
  readonly action: string
  readonly method: Method
  readonly read: boolean
  readonly named: boolean
  readonly body: JsonValue
  readonly contentType: string | null
  readonly query: Readonly<Record<string, string>>
}

function verbOf(step: Step, fill: Fillings, manifest: JsonObject | null): Verb {
  const given = step.with === undefined ? null : fill.value(step.with)
  const sent = { body: manifest ?? given, contentType: 'application/json', read: false, query: {} }
  const asked = { body: null, contentType: null, read: true, query: {} }
  if (step.create !== undefined) return { ...sent, action: 'create', method: 'POST', named: false }
  if (step.replace !== undefined) return { ...sent, action: 'replace', method: 'PUT', named: true }
  if (step.apply !== undefined) return { ...sent, action: 'apply', method: 'PATCH', named: true, contentType: APPLY_TYPE, query: { fieldManager: 'auditweave', force: 'true' } }
  if (step.patch !== undefined) return { ...sent, action: 'patch', method: 'PATCH', named: true, contentType: PATCH_TYPES[step.type ?? 'merge'] }
  if (step.delete !== undefined) return { ...sent, action: 'delete', method: 'DELETE', named: true, contentType: given === null ? null : 'application/json' }
  if (step.deletecollection !== undefined) return { ...sent, action: 'deletecollection', method: 'DELETE', named: false, contentType: given === null ? null : 'application/json' }
  if (step.list !== undefined) return { ...asked, action: 'list', method: 'GET', named: false }
  if (step.watch !== undefined) return { ...asked, action: 'watch', method: 'GET', named: false, query: { watch: 'true', timeoutSeconds: '1' } }
  return { ...asked, action: step.connect !== undefined ? 'connect' : step.wait !== undefined ? 'wait' : 'get', method: 'GET', named: true }
}

function queryOf(fill: Fillings, step: Step, more: Readonly<Record<string, string>>): string {
  const parts = Object.entries({ ...more, ...step.query }).flatMap(([key, value]) => [value].flat().map((one) => `${encodeURIComponent(key)}=${encodeURIComponent(fill.text(String(one))).replaceAll('%24%7Bnode%7D', '${node}')}`))
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

const VERBS: Readonly<Record<Method, string>> = { GET: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }

/** The label of the request's own line, by the convention of the truth files. */
function labelOf(at: ApiReference, namespace: string | null, name: string | null, { method, query }: { readonly method: Method; readonly query: Readonly<Record<string, unknown>> }): LabelParts {
  const watches = method === 'GET' && 'watch' in query
  // the API server takes the name out of such a selector
  const selected = typeof query['fieldSelector'] === 'string' && /(^|,)metadata\.name=/.test(query['fieldSelector'])
  return { group: at.group, resource: at.resource, subresource: at.subresource, verb: watches ? 'watch' : VERBS[method], namespaced: at.namespaced && namespace !== null, single: name !== null || selected || method === 'POST' }
}

function hintsOf({ version, scope }: Step): { version: string | undefined; scope: 'namespaced' | 'cluster' | undefined } {
  return { version, scope }
}

function nameOf(manifest: JsonObject | null): string | null {
  return asText(asObject(manifest?.metadata)?.name)
}

function titleOf(action: string, at: ApiReference): string {
  return `${action} ${at.resource}${at.group === '' ? '' : `.${at.group}`}${at.name === null ? '' : ` ${at.name}`}${at.subresource === '' ? '' : `/${at.subresource}`}`
}
