import type { AuditEvent } from '@/lib/audit/event'
import type { ContextRecord, ReconstructedRecord } from '@/lib/contexts/types'

/** A request of a context, by its fullest stage, with why it is there. */
export interface Chapter {
  readonly event: AuditEvent
  readonly record: ReconstructedRecord
  /** Milliseconds after the trigger; null where either has no time. */
  readonly afterMs: number | null
}

/** A context with its events, in order of time received: what files about one context are made of. */
export interface ContextStory { readonly context: ContextRecord; readonly trigger: Chapter | null; readonly chapters: readonly Chapter[] }

/** Gathers what was found about the members; `events` may hold others and several stages. */
export function tellContext(context: ContextRecord, records: Iterable<ReconstructedRecord>, events: Iterable<AuditEvent>): ContextStory {
  const members = new Set(context.members)
  const eventOf = new Map<string, AuditEvent>()
  for (const event of events) if (members.has(event.auditID) && (!eventOf.has(event.auditID) || event.stage !== 'RequestReceived')) eventOf.set(event.auditID, event)
  const recordOf = new Map<string, ReconstructedRecord>()
  for (const record of records) if (members.has(record.auditID) && !recordOf.has(record.auditID)) recordOf.set(record.auditID, record)
  const begun = eventOf.get(context.trigger.auditID)?.receivedMicros ?? null
  const chapters = context.members.flatMap((id): Chapter[] => {
    const [event, record] = [eventOf.get(id), recordOf.get(id)]
    if (!event || !record) return []
    return [{ event, record, afterMs: begun === null || event.receivedMicros === null ? null : (event.receivedMicros - begun) / 1000 }]
  })
  return { context, trigger: chapters.find(({ event }) => event.auditID === context.trigger.auditID) ?? null, chapters }
}

export function resourceText({ objectRef, requestURI }: AuditEvent): string {
  if (!objectRef?.resource) return requestURI?.split('?')[0] ?? 'no object'
  return objectRef.subresource ? `${objectRef.resource}/${objectRef.subresource}` : objectRef.resource
}

export function objectName({ objectRef }: AuditEvent): string {
  return [objectRef?.namespace, objectRef?.name].filter(Boolean).join('/')
}
