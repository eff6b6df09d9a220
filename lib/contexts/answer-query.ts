import type { AuditEvent } from '@/lib/audit/event'
import type { ContextRecord } from './types'

/** What a query answers: one context whose trigger matches. */
export type QueryAnswer = Pick<ContextRecord, 'id' | 'label' | 'trigger' | 'events' | 'first' | 'last'>

/** What a query sees of a context: its trigger with all that was found about it. A trigger is one by its user, so its confidence is 1. */
export function queriedTrigger(event: AuditEvent, context: ContextRecord): object {
  return { ...event, label: context.label, role: 'trigger', confidence: 1, context }
}
