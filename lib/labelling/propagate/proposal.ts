import type { ActionLabel } from '@/lib/labels/action-label'
import { labelKey } from '@/lib/labels/label-key'
import { ROLES, type Role, type SuggestionColumns } from '../types'

/** What somebody just said of a request. */
export interface Given {
  readonly request: number
  readonly role: Role
  readonly label: ActionLabel | null
  readonly context: string | null
}

/** The same for requests that belong with it: shown, and written only when somebody takes it. */
export interface Proposal {
  /** Whose label it is. */
  readonly from: number
  readonly role: Role
  readonly label: ActionLabel | null
  readonly context: string | null
  readonly requests: readonly number[]
  readonly reason: string
}

/** Suggestions, and which requests they put into one context (by index into `contexts`, in the order of the log). */
export interface Suggested {
  readonly columns: SuggestionColumns
  readonly members: ReadonlyMap<number, readonly number[]>
}

/**
 * What a label proposes for the rest of the suggested context, as far as that is open. A trigger's label goes to what is linked to it. A member that was
 * corrected takes along those that were suggested the same; where it turns out to be background, only those that the same link led there. A label given
 * as it was suggested proposes nothing: the context can be accepted as it stands.
 */
export function proposalAfter({ columns, members }: Suggested, given: Given, isOpen: (request: number) => boolean): Proposal | null {
  const { request } = given
  const context = columns.context[request] ?? -1
  const rest = (members.get(context) ?? []).filter((one) => one !== request && isOpen(one))
  const consequences = rest.filter((one) => columns.role[one] === CONSEQUENCE)
  if (given.role === 'trigger') return given.label === null ? null : proposal(given, 'consequence', consequences, 'Linked to a trigger that bears this label')
  if (columns.role[request] !== CONSEQUENCE || !isCorrected(columns, given)) return null
  const alike = consequences.filter((one) => columns.label[one] === columns.label[request])
  if (given.role === 'consequence') return proposal(given, 'consequence', alike, 'Suggested for the same context as a request that was corrected to this label')
  return proposal(given, given.role, alike.filter((one) => columns.ref[one] === columns.ref[request] && columns.origin[one] === columns.origin[request]), 'Put into its context by the same evidence as a request that was corrected')
}

const CONSEQUENCE = ROLES.indexOf('consequence')

function isCorrected(columns: SuggestionColumns, { request, role, label, context }: Given): boolean {
  const suggested = columns.labels[columns.label[request] ?? -1]
  if (role !== 'consequence') return true
  return (suggested ? labelKey(suggested) : '') !== (label ? labelKey(label) : '') || (context !== null && columns.contexts[columns.context[request] ?? -1] !== context)
}

function proposal({ request: from, label, context }: Given, role: Role, requests: readonly number[], reason: string): Proposal | null {
  return requests.length === 0 ? null : { from, role, label, context, requests, reason }
}
