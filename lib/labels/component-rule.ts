import type { AuditEvent } from '@/lib/audit/event'
import type { BackgroundRule } from './background-rule'
import { meets } from './event-condition'
import type { EventCondition } from './event-condition'
import { isExternalUser } from './external-user'

export const APISERVER = 'system:apiserver'
export const CONTROLLER_MANAGER = 'system:kube-controller-manager'
export const SCHEDULER = 'system:kube-scheduler'
export const NODE_PREFIX = 'system:node:'
export const SYSTEM_ACCOUNT = 'system:serviceaccount:kube-system:'

interface ComponentRuleOptions {
  readonly certainty?: BackgroundRule['certainty']
  readonly note?: string
  /** Asked last, after user and condition. */
  readonly and?: (event: AuditEvent) => boolean
}

/** A rule for components alone: any of the conditions, by a user that is not external. */
export function componentRule(id: string, reason: string, conditions: readonly EventCondition[], options: ComponentRuleOptions = {}): BackgroundRule {
  const { certainty = 'always', note, and } = options
  const applies = (event: AuditEvent) => conditions.some((condition) => meets(event, condition)) && !isExternalUser(event) && (and === undefined || and(event))
  return { id, reason, certainty, ...(note === undefined ? {} : { note }), applies }
}

/** Whether a node acts on the object that bears its own name. */
export function isOwnNode(event: AuditEvent): boolean {
  const username = event.user?.username ?? ''
  return username.startsWith(NODE_PREFIX) && username.slice(NODE_PREFIX.length) === event.objectRef?.name
}
