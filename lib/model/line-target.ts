import { isResourceEvent } from '@/lib/audit/resource-event'
import type { AuditEvent } from '@/lib/audit/event'
import type { ActionLabel } from '@/lib/labels/action-label'
import { ownAction } from '@/lib/labels/own-action'

/**
 * Whether an event is a line of the network: a request for an API object, and of a watch only its end, since its start is
 * the same request logged twice (the paper's parser drops it too).
 */
export function isModelLine(event: AuditEvent): boolean {
  return isResourceEvent(event) && !(event.verb === 'watch' && event.stage === 'ResponseStarted')
}

/** What the network should answer for a line: the label of its context, or its own action where it is background. */
export function lineTarget(event: AuditEvent, contextLabel: ActionLabel | null): ActionLabel | null {
  return contextLabel ?? ownAction(event)
}
