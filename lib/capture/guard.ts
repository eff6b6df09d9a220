import { AuditweaveError } from '@/lib/audit/errors'
import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asObject, asTexts } from '@/lib/audit/json'
import type { ApiReference, ApiResource } from './reference'
import { tokenOf } from './names'

export interface Intent {
  readonly at: ApiResource
  readonly name: string | null
  readonly namespace: string | null
  readonly subresource: string
  readonly rest: string
  readonly read: boolean
  readonly connects: boolean
}

const REVIEWS = new Set(['authorization.k8s.io', 'authentication.k8s.io'])
const KUBELET_READS = new Set(['healthz', 'metrics', 'stats/summary', 'pods'])
/** Finalizers of Kubernetes guard what we do not know; ours can be taken off again whatever happened. */
const OWN_FINALIZER = /^auditweave\/[a-z0-9-]+$/

/**
 * Holds a campaign to what it made itself: it changes objects of its own namespaces and cluster objects that bear its names, opens no stream into
 * anything else, and reads Secrets nowhere else.
 * @throws AuditweaveError 'unsafe-campaign'
 */
export function guard(id: string, intent: Intent): void {
  const { at, name, namespace, subresource, rest } = intent
  const what = `${at.resource}${at.group === '' ? '' : `.${at.group}`}${name === null ? '' : `/${name}`}${subresource === '' ? '' : `/${subresource}`}`
  const ours = at.namespaced ? namespace !== null && tokenOf(id, namespace) !== null : name !== null && tokenOf(id, name) !== null
  if (ours) return
  if (REVIEWS.has(at.group) && name === null) return
  if (!intent.read || intent.connects) throw unsafe(`it would change or enter ${what}${namespace === null ? '' : ` in ${namespace}`}, which it has not made`)
  if (at.resource === 'secrets' && at.group === '') throw unsafe('it would read Secrets outside its own namespaces')
  if (subresource !== 'proxy') return
  if (at.resource !== 'nodes' || !KUBELET_READS.has(rest)) throw unsafe(`it would reach through the proxy of ${what}`)
}

/** A reference as the guard takes it. */
export function intentOf(at: ApiReference, namespace: string | null, { read, connects }: Pick<Intent, 'read' | 'connects'>): Intent {
  return { at, name: at.name, namespace: at.namespaced ? namespace : null, subresource: at.subresource, rest: at.rest, read, connects }
}

/** Refuses finalizers in a body that cleaning up could not take off. @throws AuditweaveError 'unsafe-campaign' */
export function guardFinalizers(body: JsonValue): void {
  const metadata: JsonObject = asObject(asObject(body)?.metadata) ?? {}
  const spec: JsonObject = asObject(asObject(body)?.spec) ?? {}
  const foreign = [...asTexts(metadata.finalizers), ...asTexts(spec.finalizers)].find((finalizer) => !OWN_FINALIZER.test(finalizer))
  if (foreign !== undefined) throw unsafe(`it would set the finalizer "${foreign}", which only auditweave/... may be, so that cleaning up can take it off`)
}

function unsafe(what: string): AuditweaveError {
  return new AuditweaveError('unsafe-campaign', `The campaign is refused: ${what}.`)
}
