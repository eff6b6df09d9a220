import type { AuditEvent } from '@/lib/audit/event'
import { makeLabel } from './codec'
import type { ActionLabel } from './action-label'
import type { LabelRegistry } from './registry'
import { findEntry } from './resource-table'
import { verbClass } from './verbs'

/** What we propose for an event; `served` says whether Kubernetes offers this verb on this resource at all. */
export type Proposal =
  | { readonly kind: 'label'; readonly label: ActionLabel; readonly source: 'table' | 'custom'; readonly served: boolean }
  | { readonly kind: 'unknown' | 'ignore'; readonly reason: string }

/**
 * The event's own action as a label, whoever asked for it. Convention of the truth files: a
 * namespace is not namespaced although its events carry its name as namespace; `single` means a
 * named object, and every create, whose object may be named by its body or by the server alone.
 * A refused or failed call has the action it asked for.
 */
export function proposeLabel(event: AuditEvent, registry?: LabelRegistry): Proposal {
  const ref = event.objectRef
  if (ref === null) return { kind: 'ignore', reason: 'the request is for no API object (no objectRef)' }
  if (!ref.resource) return { kind: 'unknown', reason: 'objectRef names no resource' }
  if (event.verb === null) return { kind: 'unknown', reason: 'the event has no verb' }
  const verb = verbClass(event.verb)
  if (verb === null) return { kind: 'unknown', reason: `"${event.verb}" is not a verb of API objects` }
  const subresource = ref.subresource ?? ''
  const namespaced = Boolean(ref.namespace) && ref.resource !== 'namespaces'
  const single = Boolean(ref.name) || verb === 'create'
  const label = makeLabel({ group: ref.apiGroup, resource: ref.resource, subresource, verb, namespaced, single }, registry)
  const entry = findEntry(ref.apiGroup, ref.resource, subresource)
  const served = entry === null || entry.verbs.some((allowed) => verbClass(allowed) === verb)
  return { kind: 'label', label, source: entry ? 'table' : 'custom', served }
}

/** The label that `proposeLabel` gives, or null where it gives none. */
export function ownAction(event: AuditEvent, registry?: LabelRegistry): ActionLabel | null {
  const proposal = proposeLabel(event, registry)
  return proposal.kind === 'label' ? proposal.label : null
}
