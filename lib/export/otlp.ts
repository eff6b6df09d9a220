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

/**
 * One ExportTraceServiceRequest in OTLP's JSON encoding: a context is a trace, its events are spans under the event they follow.
 * Stages of one auditID are one span.
 */
export async function* exportOtlp(records: Iterable<ReconstructedRecord>, contexts: Iterable<ContextRecord>): AsyncGenerator<string> {
  const byId = new Map<string, ContextRecord>()
  for (const context of contexts) byId.set(context.id, context)
  const resource = { attributes: attributes({ 'service.name': 'kube-apiserver' }) }
  yield `{"resourceSpans":[{"resource":${safeJson(resource)},"scopeSpans":[{"scope":{"name":"auditweave"},"spans":[`
  const seen = new Set<string>()
  for (const record of records) {
    const context = record.context === null ? undefined : byId.get(record.context)
    if (!context || seen.has(record.auditID)) continue
    yield `${seen.size > 0 ? ',' : ''}\n${safeJson(spanOf(record, context))}`
    seen.add(record.auditID)
  }
  yield '\n]}]}]}\n'
}
