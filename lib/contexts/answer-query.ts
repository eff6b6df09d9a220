import type { AuditEvent } from '@/lib/audit/event'
import { isExternalUser } from '@/lib/labels/external-user'
import { ownAction } from '@/lib/labels/own-action'
import { isResourceEvent } from '@/lib/audit/resource-event'
import { compileQuery, fieldsUsed, type Predicate, type QueryNode } from '@/lib/query'
import { StreamingReconstruction } from './stream'
import type { ContextRecord } from './types'

/** What a query answers: one context whose trigger matches. */
export type QueryAnswer = Pick<ContextRecord, 'id' | 'label' | 'trigger' | 'events' | 'first' | 'last'>

/** What a query sees of a context: its trigger with all that was found about it. A trigger is one by its user, so its confidence is 1. */
export function queriedTrigger(event: AuditEvent, context: ContextRecord): object {
  return { ...event, label: context.label, role: 'trigger', confidence: 1, context }
}

/**
 * Asks a query of the triggers of a log while it is read. A query that looks at the event and its label alone is decided
 * at once, so bodies are freed; one that asks for the context (its size, its end) keeps the triggers until all is linked.
 */
export class QueryStream {
  readonly #predicate: Predicate
  readonly #needsContext: boolean
  readonly #stream = new StreamingReconstruction()
  readonly #matching = new Map<string, boolean>()
  readonly #triggers = new Map<string, AuditEvent>()

  constructor(query: QueryNode) {
    this.#predicate = compileQuery(query)
    this.#needsContext = fieldsUsed(query).some((path) => /^(context|role|confidence)\b/.test(path))
  }

  add(events: readonly AuditEvent[]): void {
    this.#stream.add(events)
    for (const event of events) {
      if (!isResourceEvent(event) || !isExternalUser(event)) continue
      // The last stage speaks for a request: only it knows the outcome.
      if (event.stage === 'RequestReceived' && (this.#matching.has(event.auditID) || this.#triggers.has(event.auditID))) continue
      if (this.#needsContext) this.#triggers.set(event.auditID, event)
      else this.#matching.set(event.auditID, this.#predicate({ ...event, label: ownAction(event) }))
    }
  }

  /** Matching contexts in order of their triggers' time. */
  finish(): QueryAnswer[] {
    return this.#stream.finish().contexts.filter((context) => this.#matches(context))
  }

  #matches(context: ContextRecord): boolean {
    const { auditID } = context.trigger
    if (!this.#needsContext) return this.#matching.get(auditID) ?? false
    const event = this.#triggers.get(auditID)
    return event !== undefined && this.#predicate(queriedTrigger(event, context))
  }
}
