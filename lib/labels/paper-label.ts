import type { AuditEvent, ObjectRef } from '@/lib/audit/event'
import { packCode } from './codec'
import type { ActionLabel } from './action-label'
import { EXTERNAL_GROUP, PAPER_TABLE, verbClassesOf } from './resource-table'
import type { ResourceEntry } from './resource-table'
import { VERB_CLASS_IDS, verbClass } from './verbs'

/** Integers that stand for no label in the paper's files; -3 marks lines too near an end of the log to get all votes. */
export const PAPER_SPECIAL = { unknown: -1, ignore: -2, boundary: -3 } as const

export type PaperProposal =
  | { readonly kind: 'label'; readonly label: ActionLabel }
  | { readonly kind: 'unknown' | 'ignore'; readonly reason: string }

/** Namespaces of the authors' own cluster tools, left out of the paper's labels by name. */
const IGNORED_NAMESPACES = new Set(['falco', 'kube-flannel'])

const knownGroups = new Set(PAPER_TABLE.map((entry) => entry.group))
const nameOf = (group: string, version: string | null, resource: string, subresource: string | null) =>
  `${group}\n${version ?? ''}\n${resource}\n${subresource ?? ''}`
const byExactName = new Map(PAPER_TABLE.map((entry) => [nameOf(entry.group, entry.paperVersion, entry.resource, entry.subresource), entry]))
const externalEntry = PAPER_TABLE.find((entry) => entry.resource === 'externalcrd')

function paperEntry(ref: ObjectRef): ResourceEntry | undefined {
  if (!knownGroups.has(ref.apiGroup) || ref.apiGroup === EXTERNAL_GROUP) return externalEntry
  return byExactName.get(nameOf(ref.apiGroup, ref.apiVersion, ref.resource ?? '', ref.subresource))
}

function ignoredBecause(event: AuditEvent): string | null {
  const segments = (event.requestURI ?? '').split('?')[0]?.split('/').filter(Boolean) ?? []
  if (segments[0] !== 'api' && segments[0] !== 'apis') return 'the URI is outside /api and /apis'
  if (segments.length <= 2) return 'the URI names no resource'
  const namespace = event.objectRef?.namespace ?? ''
  return IGNORED_NAMESPACES.has(namespace) ? `namespace ${namespace} is left out` : null
}

/**
 * f_A of the paper to the letter: its 98 rows, exact group, version and name. What looks odd is
 * the paper's: a namespace counts as namespaced (its events carry its own name as namespace); a
 * create is single only if objectRef has a name; every group outside the table is the one custom
 * resource 666, and 667 (`externalcrdwithns`) is never given; a known group with another version,
 * or a resource newer than the table (autoscaling/v1, flowcontrol v1, pods/resize), is unknown.
 * Verbs are checked by pair: get allows list, update allows patch, delete allows deletecollection.
 * Two departures, neither visible in a label: the event is not written to, and a verb outside the
 * eight is unknown where the paper's program stops.
 */
export function paperLabel(event: AuditEvent): PaperProposal {
  const ref = event.objectRef
  if (ref === null) return { kind: 'unknown', reason: 'no objectRef' }
  const ignored = ignoredBecause(event)
  if (ignored !== null) return { kind: 'ignore', reason: ignored }
  const entry = paperEntry(ref)
  if (!entry) return { kind: 'unknown', reason: `${ref.apiGroup || 'core'}/${ref.apiVersion ?? '?'} ${ref.resource ?? '?'}${ref.subresource ? `/${ref.subresource}` : ''} is not in the table` }
  const verb = verbClass(event.verb ?? '')
  if (verb === null || !verbClassesOf(entry).includes(verb)) return { kind: 'unknown', reason: `the table does not allow ${event.verb ?? 'no verb'} on ${entry.resource}` }
  const namespaced = Boolean(ref.namespace)
  const single = Boolean(ref.name)
  const code = packCode({ id: entry.id, sub: entry.sub, namespaced, single, verb: VERB_CLASS_IDS[verb] })
  return { kind: 'label', label: { group: entry.group, resource: entry.resource, subresource: entry.subresource, verb, namespaced, single, code } }
}

/** The integer the paper's files would hold: a label's code, -1 unknown or -2 ignore. */
export function paperCode(event: AuditEvent): number {
  const proposal = paperLabel(event)
  return proposal.kind === 'label' ? proposal.label.code : PAPER_SPECIAL[proposal.kind]
}
