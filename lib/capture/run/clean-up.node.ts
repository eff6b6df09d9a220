import { AuditweaveError } from '@/lib/audit/errors'
import type { JsonObject } from '@/lib/audit/event'
import { asObject, asText, asTexts, isObject } from '@/lib/audit/json'
import type { Cluster } from '../cluster/cluster.node.ts'
import { CAMPAIGN_LABEL, tokenOf } from '../names'
import { apiResource, pathOf, type ApiResource } from '../reference'
import { pause } from './pause'

/** Something of a campaign that is still there. */
export interface Leftover { readonly resource: string; readonly name: string; readonly why: string }
export interface CleanReport { readonly removed: number; readonly left: readonly Leftover[] }

interface Found { readonly kind: ApiResource; readonly namespace: string | null; readonly name: string; readonly finalizers: readonly string[]; readonly ending: boolean }

const NAMESPACES = apiResource('', 'namespaces')
const VOLUMES = apiResource('', 'persistentvolumes')
const OWN_FINALIZER = 'auditweave/'
const LOOK_MS = 500
const ATTEMPTS = 4

/**
 * Removes what a campaign has made: objects without a namespace and namespaces that bear its label and its id in their names, and what is in them;
 * then volumes that were made for its claims. Anything else is left alone, whatever the server says.
 */
export class CleanUp {
  #removed = 0

  constructor(private readonly cluster: Cluster, private readonly id: string, private readonly kinds: { readonly cluster: readonly ApiResource[]; readonly namespaced: readonly ApiResource[] }, private readonly signal: AbortSignal) {}

  /** `most` is how long it waits for what is on its way out, in seconds. */
  async run(most: number): Promise<CleanReport> {
    const end = Date.now() + most * 1000
    const spaces = await this.#find(NAMESPACES, null)
    // in front of the namespaces, since what they define may be used there
    for (const kind of this.kinds.cluster) for (const found of await this.#find(kind, null)) await this.#remove(found)
    for (const space of spaces) await this.#endNamespace(space)
    let left: Found[] = []
    for (;;) {
      left = await this.#left(spaces)
      if (left.length === 0 || Date.now() >= end || this.signal.aborted) break
      await pause(LOOK_MS, this.signal)
    }
    return { removed: this.#removed, left: left.map(({ kind, name, ending }) => ({ resource: kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`, name, why: ending ? 'it is on its way out, and something holds it back' : 'the server did not delete it' })) }
  }

  async #left(spaces: readonly Found[]): Promise<Found[]> {
    const left: Found[] = []
    for (const space of await this.#find(NAMESPACES, null)) {
      left.push(space)
      if (spaces.some(({ name }) => name === space.name)) await this.#freeContents(space.name)
      else await this.#endNamespace(space)
    }
    for (const kind of this.kinds.cluster) for (const found of await this.#find(kind, null)) {
      left.push(found)
      await this.#remove(found)
    }
    if (spaces.length > 0 && left.length === 0) left.push(...await this.#volumes())
    return left
  }

  async #endNamespace(space: Found): Promise<void> {
    await this.#freeContents(space.name)
    await this.#remove(space)
  }

  /** Takes the finalizers off that the campaign put on. */
  async #freeContents(namespace: string): Promise<void> {
    for (const kind of this.kinds.namespaced) for (const found of await this.#find(kind, namespace)) await this.#free(found)
  }

  async #free({ kind, namespace, name, finalizers }: Found): Promise<void> {
    if (!finalizers.some((finalizer) => finalizer.startsWith(OWN_FINALIZER))) return
    const kept = finalizers.filter((finalizer) => !finalizer.startsWith(OWN_FINALIZER))
    await this.#send('PATCH', pathOf(kind, { namespace, name }), { metadata: { finalizers: kept } })
  }

  async #remove(found: Found): Promise<void> {
    await this.#free(found)
    if (found.ending) return
    const { kind, namespace, name } = found
    const status = await this.#send('DELETE', pathOf(kind, { namespace, name }), null)
    if (status < 300) this.#removed++
  }

  /** Volumes that a provisioner made for the campaign's claims, and would keep. */
  async #volumes(): Promise<Found[]> {
    const items = await this.#items(pathOf(VOLUMES, { namespace: null, name: null }))
    const ours = items.filter((item) => tokenOf(this.id, asText(asObject(asObject(item.spec)?.claimRef)?.namespace) ?? '') !== null)
    const found = ours.flatMap((item) => this.#foundOf(item, VOLUMES, null) ?? [])
    for (const volume of found) await this.#remove(volume)
    return found
  }

  async #find(kind: ApiResource, namespace: string | null): Promise<Found[]> {
    const items = await this.#items(`${pathOf(kind, { namespace, name: null })}?labelSelector=${encodeURIComponent(`${CAMPAIGN_LABEL}=${this.id}`)}`)
    return items.filter((item) => this.#isOurs(item, namespace)).flatMap((item) => this.#foundOf(item, kind, namespace) ?? [])
  }

  /** A server may answer with what was not asked for. */
  #isOurs(item: JsonObject, namespace: string | null): boolean {
    const metadata = asObject(item.metadata)
    if (asText(asObject(metadata?.labels)?.[CAMPAIGN_LABEL]) !== this.id) return false
    return namespace === null ? tokenOf(this.id, asText(metadata?.name) ?? '') !== null : asText(metadata?.namespace) === namespace
  }

  #foundOf(item: JsonObject, kind: ApiResource, namespace: string | null): Found | null {
    const metadata = asObject(item.metadata)
    const name = asText(metadata?.name)
    return name === null || !/^[\w.:-]+$/.test(name) ? null : { kind, namespace, name, finalizers: asTexts(metadata?.finalizers), ending: asText(metadata?.deletionTimestamp) !== null }
  }

  /** A kind that is not served (any more) has no objects; a list that is refused may hide some. */
  async #items(path: string): Promise<JsonObject[]> {
    for (let attempt = 1; ; attempt++) {
      const { status, body, message } = await this.cluster.send({ method: 'GET', path }, this.signal)
      if (status === 404 || status === 405) return []
      if (status === 200 && body !== null) return Array.isArray(body.items) ? body.items.filter(isObject) : []
      if (attempt === ATTEMPTS) throw new AuditweaveError('cannot-clean', `What is left of ${this.id} cannot be told: ${path.split('?')[0] ?? ''} is answered with ${status} ${message}.`)
      await pause(LOOK_MS, this.signal)
    }
  }

  async #send(method: 'PATCH' | 'DELETE', path: string, body: JsonObject | null): Promise<number> {
    const { status } = await this.cluster.send({ method, path, body, contentType: body === null ? null : 'application/merge-patch+json' }, this.signal)
    return status
  }
}
