import type { AuditEvent } from '@/lib/audit/event'

/** What an event must show; parts left out are not looked at, an empty string asks for absence. */
export interface EventCondition {
  readonly users?: readonly string[]
  readonly userPrefix?: string
  /** A substring anywhere in the user's name, as the paper's node rules search. */
  readonly userContains?: string
  readonly verbs?: readonly string[]
  readonly groups?: readonly string[]
  readonly resources?: readonly string[]
  readonly subresources?: readonly string[]
  readonly namespaces?: readonly string[]
  readonly names?: readonly string[]
  readonly namePrefix?: string
}

const allows = (list: readonly string[] | undefined, value: string | null) => list === undefined || list.includes(value ?? '')

/** Whether the event meets every part of the condition. */
export function meets(event: AuditEvent, condition: EventCondition): boolean {
  const ref = event.objectRef
  if (ref === null) return false
  const username = event.user?.username ?? ''
  return (
    allows(condition.users, username) &&
    username.startsWith(condition.userPrefix ?? '') &&
    username.includes(condition.userContains ?? '') &&
    allows(condition.verbs, event.verb) &&
    allows(condition.groups, ref.apiGroup) &&
    allows(condition.resources, ref.resource) &&
    allows(condition.subresources, ref.subresource) &&
    allows(condition.namespaces, ref.namespace) &&
    allows(condition.names, ref.name) &&
    (ref.name ?? '').startsWith(condition.namePrefix ?? '')
  )
}
