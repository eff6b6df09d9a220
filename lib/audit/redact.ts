import type { JsonObject, JsonValue } from './event'
import { asObject, asText, isObject } from './json'
import { MAX_DEPTH } from './parse-json'
import { COPY_ANNOTATION, DATA_FIELDS, DATA_PATH, MARKER, SECRET_KINDS, SECRET_NAME, SECRET_RESOURCES, TOKEN_FIELDS } from './redact-rules'
import { mayHoldManifests, redactText } from './redact-text'
import { redactURI, SUSPECT_URI } from './redact-uri'

export interface RedactOptions {
  /** Look inside strings for credentials and manifests; default true. The reader passes what `mayHoldCredentials` says of the line. */
  text?: boolean
  /** Deepest nesting that is walked; what lies deeper is replaced by the marker. Default 512. */
  maxDepth?: number
  /** Called where something lies deeper. */
  onTooDeep?: () => void
}

const EMBEDDED_SECRET = /(?:"kind"\s{0,4}:\s{0,4}"|(?:^|\n)[ \t-]{0,16}kind:[ \t]{0,4}["']?)(?:Secret|ConfigMap)(?:List)?\b/

/** Walks one event and counts what it replaces. */
class Redactor {
  count = 0
  readonly #text: boolean
  readonly #maxDepth: number
  readonly #onTooDeep: (() => void) | undefined

  constructor(options: RedactOptions) {
    this.#text = options.text ?? true
    this.#maxDepth = options.maxDepth ?? MAX_DEPTH
    this.#onTooDeep = options.onTooDeep
  }

  /** The value that stands in the place of `value`; `secret` inside a Secret or ConfigMap, `depth` the brackets open with it. */
  value(value: JsonValue, secret: boolean, depth: number): JsonValue {
    if (typeof value === 'string') return this.string(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth > this.#maxDepth) return this.#tooDeep()
    if (Array.isArray(value)) this.#list(value, secret, depth)
    else this.#object(value, secret, depth)
    return value
  }

  string(text: string): string {
    if (!this.#text || text.length < 12) return text
    if (mayHoldManifests(text) && EMBEDDED_SECRET.test(text)) return this.#embedded(text)
    const clean = redactText(text)
    if (clean !== text) this.count++
    return clean
  }

  uri(uri: string): string {
    const clean = redactURI(uri)
    if (clean !== uri) this.count++
    return clean
  }

  #replace(): string {
    this.count++
    return MARKER
  }

  #tooDeep(): string {
    this.#onTooDeep?.()
    return this.#replace()
  }

  #list(list: JsonValue[], secret: boolean, depth: number): void {
    for (let i = 0; i < list.length; i++) {
      const item = list[i]
      if (typeof item === 'string') list[i] = this.string(item)
      else if (typeof item === 'object' && item !== null) list[i] = this.value(item, secret, depth + 1)
    }
  }

  #object(object: JsonObject, outer: boolean, depth: number): void {
    const secret = outer || (typeof object.kind === 'string' && SECRET_KINDS.has(object.kind))
    // a name and a value side by side: environment variables, headers, patch operations
    if (object.value !== undefined && object.value !== null) this.#pair(object, secret, depth)
    for (const key in object) {
      const value = object[key]
      if (typeof value === 'string') {
        if (value === '' || value === MARKER) continue
        if (TOKEN_FIELDS.has(key) || (secret && (DATA_FIELDS.has(key) || COPY_ANNOTATION.test(key)))) set(object, key, this.#replace())
        else if (this.#text && value.length >= 12) {
          const clean = this.string(value)
          if (clean !== value) set(object, key, clean)
        }
      } else if (typeof value === 'object' && value !== null) {
        if (secret && DATA_FIELDS.has(key)) set(object, key, this.#mask(value, depth + 1))
        else if (TOKEN_FIELDS.has(key) && !Array.isArray(value)) this.#tokenObject(value, secret, depth)
        else if (depth >= this.#maxDepth) set(object, key, this.#tooDeep())
        else if (Array.isArray(value)) this.#list(value, secret, depth + 1)
        else this.#object(value, secret, depth + 1)
      }
    }
  }

  /** `token: {value: ...}` and `password: {data: ...}`; references such as `{secretKeyRef: ...}` are walked as usual. */
  #tokenObject(object: JsonObject, secret: boolean, depth: number): void {
    for (const key of ['value', 'data', 'inline', 'stringData']) {
      if (typeof object[key] === 'string' && object[key] !== MARKER) object[key] = this.#replace()
    }
    this.value(object, secret, depth + 1)
  }

  #pair(object: JsonObject, secret: boolean, depth: number): void {
    const name = asText(object.name) ?? asText(object.key)
    const path = asText(object.path)
    const value = object.value ?? null
    if (name !== null && typeof value === 'string' && value !== MARKER && SECRET_NAME.test(name)) object.value = this.#replace()
    else if (path !== null && typeof object.op === 'string' && isSecretPath(path, secret)) object.value = this.#mask(value, depth + 1)
  }

  /** Every leaf replaced, keys and null kept: null in a patch deletes a key, which is no secret. */
  #mask(value: JsonValue, depth: number): JsonValue {
    if (value === null || value === '' || value === MARKER) return value
    if (typeof value !== 'object') return this.#replace()
    if (depth > this.#maxDepth) return this.#tooDeep()
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) value[i] = this.#mask(value[i] ?? null, depth + 1)
    } else {
      for (const key in value) set(value, key, this.#mask(value[key] ?? null, depth + 1))
    }
    return value
  }

  /** A manifest inside a string: JSON keeps its shape, anything else goes whole. */
  #embedded(text: string): string {
    let parsed: JsonValue
    try {
      parsed = JSON.parse(text) as JsonValue
    } catch {
      return this.#replace()
    }
    if (typeof parsed !== 'object' || parsed === null) return this.#replace()
    const inner = new Redactor({ text: true, maxDepth: this.#maxDepth })
    inner.value(parsed, false, 1)
    this.count += inner.count
    return inner.count === 0 ? text : JSON.stringify(parsed)
  }
}

/** Assignment to `__proto__` would change the prototype instead of the key. */
function set(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
  else object[key] = value
}

/** Path of a JSON patch operation (RFC 6902) that writes a secret value. */
function isSecretPath(path: string, secret: boolean): boolean {
  const last = path.slice(path.lastIndexOf('/') + 1).replaceAll('~1', '/').replaceAll('~0', '~')
  return TOKEN_FIELDS.has(last) || (secret && (DATA_PATH.test(path) || COPY_ANNOTATION.test(last)))
}

const BODIES = ['requestObject', 'responseObject'] as const
const TEXTS = ['userAgent'] as const

/**
 * Replaces the secrets in one parsed event, in place, by a marker, and returns how many were replaced.
 * Gone are: values under `data`, `stringData` and `binaryData` of Secrets and ConfigMaps, wherever they
 * stand (lists, tables, merge and JSON patches, manifests inside annotations); copies of those objects in
 * annotations; fields that are tokens or passwords; environment variables and headers named like one;
 * credentials told by their form (JSON web tokens, bearer and basic authorization, private keys, URLs with
 * a password, `--token=`) in bodies, annotations, the URI and the user agent. Keys, names, and what a
 * certificate signing request holds stay.
 */
export function redactEvent(raw: JsonObject, options: RedactOptions = {}): number {
  const redactor = new Redactor(options)
  const resource = asText(asObject(raw.objectRef)?.resource)
  const secret = resource !== null && SECRET_RESOURCES.has(resource)
  for (const key of BODIES) {
    const body = raw[key]
    if (body !== undefined && body !== null) raw[key] = redactor.value(body, secret, 2)
  }
  const uri = raw.requestURI
  if (typeof uri === 'string' && (options.text !== false || SUSPECT_URI.test(uri))) raw.requestURI = redactor.uri(uri)
  if (options.text === false) return redactor.count
  for (const key of TEXTS) if (typeof raw[key] === 'string') raw[key] = redactor.string(raw[key])
  for (const key of ['annotations', 'responseStatus', 'user', 'impersonatedUser'] as const) {
    if (isObject(raw[key])) redactor.value(raw[key], false, 2)
  }
  return redactor.count
}
