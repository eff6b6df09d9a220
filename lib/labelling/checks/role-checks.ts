import type { LogFacts } from './facts'
import type { Check, Place, StandingLabel } from './types'

/** One place for each labelled request that `tell` has something to say about. */
function standing(facts: LogFacts, tell: (label: StandingLabel, request: number, line: number) => string | null): Place[] {
  return facts.input.labels.flatMap((label, request) => {
    const line = facts.lineOf(request)
    const note = label === null || line < 0 ? null : tell(label, request, line)
    return note === null ? [] : [{ line, note }]
  })
}

const outside = ({ role }: StandingLabel): boolean => role === 'background' || role === 'nonresource'
const inside = ({ role }: StandingLabel): boolean => role === 'trigger' || role === 'consequence'

export const ROLE_CHECKS: readonly Check[] = [
  {
    id: 'background-in-context', group: 'roles', severity: 'wrong',
    title: 'Background with a context or a label',
    why: 'Background is what the cluster does anyway: it belongs to nobody\'s action.',
    todo: 'Clear its context and label, or make it a consequence.',
    find: (facts) => standing(facts, (label) => (outside(label) && (label.context !== null || label.label !== null) ? `${label.role}, ${label.context === null ? 'with a label' : `in context ${label.context}`}` : null)),
  },
  {
    id: 'external-background', group: 'roles', severity: 'look',
    title: 'Background by external users',
    why: 'What somebody from outside asks of an API object is an act, however dull: a trigger.',
    todo: 'Make it a trigger with its own action as the label. If the user is a component under another name, leave it.',
    find: (facts) => standing(facts, (label, request, line) => (label.role === 'background' && facts.text('resource', line) !== '' && facts.isExternal(request) ? `by ${facts.text('user', line) || 'nobody'}` : null)),
  },
  {
    id: 'role-without-label', group: 'roles', severity: 'wrong',
    title: 'Triggers and consequences without a label or a context',
    why: 'Both bear the action that caused them; without it there is nothing to learn from them.',
    todo: 'Label them, or clear the role.',
    find: (facts) => standing(facts, (label) => (inside(label) && (label.label === null || label.context === null) ? `${label.role} without a ${label.label === null ? 'label' : 'context'}` : null)),
  },
  {
    id: 'label-without-role', group: 'roles', severity: 'look',
    title: 'Labels without a role',
    why: 'Whether it acted or followed is half of what a label says. Logs of other tools come without it.',
    todo: 'Say trigger or consequence.',
    find: (facts) => standing(facts, (label) => (label.role === null && label.label !== null ? 'no role' : null)),
  },
  {
    id: 'nonresource-object', group: 'roles', severity: 'wrong',
    title: 'Requests for objects called non-resource, and the other way round',
    why: 'Health checks, discovery and metrics are for no API object; the log says which requests are for one.',
    todo: 'Take the role that the request has.',
    find: (facts) => standing(facts, (label, _, line) => {
      const object = facts.text('resource', line)
      if (label.role === 'nonresource' && object !== '') return `called non-resource, is for ${object}`
      return inside(label) && object === '' ? `called ${label.role}, is for no API object` : null
    }),
  },
]
