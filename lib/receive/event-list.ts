import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asText, isObject } from '@/lib/audit/json'
import { parseJson } from '@/lib/audit/parse-json'
import { redactEvent } from '@/lib/audit/redact'
import { parseMicros } from '@/lib/audit/time'

/** An event as it will be stored. */
export interface ReceivedEvent {
  readonly auditID: string
  readonly stage: string
  /** One line of JSON, redacted, without its line end. */
  readonly line: string
  /** When the stage was reached, in microseconds; null where the event does not say. */
  readonly stageMicros: number | null
}

/** kube-apiserver truncates what is longer; a client may choose its Audit-ID. */
const LONGEST_ID = 1024
const MOST_EVENTS = 100_000
const VERSIONS = new Set(['audit.k8s.io/v1', 'audit.k8s.io/v1beta1', 'audit.k8s.io/v1alpha1'])

/**
 * Reads the body of an audit webhook: an EventList of audit.k8s.io. A body is taken whole or not at all.
 * @throws AuditweaveError 'bad-batch' naming what is wrong, 'too-deep'
 */
export function readEventList(body: string, { keepSecrets = false }: { readonly keepSecrets?: boolean } = {}): ReceivedEvent[] {
  const items = itemsOf(parse(body))
  if (items.length > MOST_EVENTS) throw bad(`it holds ${items.length} events, more than ${MOST_EVENTS}`)
  return items.map((item, i) => received(item, i, keepSecrets))
}

function parse(body: string): JsonValue {
  try {
    return parseJson(body)
  } catch (error) {
    if (isAuditweaveError(error)) throw error
    throw bad('it is not valid JSON')
  }
}

function itemsOf(list: JsonValue): readonly JsonValue[] {
  if (!isObject(list)) throw bad('it is no JSON object')
  if (list.kind !== 'EventList') throw bad(`its kind is ${show(list.kind)}, not EventList`)
  if (typeof list.apiVersion !== 'string' || !VERSIONS.has(list.apiVersion)) throw bad(`its apiVersion is ${show(list.apiVersion)}; set --audit-webhook-version=audit.k8s.io/v1`)
  if (list.items === null || list.items === undefined) return []
  if (!Array.isArray(list.items)) throw bad('its items are no list')
  return list.items
}

function received(item: JsonValue, place: number, keepSecrets: boolean): ReceivedEvent {
  if (!isObject(item)) throw bad(`item ${place} is no JSON object`)
  const [auditID, stage] = [asText(item.auditID), asText(item.stage)]
  if (!auditID || auditID.length > LONGEST_ID) throw bad(`item ${place} has no auditID of at most ${LONGEST_ID} characters`)
  if (!stage || stage.length > 64) throw bad(`item ${place} names no stage`)
  // Each line must be an event by itself, as in a log file; inside a list the kind stands once for all.
  const event: JsonObject = { kind: 'Event', apiVersion: 'audit.k8s.io/v1', ...item }
  if (!keepSecrets) redactEvent(event)
  return { auditID, stage, line: JSON.stringify(event), stageMicros: microsOf(event) }
}

function microsOf(event: JsonObject): number | null {
  const text = asText(event.stageTimestamp) ?? asText(event.requestReceivedTimestamp)
  return text === null ? null : parseMicros(text)
}

function show(value: JsonValue | undefined): string {
  return value === undefined ? 'missing' : JSON.stringify(typeof value === 'string' ? value.slice(0, 60) : typeof value)
}

function bad(what: string): AuditweaveError {
  return new AuditweaveError('bad-batch', `The batch was refused: ${what}. Nothing of it is stored.`)
}
