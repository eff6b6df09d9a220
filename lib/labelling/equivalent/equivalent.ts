import type { ActionLabel } from '@/lib/labels/action-label'
import { makeLabel } from '@/lib/labels/codec'
import { findEntry, verbClassesOf } from '@/lib/labels/resource-table'
import { VERB_CLASSES, type VerbClass } from '@/lib/labels/verbs'

/** The verbs that a label's resource is served with, in the order of their ids; of a resource outside the table all of them. */
export function verbsOf({ group, resource, subresource }: Pick<ActionLabel, 'group' | 'resource' | 'subresource'>): readonly VerbClass[] {
  const entry = findEntry(group, resource, subresource)
  if (entry === null) return VERB_CLASSES
  const served = verbClassesOf(entry)
  return VERB_CLASSES.filter((verb) => served.includes(verb))
}

/**
 * The same label with another verb; null where Kubernetes does not serve that verb on the resource. To create is always of one object, which is in a
 * namespace where its kind is; all else stays as it is.
 */
export function equivalentLabel(label: ActionLabel, verb: VerbClass): ActionLabel | null {
  if (!verbsOf(label).includes(verb)) return null
  const { group, resource, subresource, namespaced, single } = label
  const kind = findEntry(group, resource, subresource)
  return makeLabel({ group, resource, subresource, verb, namespaced: verb === 'create' && kind ? kind.namespaced : namespaced, single: single || verb === 'create' })
}
