import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asObject, asText, isObject } from '@/lib/audit/json'
import { MARKER } from '@/lib/audit/redact-rules'
import { labelKey, managedKey } from './keys'
import { labelSelector } from './selector'
import { API_FIELDS, API_NAMED_KINDS, DISCOVERY_KINDS, isCustomGroup, LABEL_MAPS, NAME_FIELDS, STATE_FIELDS, VALUE_FIELDS } from './vocabulary'
import type { Strings } from './writer'

/** What is known of the place of a value. */
interface Place {
  /** A field of the object in which it stands. */
  readonly field: string
  /** `name` here is a resource with its API group. */
  readonly keepName: boolean
  /** In an object of a kind that somebody made: its fields may hold anything. */
  readonly custom: boolean
}

const OUTSIDE: Place = { field: '', keepName: false, custom: false }
const DATA_KINDS = new Set(['Secret', 'ConfigMap'])
/** Maps whose keys people choose, as managedFields name them. */
const MANAGED_MAPS = new Set(['f:labels', 'f:annotations', 'f:matchLabels', 'f:nodeSelector', 'f:selector', 'f:data', 'f:stringData', 'f:binaryData'])
const DATA = new Set(['data', 'stringData', 'binaryData'])
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const API_WORD = /^[\w.*/:{}[\]-]{0,200}$/
const STATE_WORD = /^[A-Z][A-Za-z0-9]{0,99}$/

/** A request or response body, or whatever JSON stands in an annotation, with the names in it replaced. The body given stays as it is. */
export function body(strings: Strings, value: JsonValue): JsonValue {
  return walk(strings, value, OUTSIDE)
}

function walk(strings: Strings, value: JsonValue, place: Place): JsonValue {
  if (typeof value === 'string') return leaf(strings, value, place)
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? value.map((item) => walk(strings, item, place)) : object(strings, value, place)
}

function object(strings: Strings, value: JsonObject, outer: Place): JsonObject {
  const kind = asText(value.kind)
  if (kind !== null && DISCOVERY_KINDS.has(kind)) return discovery(strings, value)
  const custom = outer.custom || isCustomGroup((asText(value.apiVersion) ?? '').split('/')[0] ?? '')
  const keepName = kind === null ? outer.keepName && outer.field === 'metadata' : API_NAMED_KINDS.has(kind)
  const secret = kind !== null && DATA_KINDS.has(kind)
  return rebuilt(value, (key, item) => {
    if (DATA.has(key) && (secret || outer.field === key) && isObject(item)) return [key, masked(strings, item)]
    if (key === 'managedFields') return [key, managed(strings, item)]
    if (key === 'annotations' && isObject(item)) return [key, annotations(strings, item)]
    if (isLabelMap(key, item)) return [key, labels(strings, item)]
    return [plainKey(strings, key), walk(strings, item, { field: key, keepName, custom })]
  })
}

/** Entries one by one, as their own keys: `__proto__` in a log is a key like any other. */
function rebuilt(value: JsonObject, entry: (key: string, item: JsonValue) => readonly [string, JsonValue]): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => entry(key, item ?? null)))
}

/** Fields of the API are words; a key with other signs is somebody's. */
function plainKey(strings: Strings, key: string): string {
  return /[-./:@ ]/.test(key) ? labelKey(strings, key) : key
}

function isLabelMap(key: string, item: JsonValue): item is JsonObject {
  if (!isObject(item)) return false
  return LABEL_MAPS.has(key) || (key === 'selector' && Object.values(item).every((one) => typeof one === 'string'))
}

function labels(strings: Strings, map: JsonObject): JsonObject {
  return rebuilt(map, (key, item) => [labelKey(strings, key), typeof item === 'string' ? strings.name(item) : item])
}

function annotations(strings: Strings, map: JsonObject): JsonObject {
  return rebuilt(map, (key, item) => {
    const made = labelKey(strings, key)
    if (typeof item !== 'string') return [made, item]
    return [made, embedded(strings, item) ?? (made === key && key.includes('/') ? ownAnnotation(strings, key, item) : strings.value(item))]
  })
}

/** Annotations of Kubernetes and its tools: those about a name hold one, the others sentences and figures. */
function ownAnnotation(strings: Strings, key: string, item: string): string {
  return /(?:name|namespace|host|hostname|node|user|leader|by)$/.test(key) ? strings.name(item) : strings.text(item)
}

function masked(strings: Strings, map: JsonObject): JsonObject {
  return rebuilt(map, (key, item) => [strings.text(key), typeof item === 'string' && item !== '' ? MARKER : item])
}

function managed(strings: Strings, value: JsonValue, inMap = ''): JsonValue {
  if (typeof value === 'string') return strings.text(value)
  if (Array.isArray(value)) return value.map((item) => managed(strings, item))
  if (!isObject(value)) return value
  return rebuilt(value, (key, item) => [MANAGED_MAPS.has(inMap) && key.startsWith('f:') ? `f:${labelKey(strings, key.slice(2))}` : managedKey(strings, key), managed(strings, item, key)])
}

/** What an API serves: its resources are called as in the labels. */
function discovery(strings: Strings, value: JsonValue): JsonObject {
  return rebuilt(asObject(value) ?? {}, (key, item) => [key, key.startsWith('server') ? walk(strings, item, OUTSIDE) : item])
}

function leaf(strings: Strings, text: string, { field, keepName, custom }: Place): string {
  if (API_FIELDS.has(field) && API_WORD.test(text)) return text
  if (STATE_FIELDS.test(field) && STATE_WORD.test(text)) return text
  if (field === 'uid' || field.endsWith('UID')) return UUID.test(text) ? text : strings.name(text)
  if (field === 'continue') return strings.whole(text)
  if (NAME_FIELDS.has(field)) return keepName && field === 'name' ? text : strings.name(text)
  if (field === 'selector') return labelSelector(strings, text)
  if (field === 'key' || field === 'topologyKey') return labelKey(strings, text)
  const inside = embedded(strings, text)
  if (inside !== null) return inside
  return custom || VALUE_FIELDS.has(field) ? strings.value(text) : strings.text(text)
}

/** A string that holds JSON, such as the last applied configuration; null for any other. */
function embedded(strings: Strings, text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null
  try {
    return JSON.stringify(body(strings, JSON.parse(text) as JsonValue))
  } catch {
    return null
  }
}
