import type { JsonObject, JsonValue } from '@/lib/audit/event'

/** One difference of two revisions. Values are JSON text, cut where they are long; null where there is none on that side. */
export interface Difference { readonly path: string; readonly kind: 'added' | 'removed' | 'changed' | 'redacted'; readonly before: string | null; readonly after: string | null }

export interface Differences {
  readonly list: readonly Difference[]
  /** Differences beyond those listed. */
  readonly more: number
  /** Bookkeeping of the API server that differs and says nothing: managedFields, resourceVersion and such. */
  readonly folded: number
}

const MOST = 200
const MOST_STEPS = 40_000
const DEEPEST = 40
const LONGEST = 2000
const REDACTED = /\[redacted\b/i

const BOOKKEEPING: ReadonlySet<string> = new Set(['metadata.managedFields', 'metadata.resourceVersion', 'metadata.generation', 'metadata.uid', 'metadata.creationTimestamp', 'metadata.selfLink', 'status.observedGeneration', 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]', 'apiVersion', 'kind'])

/** Fields by which Kubernetes tells items of lists apart (strategic merge keys), the first that all items have and differ in. */
const KEYS = ['name', 'type', 'uid', 'containerPort', 'mountPath', 'topologyKey', 'ip', 'key', 'port'] as const

/** What leads from one object to the next, path by path. Bounded whatever the objects hold; `null` before is an object that was not there. */
export function differences(before: JsonObject | null, after: JsonObject | null): Differences {
  const differ = new Differ()
  differ.compare('', before ?? {}, after ?? {}, 0)
  return { list: differ.list, more: differ.more, folded: differ.folded }
}

class Differ {
  readonly list: Difference[] = []
  more = 0
  folded = 0
  #steps = 0

  compare(path: string, before: JsonValue | undefined, after: JsonValue | undefined, depth: number): void {
    if (++this.#steps > MOST_STEPS) return
    if (BOOKKEEPING.has(path)) {
      if (written(before) !== written(after)) this.folded++
      return
    }
    const [old, now] = [objectOf(before), objectOf(after)]
    if (depth < DEEPEST && (old || now) && (old || isAbsent(before)) && (now || isAbsent(after)) && (Object.keys(old ?? {}).length + Object.keys(now ?? {}).length > 0)) {
      for (const key of new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])) this.compare(step(path, key), own(old, key), own(now, key), depth + 1)
      return
    }
    if (depth < DEEPEST && (Array.isArray(before) || isAbsent(before)) && (Array.isArray(after) || isAbsent(after)) && this.#lists(path, before, after, depth)) return
    this.#leaf(path, before, after)
  }

  /** True where the lists were told item by item. */
  #lists(path: string, before: JsonValue | undefined, after: JsonValue | undefined, depth: number): boolean {
    const [old, now] = [Array.isArray(before) ? before : [], Array.isArray(after) ? after : []]
    const all = [...old, ...now]
    if (all.length === 0 || !all.every((item) => objectOf(item))) return false
    const key = KEYS.find((name) => distinct(old, name) && distinct(now, name))
    const byKey = (items: readonly JsonValue[]): Map<string, JsonValue> => new Map(items.map((item, index) => [key === undefined ? String(index) : `${key}=${String(objectOf(item)?.[key])}`, item]))
    const [were, are] = [byKey(old), byKey(now)]
    for (const name of new Set([...were.keys(), ...are.keys()])) this.compare(`${path}[${name}]`, were.get(name), are.get(name), depth + 1)
    return true
  }

  #leaf(path: string, before: JsonValue | undefined, after: JsonValue | undefined): void {
    const [old, now] = [written(before), written(after)]
    const hidden = old !== null && now !== null && REDACTED.test(old) && REDACTED.test(now)
    if (old === now && !hidden) return
    if (this.list.length >= MOST) {
      this.more++
      return
    }
    const kind = hidden ? 'redacted' : old === null ? 'added' : now === null ? 'removed' : 'changed'
    this.list.push({ path: (path || '(all)').slice(0, LONGEST), kind, before: cut(old), after: cut(now) })
  }
}

/** Own keys alone: the log is hostile, and `constructor` is a key like any other. */
function own(object: JsonObject | null, key: string): JsonValue | undefined {
  return object !== null && Object.hasOwn(object, key) ? object[key] : undefined
}

function objectOf(value: JsonValue | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
}

const isAbsent = (value: JsonValue | undefined): boolean => value === undefined || value === null

function distinct(items: readonly JsonValue[], key: string): boolean {
  const values = items.map((item) => objectOf(item)?.[key])
  return values.every((value) => typeof value === 'string' || typeof value === 'number') && new Set(values).size === items.length
}

function step(path: string, key: string): string {
  if (/^[\w$-]+$/.test(key)) return path === '' ? key : `${path}.${key}`
  return `${path}[${JSON.stringify(key)}]`
}

function written(value: JsonValue | undefined): string | null {
  try {
    return isAbsent(value) ? null : JSON.stringify(value)
  } catch {
    // The log is hostile: what is nested deeper than can be written is only named.
    return '"(nested too deeply to be shown)"'
  }
}

function cut(text: string | null): string | null {
  return text !== null && text.length > LONGEST ? `${text.slice(0, LONGEST)}… ${(text.length - LONGEST).toLocaleString('en')} more characters` : text
}
