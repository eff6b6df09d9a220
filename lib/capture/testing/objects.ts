import { randomUUID } from 'node:crypto'
import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asObject, asText, asTexts } from '@/lib/audit/json'

/** One object, and where it stands. */
export interface Stored { readonly group: string; readonly resource: string; body: JsonObject }

/** Objects in memory, with what the API server does to their metadata. */
export class Objects {
  readonly #all = new Map<string, Stored>()
  #version = 1000

  get(group: string, resource: string, namespace: string, name: string): JsonObject | null {
    return this.#all.get(keyOf(group, resource, namespace, name))?.body ?? null
  }

  list(group: string, resource: string, namespace = ''): JsonObject[] {
    return [...this.#all.values()].filter((one) => one.group === group && one.resource === resource && (namespace === '' || namespaceOf(one.body) === namespace)).map(({ body }) => body)
  }

  /** Everything in a namespace, or everything there is. */
  all(namespace?: string): Stored[] {
    return [...this.#all.values()].filter(({ body }) => namespace === undefined || namespaceOf(body) === namespace)
  }

  /** Stores a new object with a uid of its own. */
  add(group: string, resource: string, namespace: string, given: JsonObject): JsonObject {
    const metadata = asObject(given.metadata) ?? {}
    const body = { ...given, metadata: { ...metadata, ...(namespace ? { namespace } : {}), uid: randomUUID(), resourceVersion: this.next(), generation: 1, creationTimestamp: '2026-11-23T00:00:00Z' } }
    this.#all.set(keyOf(group, resource, namespace, nameOf(body)), { group, resource, body })
    return body
  }

  /** Stores a change; what is as it was keeps its version. */
  put(group: string, resource: string, body: JsonObject): JsonObject {
    const key = keyOf(group, resource, namespaceOf(body), nameOf(body))
    const known = this.#all.get(key)
    const same = known !== undefined && JSON.stringify(known.body) === JSON.stringify(body)
    const changed = JSON.stringify(known?.body.spec ?? null) !== JSON.stringify(body.spec ?? null)
    const stored = same ? body : { ...body, metadata: { ...asObject(body.metadata), resourceVersion: this.next(), generation: Number(asObject(known?.body.metadata ?? null)?.generation ?? 1) + (changed ? 1 : 0) } }
    this.#all.set(key, { group, resource, body: stored })
    return stored
  }

  drop(group: string, resource: string, body: JsonObject): void {
    this.#all.delete(keyOf(group, resource, namespaceOf(body), nameOf(body)))
  }

  next(): string {
    return String(this.#version++)
  }
}

function keyOf(group: string, resource: string, namespace: string, name: string): string {
  return `${group}/${resource}/${namespace}/${name}`
}

export const metaOf = (body: JsonObject): JsonObject => asObject(body.metadata) ?? {}
export const nameOf = (body: JsonObject): string => asText(metaOf(body).name) ?? ''
export const namespaceOf = (body: JsonObject): string => asText(metaOf(body).namespace) ?? ''
export const uidOf = (body: JsonObject): string => asText(metaOf(body).uid) ?? ''
export const finalizersOf = (body: JsonObject): readonly string[] => asTexts(metaOf(body).finalizers)
export const isEnding = (body: JsonObject): boolean => metaOf(body).deletionTimestamp !== undefined

/** RFC 7396. */
export function mergePatch(target: JsonValue, patch: JsonValue): JsonValue {
  const change = asObject(patch)
  if (change === null) return patch
  const merged: JsonObject = { ...asObject(target) }
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key]
    else merged[key] = mergePatch(merged[key] ?? null, value ?? null)
  }
  return merged
}

/** The `add`, `replace` and `remove` of RFC 6902, on members of objects. */
export function jsonPatch(target: JsonObject, operations: JsonValue): JsonObject {
  let patched: JsonValue = target
  for (const one of Array.isArray(operations) ? operations : []) {
    const operation = asObject(one) ?? {}
    const path = (asText(operation.path) ?? '').split('/').slice(1)
    patched = mergePatch(patched, path.reduceRight<JsonValue>((inner, key) => ({ [key.replaceAll('~1', '/')]: inner }), operation.op === 'remove' ? null : operation.value ?? null))
  }
  return asObject(patched) ?? target
}
