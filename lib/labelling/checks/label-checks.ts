import type { ActionLabel } from '@/lib/labels/action-label'
import { labelKey } from '@/lib/labels/label-key'
import { findEntry } from '@/lib/labels/resource-table'
import { verbClass } from '@/lib/labels/verbs'
import type { ContextFacts, LogFacts } from './facts'
import { labelWords } from './words'
import type { Check, Place } from './types'

const WRITES = new Set(['create', 'delete', 'patch'])

/** One place for each request with a label that `tell` has something to say about. */
function labelled(facts: LogFacts, tell: (label: ActionLabel, request: number) => string | null): Place[] {
  return facts.input.labels.flatMap((standing, request) => {
    const note = standing?.label && facts.lineOf(request) >= 0 ? tell(standing.label, request) : null
    return note === null ? [] : [{ line: facts.lineOf(request), note }]
  })
}

export const LABEL_CHECKS: readonly Check[] = [
  {
    id: 'not-own-action', group: 'labels', severity: 'wrong',
    title: 'Triggers whose label is not their own action',
    why: 'The label of a context is what its trigger asked for: resource, sub-resource, verb class, namespaced or not, one object or many.',
    todo: 'Take the trigger\'s own action as the label, or the role from it if another request is the trigger.',
    find: (facts) => labelled(facts, (label, request) => (facts.labelOf(request)?.role === 'trigger' ? notOwnAction(facts, label, request) : null)),
  },
  {
    id: 'resource-unknown', group: 'labels', severity: 'wrong',
    title: 'Labels with a resource that their context never touches',
    why: 'The trigger acts on the resource of the label, so it stands on a line of the context.',
    todo: 'Choose the label of the context\'s trigger.',
    find: (facts) => facts.contexts.flatMap((context) => resourceUnknown(facts, context)),
  },
  {
    id: 'read-that-writes', group: 'labels', severity: 'wrong',
    title: 'Reads with writes as consequences',
    why: 'Reading or watching changes nothing, so no controller answers it with a write. Reviews of access are not counted.',
    todo: 'Find the write that really caused it, and move the request into its context.',
    find: (facts) => facts.contexts.flatMap((context) => readThatWrites(facts, context)),
  },
  {
    id: 'not-served', group: 'labels', severity: 'wrong',
    title: 'Labels that Kubernetes does not serve',
    why: 'The resource is known, and this verb is not among those it takes: nobody can have done it with success.',
    todo: 'Choose another verb. A request that was refused for it keeps its label: then leave it.',
    find: (facts) => labelled(facts, notServed),
  },
  {
    id: 'wrong-scope', group: 'labels', severity: 'wrong',
    title: 'Labels in a namespace for a resource that has none',
    why: 'Nodes, namespaces, roles of the cluster and their like lie in no namespace.',
    todo: 'Take "namespaced" from the label.',
    find: (facts) => labelled(facts, (label) => {
      const entry = findEntry(label.group, label.resource, label.subresource)
      return label.namespaced && entry !== null && !entry.namespaced ? `${labelWords(label)} is labelled as namespaced` : null
    }),
  },
  {
    id: 'component-trigger', group: 'labels', severity: 'look',
    title: 'Triggers by components of the cluster',
    why: 'A trigger is an act from outside: a person, a client, a workload. What the control plane and kubelets do follows from something, or is background.',
    todo: 'Call it a consequence or background. Where the name is a person\'s after all, leave it.',
    find: (facts) => facts.input.labels.flatMap((standing, request) => {
      if (standing?.role !== 'trigger' || facts.lineOf(request) < 0 || facts.isExternal(request)) return []
      return [{ line: facts.lineOf(request), note: `by ${facts.text('user', facts.lineOf(request))}` }]
    }),
  },
]

function notOwnAction(facts: LogFacts, label: ActionLabel, request: number): string | null {
  const proposal = facts.proposalOf(request)
  if (proposal.kind !== 'label') return `labelled ${labelWords(label)}, but ${proposal.reason}`
  const own = proposal.label
  if (labelKey(own) === labelKey(label)) return null
  const parts = (['resource', 'subresource', 'verb', 'namespaced', 'single'] as const).filter((part) => own[part] !== label[part])
  return `labelled ${labelWords(label)}, but asks to ${labelWords(own)} (${parts.join(', ')})`
}

function resourceUnknown(facts: LogFacts, { id, members }: ContextFacts): Place[] {
  const touched = new Set(members.flatMap((request) => facts.linesOf(request)).map((line) => facts.text('resource', line)))
  const shown = new Set<string>()
  return members.flatMap((request) => {
    const label = facts.labelOf(request)?.label
    if (!label || touched.has(label.resource) || shown.has(label.resource)) return []
    shown.add(label.resource)
    return [{ line: facts.lineOf(request), note: `context ${id} is ${labelWords(label)} and touches ${[...touched].filter((one) => one !== '').slice(0, 4).join(', ') || 'no resource'}` }]
  })
}

function readThatWrites(facts: LogFacts, { id, members, triggers }: ContextFacts): Place[] {
  const [trigger] = triggers
  const label = trigger === undefined ? null : facts.labelOf(trigger)?.label
  // exec, attach and their like are asked for by get and do much.
  if (!label || WRITES.has(label.verb) || label.subresource !== '') return []
  return members.flatMap((request) => {
    const line = facts.lineOf(request)
    const verb = verbClass(facts.text('verb', line)) ?? ''
    if (facts.labelOf(request)?.role !== 'consequence' || !WRITES.has(verb) || facts.text('resource', line).endsWith('reviews')) return []
    return [{ line, note: `${facts.text('verb', line)} ${facts.text('resource', line)} in context ${id}, which is ${labelWords(label)}` }]
  })
}

function notServed(label: ActionLabel): string | null {
  const entry = findEntry(label.group, label.resource, label.subresource)
  return entry === null || entry.verbs.some((verb) => verbClass(verb) === label.verb) ? null : `${labelWords(label)}: served are ${entry.verbs.join(', ')}`
}
