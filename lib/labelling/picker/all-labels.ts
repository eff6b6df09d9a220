import type { ActionLabel } from '@/lib/labels/action-label'
import { makeLabel } from '@/lib/labels/codec'
import { findEntry, RESOURCE_TABLE } from '@/lib/labels/resource-table'
import type { VerbClass } from '@/lib/labels/verbs'
import { verbsOf } from '../equivalent/equivalent'

/** A kind of object, or a part of one, that actions are done to. */
export interface LabelledKind { readonly group: string; readonly resource: string; readonly subresource: string; readonly namespaced: boolean }

/** Every label that can be given: all verbs on all kinds that Kubernetes serves, and on those of a log's own that the table lacks. */
export function allLabels(kinds: Iterable<LabelledKind> = []): ActionLabel[] {
  const custom = new Map<string, LabelledKind>()
  for (const kind of kinds) if (kind.resource !== '' && findEntry(kind.group, kind.resource, kind.subresource) === null) custom.set(JSON.stringify([kind.group, kind.resource, kind.subresource]), kind)
  return [...custom.values(), ...RESOURCE_TABLE].flatMap((kind) => verbsOf(kind).flatMap((verb) => labelsOf(kind, verb)))
}

/** One object or many; a namespaced kind also across all namespaces. Creating always makes one. */
function labelsOf(kind: LabelledKind, verb: VerbClass): ActionLabel[] {
  const scopes = kind.namespaced && verb !== 'create' && verb !== 'patch' ? [true, false] : [kind.namespaced]
  const numbers = verb === 'create' ? [true] : [true, false]
  return scopes.flatMap((namespaced) => numbers.map((single) => makeLabel({ group: kind.group, resource: kind.resource, subresource: kind.subresource, verb, namespaced, single })))
}
