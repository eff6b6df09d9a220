import type { AuditEvent } from '@/lib/audit/event'
import { meets } from './event-condition'
import type { EventCondition } from './event-condition'

/** One named reason why an event is what the control plane does anyway. */
export interface BackgroundRule {
  readonly id: string
  readonly reason: string
  /**
   * `always`: no user's action leads to such an event. `unless-linked`: it happens unprompted, and
   * after a user's action too, so it is background only where no link leads to a trigger.
   */
  readonly certainty: 'always' | 'unless-linked'
  /** What a reader should know of the rule, such as a fault kept on purpose. */
  readonly note?: string
  readonly applies: (event: AuditEvent) => boolean
}

/** A rule that applies where one of the conditions is met. */
export function conditionRule(id: string, reason: string, conditions: EventCondition | readonly EventCondition[], note?: string): BackgroundRule {
  const list = Array.isArray(conditions) ? (conditions as readonly EventCondition[]) : [conditions as EventCondition]
  return { id, reason, certainty: 'always', ...(note === undefined ? {} : { note }), applies: (event) => list.some((condition) => meets(event, condition)) }
}

/** The first rule of a list that applies, or null. */
export function firstRule(rules: readonly BackgroundRule[], event: AuditEvent): BackgroundRule | null {
  return rules.find((rule) => rule.applies(event)) ?? null
}
