import type { AuditEvent, JsonObject, JsonValue } from './event'
import { gkeToEvent, isGkeEntry } from './gke'
import { asObject, asText, isObject } from './json'
import { normaliseEvent } from './normalise'
import { parseJson } from './parse-json'
import { redactEvent } from './redact'

/** How an event was wrapped by what shipped it; `plain` is the API server's own form. */
export type Wrapping = 'plain' | 'eventlist' | 'array' | 'eks' | 'aks' | 'gke'

export interface UnwrappedEvent { readonly raw: JsonObject; readonly wrapping: Wrapping }

/** Lists that hold events or entries: EventList, AKS event hubs and storage, CloudWatch subscriptions and its API. */
export const CONTAINER_KEYS: ReadonlyMap<string, Wrapping> = new Map<string, Wrapping>([
  ['items', 'eventlist'],
  ['records', 'aks'],
  ['logEvents', 'eks'],
  ['events', 'eks'],
  ['results', 'eks'],
  ['entries', 'gke'],
])
/** Fields that hold an event as text (or, from some exporters, as an object). */
const MESSAGE_KEYS: ReadonlyMap<string, Wrapping> = new Map<string, Wrapping>([
  ['message', 'eks'],
  ['@message', 'eks'],
  ['log', 'plain'],
  ['log_s', 'aks'],
])
const DEEPEST_WRAPPING = 5

/** An audit.k8s.io Event of any version; also one whose kind a shipper has taken off. */
export function isAuditEvent(raw: JsonObject): boolean {
  const version = raw.apiVersion
  if (typeof version === 'string') return version.startsWith('audit.k8s.io/') && (raw.kind === 'Event' || raw.kind === undefined)
  return (raw.kind === undefined || raw.kind === 'Event') && typeof raw.auditID === 'string' && (raw.verb !== undefined || raw.requestURI !== undefined)
}

/** Text that holds JSON; other text, such as a controller's own log line, is no event. */
function parseHeld(text: string, maxDepth: number | undefined): JsonValue {
  const start = text.search(/\S/)
  if (start < 0 || (text[start] !== '{' && text[start] !== '[')) return null
  try {
    return parseJson(text, maxDepth)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Finds the events in one parsed value and hands each to `found`, in order. */
class Unwrapper {
  readonly events: UnwrappedEvent[] = []
  readonly #maxDepth: number | undefined

  constructor(maxDepth: number | undefined) {
    this.#maxDepth = maxDepth
  }

  visit(value: JsonValue, wrapping: Wrapping, depth: number): void {
    if (depth > DEEPEST_WRAPPING) return
    if (typeof value === 'string') this.visitText(value, wrapping, depth)
    else if (Array.isArray(value)) this.#list(value, wrapping === 'plain' ? 'array' : wrapping, depth)
    else if (value !== null && typeof value === 'object') this.#object(value, wrapping, depth)
  }

  visitText(text: string, wrapping: Wrapping, depth: number): void {
    const held = parseHeld(text, this.#maxDepth)
    if (held !== null) this.visit(held, wrapping, depth + 1)
  }

  #list(list: readonly JsonValue[], wrapping: Wrapping, depth: number): void {
    for (const item of list) {
      if (isObject(item) || Array.isArray(item)) this.visit(item, wrapping, depth + 1)
    }
  }

  #object(raw: JsonObject, wrapping: Wrapping, depth: number): void {
    if (isAuditEvent(raw)) this.events.push({ raw, wrapping })
    else if (isGkeEntry(raw)) this.events.push({ raw: gkeToEvent(raw), wrapping: 'gke' })
    else if (asText(raw.field) === '@message' && raw.value !== undefined) this.visit(raw.value, 'eks', depth + 1)
    else this.#envelope(raw, wrapping, depth)
  }

  #envelope(raw: JsonObject, outer: Wrapping, depth: number): void {
    const held = asObject(raw.properties)?.log
    if (held !== undefined) return this.visit(held, 'aks', depth + 1)
    for (const [key, wrapping] of CONTAINER_KEYS) {
      const list = raw[key]
      if (Array.isArray(list)) return this.#list(list, wrapping, depth)
    }
    for (const [key, wrapping] of MESSAGE_KEYS) {
      const message = raw[key]
      if (typeof message === 'string' || isObject(message)) return this.visit(message, wrapping === 'plain' ? outer : wrapping, depth + 1)
    }
  }
}

/** The audit events, as logged, that a parsed line or document holds in any of the known envelopes. */
export function unwrapEvents(value: JsonValue, maxDepth?: number): readonly UnwrappedEvent[] {
  const unwrapper = new Unwrapper(maxDepth)
  unwrapper.visit(value, 'plain', 0)
  return unwrapper.events
}

/**
 * The audit events in one parsed value: an event, a list of them, or an envelope of EKS, AKS or GKE; none gives an
 * empty list. Secrets are redacted in place unless `keepSecrets`. Throws AuditweaveError `too-deep` for hostile nesting.
 */
export function readEventObject(raw: JsonValue, options: { keepSecrets?: boolean; maxDepth?: number } = {}): AuditEvent[] {
  return unwrapEvents(raw, options.maxDepth)
    .filter(event => asText(event.raw.auditID) !== null)
    .map(event => {
      if (!options.keepSecrets) redactEvent(event.raw)
      return normaliseEvent(event.raw)
    })
}
