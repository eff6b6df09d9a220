import type { AuditEvent } from '@/lib/audit/event'
import { isResourceEvent } from '@/lib/audit/resource-event'
import type { Labelling } from '@/lib/labelling/dataset/labelling'
import { decodeLabel, resourceIds } from '@/lib/labels/codec'
import { isExternalUser } from '@/lib/labels/external-user'
import { labelKey } from '@/lib/labels/label-key'
import { ownAction } from '@/lib/labels/own-action'
import { PAPER_SPECIAL } from '@/lib/labels/paper-label'
import { LabelRegistry } from '@/lib/labels/registry'

/** What the reference implementation's files say of an event. */
export interface ReferenceFields {
  /** The integer of the label; -1 unknown, -2 not looked at, -3 too near an end of the log. */
  readonly label?: number
  /** Labelled by a rule as what the control plane does anyway. */
  readonly cplabel?: boolean
  /** The context. */
  readonly context: string | null
}

/** Contexts of the older clusterer that are none: unassigned, and its buckets of the control plane. */
const UNASSIGNED = '1010'
const CONTROL_PLANE = /^20[0-2]\d$/

/** As what the files hold a request's labelling; `isExact` says whether they can. */
export function toReference(event: AuditEvent, labelling: Labelling | null): ReferenceFields {
  if (labelling === null) return { context: null }
  const { role, label, context } = labelling
  if (role === 'nonresource') return { label: label?.code ?? PAPER_SPECIAL.ignore, cplabel: true, context }
  if (role === 'background') return { label: label?.code ?? ownAction(event)?.code ?? PAPER_SPECIAL.unknown, cplabel: true, context }
  return { label: label?.code ?? PAPER_SPECIAL.unknown, context }
}

/**
 * What the fields say of a request. An event is its context's trigger where its own action is the label and an external user sent it; what a rule
 * labelled (`cplabel`) is background, or non-resource where it is for no API object. Null where they say nothing: no label, -1, -3, or an integer
 * that is nobody's (a resource outside the paper's table decodes on the events that name it).
 */
export function fromReference(event: AuditEvent, { label: code, cplabel, context: given }: ReferenceFields): Labelling | null {
  const context = given === null || given === UNASSIGNED ? null : given
  if (cplabel === true || (context !== null && CONTROL_PLANE.test(context))) return { role: isResourceEvent(event) ? 'background' : 'nonresource', context: null, label: null }
  if (code === undefined) return null
  if (code === PAPER_SPECIAL.ignore) return isResourceEvent(event) ? null : { role: 'nonresource', context: null, label: null }
  const label = decodeLabel(code, namesOf(event))
  if (label === null) return null
  const own = ownAction(event)
  const trigger = own !== null && labelKey(own) === labelKey(label) && isExternalUser(event)
  return { role: trigger ? 'trigger' : 'consequence', context, label }
}

/** Whether reading the fields again gives the labelling: roles that people gave otherwise, and custom resources of other events, are lost in them. */
export function isExact(event: AuditEvent, labelling: Labelling | null): boolean {
  const back = fromReference(event, toReference(event, labelling))
  return JSON.stringify(parts(back)) === JSON.stringify(parts(labelling))
}

function parts(labelling: Labelling | null): unknown {
  const label = labelling?.label
  return labelling && [labelling.role, labelling.context, label && [label.group, label.resource, label.subresource, label.verb, label.namespaced, label.single]]
}

function namesOf(event: AuditEvent): LabelRegistry {
  const registry = new LabelRegistry()
  const ref = event.objectRef
  if (ref?.resource) resourceIds(ref.apiGroup, ref.resource, ref.subresource ?? '', registry)
  return registry
}
