import type { AuditEvent } from '@/lib/audit/event'
import type { ContextRecord } from '@/lib/contexts/types'
import type { AnswerRow } from '../result'

const LONGEST = 300

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).toWellFormed()
const cutOrNull = (text: string | null | undefined): string | null => (text ? cut(text) : null)

/** "pods/exec", or the address of a request that names no object. */
export function kindOf(event: AuditEvent): string {
  const ref = event.objectRef
  if (!ref?.resource) return cut(event.requestURI?.split('?')[0] ?? '–')
  return cut(ref.subresource ? `${ref.resource}/${ref.subresource}` : ref.resource)
}

/** "default/web", or a dash. */
export function objectOf(event: AuditEvent): string {
  const ref = event.objectRef
  if (!ref?.resource) return '–'
  return cut([ref.namespace, ref.name].filter(Boolean).join('/') || '–')
}

export function eventRow(event: AuditEvent, more: { readonly id: string; readonly events: number | null; readonly role: string | null }): AnswerRow {
  return { id: cut(more.id), micros: event.receivedMicros, user: cutOrNull(event.user?.username), verb: cutOrNull(event.verb), kind: kindOf(event), object: objectOf(event), code: event.responseStatus?.code ?? null, events: more.events, role: more.role }
}

export function contextRow(event: AuditEvent, context: ContextRecord): AnswerRow {
  return eventRow(event, { id: context.id, events: context.events, role: 'trigger' })
}
