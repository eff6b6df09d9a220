import { parseMicros } from '@/lib/audit/time'
import { stableHash } from '@/lib/contexts/context-id'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'
import { safeJson } from '@/lib/contexts/visible-text'

interface Attribute {
  readonly key: string
  /** 64-bit integers are text in OTLP's JSON. */
  readonly value: { readonly stringValue: string } | { readonly doubleValue: number } | { readonly intValue: string }
}

/** 32 hex digits, the same on every run. */
export function traceId(context: string): string {
  return stableHash(`trace ${context}`, 4)
}

/** 16 hex digits, the same on every run. */
export function spanId(auditID: string): string {
  return stableHash(`span ${auditID}`, 2)
}

function nanos(timestamp: string | null): string {
  const micros = parseMicros(timestamp)
  return micros === null ? '0' : `${micros}000`
}

function attributes(values: Readonly<Record<string, string | number | bigint | null | undefined>>): Attribute[] {
  const found: Attribute[] = []
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === 'string' && value !== '') found.push({ key, value: { stringValue: value } })
    else if (typeof value === 'number') found.push({ key, value: { doubleValue: value } })
    else if (typeof value === 'bigint') found.push({ key, value: { intValue: String(value) } })
  }
  return found
}

function triggerName({ trigger, label }: ContextRecord): string {
  const ref = trigger.objectRef
  const resource = ref?.resource ?? label?.resource ?? 'request'
  return `${trigger.verb ?? 'request'} ${resource}${ref?.subresource ? `/${ref.subresource}` : ''}`
}

function triggerAttributes(context: ContextRecord): Attribute[] {
  const { trigger } = context
  return attributes({
    'enduser.id': trigger.user, 'k8s.namespace.name': trigger.objectRef?.namespace, 'k8s.object.name': trigger.objectRef?.name,
    'auditweave.context': context.id, 'auditweave.events': BigInt(context.events), 'auditweave.command': context.command,
  })
}

/** The trigger's span covers its context; every other span starts when its request was received. */
function spanOf(record: ReconstructedRecord, context: ContextRecord): object {
  const isTrigger = record.auditID === context.trigger.auditID
  const link = record.links[0]
  const start = nanos(isTrigger ? context.first ?? record.requestReceivedTimestamp : record.requestReceivedTimestamp)
  const own = attributes({
    'k8s.audit.id': record.auditID, 'k8s.audit.stage': record.stage, 'auditweave.role': record.role, 'auditweave.confidence': record.confidence,
    'auditweave.link.rule': link?.rule, 'auditweave.link.key': link?.key, 'auditweave.link.score': link?.score,
  })
  return {
    traceId: traceId(context.id), spanId: spanId(record.auditID), parentSpanId: isTrigger ? '' : spanId(link?.to ?? context.trigger.auditID),
    name: isTrigger ? triggerName(context) : link ? `${link.rule}: ${link.key}` : record.role, kind: 1,
    startTimeUnixNano: start, endTimeUnixNano: isTrigger ? nanos(context.last ?? record.requestReceivedTimestamp) : start,
    attributes: isTrigger ? [...own, ...triggerAttributes(context)] : own, status: {},
  }
}

/** Bytes of spans in one request: receivers take 4 MiB (gRPC) or 20 MiB (HTTP) unless they are told otherwise. */
export const REQUEST_BYTES = 3 << 20

/**
 * A log as OTLP's JSON, one ExportTraceServiceRequest a line, as the collector's file exporter writes them: a context is a trace, its events are spans
 * under the event they follow. Stages of one auditID are one span. A trace may go on in the next request.
 */
export async function* exportOtlp(records: Iterable<ReconstructedRecord>, contexts: Iterable<ContextRecord>, requestBytes = REQUEST_BYTES): AsyncGenerator<string> {
  const byId = new Map<string, ContextRecord>()
  for (const context of contexts) byId.set(context.id, context)
  const resource = { attributes: attributes({ 'service.name': 'kube-apiserver' }) }
  const request = (spans: readonly string[]): string => `{"resourceSpans":[{"resource":${safeJson(resource)},"scopeSpans":[{"scope":{"name":"auditweave"},"spans":[${spans.join(',')}]}]}]}\n`
  const encoder = new TextEncoder()
  const seen = new Set<string>()
  let spans: string[] = []
  let bytes = 0
  for (const record of records) {
    const context = record.context === null ? undefined : byId.get(record.context)
    if (!context || seen.has(record.auditID)) continue
    seen.add(record.auditID)
    const span = safeJson(spanOf(record, context))
    const size = encoder.encode(span).length
    if (spans.length > 0 && bytes + size > requestBytes) {
      yield request(spans)
      spans = []
      bytes = 0
    }
    spans.push(span)
    bytes += size
  }
  if (spans.length > 0 || seen.size === 0) yield request(spans)
}
