import { makeLabel } from '@/lib/labels/codec'
import type { VerbClass } from '@/lib/labels/verbs'
import { equivalentLabel } from '@/lib/labelling/equivalent/equivalent'
import type { BatchKind, LabelAct, SuggestionOrigin } from '@/lib/labelling/types'
import { labelText } from '@/components/playground/describe-line'
import { plural } from '@/components/format/number'
import { candidatesFor, placed, type Candidate } from './candidates'
import { groupOf } from './group'
import { requestAt, textAt } from './log-index'
import type { LabelState } from './model'
import { isExternalName } from './own-label'
import { isPersons, labelOf } from './standing'
import { suggestionOf } from './suggestions'
import type { UserAct } from './user-act'
import { verbBase } from './verb-base'

/** What one request is to become. */
export interface Step {
  readonly request: number
  readonly act: LabelAct
  readonly suggestion: SuggestionOrigin | null
}

/** What an act comes to; `steps` may be none, then `said` tells why. */
export interface Plan {
  readonly kind: Exclude<BatchKind, 'undo' | 'redo'>
  readonly title: string
  readonly steps: readonly Step[]
  readonly said: string
  /** What "repeat" will do again. */
  readonly last: Candidate | null
}

const nothing = (said: string): Plan => ({ kind: 'label', title: '', steps: [], said, last: null })

/** The selected requests in the order of the log, or that of the cursor. */
export function targetsOf(state: LabelState): readonly number[] {
  return state.selected.size > 0 ? [...state.selected].sort((a, b) => a - b) : [requestAt(state.log, state.cursor)]
}

/** Turns an act into what it changes. */
export function planAct(state: LabelState, act: UserAct): Plan {
  const targets = targetsOf(state)
  switch (act.kind) {
    case 'accept': return planAccept(state, targets)
    case 'accept-group': return planGroup(state)
    case 'pick': return planPick(state, targets, candidatesFor(state, state.cursor)[act.number - 1])
    case 'label': return planLabel(state, targets, (line) => placed(state, line, act.label, { source: 'picker', ref: null, probability: null, reason: 'Chosen from all labels' }))
    case 'repeat': return planRepeat(state, targets)
    case 'verb': return planVerb(state, targets, act.verb)
    case 'background': return planBackground(state, targets)
    case 'propagate': return planOffer(state)
    case 'clear': return planMark(state, targets, { kind: 'clear' }, 'label', 'Take the label from', (request) => labelOf(state, request).standing !== 'unlabelled')
    case 'skip': return planMark(state, targets, { kind: 'skip' }, 'skip', 'Skip', () => true)
    case 'comment': return planMark(state, targets, { kind: 'comment', text: act.text }, 'comment', 'Comment on', () => act.text.trim() !== '')
    case 'flag': return planFlag(state, targets)
  }
}

const labelStep = (request: number, { role, label, context, origin }: Candidate): Step => ({ request, act: { kind: 'label', role, label, context }, suggestion: origin })

/** "create pods", or the role of what bears no label. */
export function candidateText({ label, role }: Pick<Candidate, 'label' | 'role'>): string {
  return label === null ? (role === 'nonresource' ? 'no API request' : role) : (labelText(label) ?? '')
}

/** "create pods for 12 lines"; the label is left out where they get several. */
function titled(verb: string, steps: readonly Step[]): string {
  const texts = new Set(steps.map(({ act }) => (act.kind === 'label' ? candidateText({ role: act.role, label: act.label === null ? null : makeLabel(act.label) }) : '')))
  const what = texts.size === 1 ? [...texts][0] : plural(texts.size, 'label')
  return `${verb} ${what}${steps.length > 1 ? ` for ${plural(steps.length, 'request')}` : ''}`
}

function labelled(state: LabelState, kind: Plan['kind'], verb: string, steps: readonly Step[], none: string): Plan {
  if (steps.length === 0) return nothing(none)
  const first = steps[0] as Step
  const last = first.act.kind === 'label' ? { role: first.act.role, label: first.act.label === null ? null : makeLabel(first.act.label), context: first.act.context, origin: first.suggestion ?? { source: 'repeat' as const, ref: null, probability: null, reason: '' } } : null
  return { kind, title: titled(verb, steps), steps, said: steps.length > 1 ? `${titled(verb, steps)}.` : '', last }
}

function planAccept(state: LabelState, targets: readonly number[]): Plan {
  const steps = targets.flatMap((request) => {
    const standing = labelOf(state, request)
    if (isPersons(standing)) return []
    // What a rule took is confirmed as it stands: it is what the line shows.
    if (standing.standing === 'automatic' && standing.role) return [labelStep(request, { role: standing.role, label: standing.label, context: standing.context, origin: { source: 'rule', ref: standing.actor, probability: null, reason: 'Automatic label, confirmed' } })]
    const suggestion = suggestionOf(state.suggestions, request)
    return suggestion ? [labelStep(request, suggestion)] : []
  })
  const known = targets.every((request) => isPersons(labelOf(state, request)))
  return labelled(state, 'label', 'Accept', steps, known ? '' : 'Nothing is suggested here: pick a label with 1–9, or find one with l.')
}

function planGroup(state: LabelState): Plan {
  const group = groupOf(state, requestAt(state.log, state.cursor))
  const steps = (group?.open ?? []).flatMap((request) => {
    const suggestion = suggestionOf(state.suggestions, request)
    return suggestion ? [labelStep(request, suggestion)] : []
  })
  return labelled(state, group?.kind === 'context' ? 'context' : 'label', 'Accept', steps, group ? 'All of it is labelled already.' : 'No context is suggested here.')
}

function planLabel(state: LabelState, targets: readonly number[], candidate: (line: number) => Candidate): Plan {
  return labelled(state, 'label', 'Label', targets.map((request) => labelStep(request, candidate(lineOf(state, request)))), '')
}

const lineOf = (state: LabelState, request: number): number => (requestAt(state.log, state.cursor) === request ? state.cursor : (state.index.firstLine[request] ?? 0))

function planPick(state: LabelState, targets: readonly number[], picked: Candidate | undefined): Plan {
  if (!picked) return nothing('There are not that many likely labels: find another with l.')
  // The likely label is the cursor line's; other lines get it with a role and context of their own.
  return labelled(state, 'label', 'Label', targets.map((request) => labelStep(request, applied(state, request, picked))), '')
}

/** A candidate of one line for another request; same context, as lines selected together belong together. */
function applied(state: LabelState, request: number, picked: Candidate): Candidate {
  if (request === requestAt(state.log, state.cursor) || picked.label === null) return picked
  const own = placed(state, lineOf(state, request), picked.label, picked.origin)
  return own.role === 'trigger' ? own : { ...own, context: picked.context ?? own.context }
}

function planRepeat(state: LabelState, targets: readonly number[]): Plan {
  const { last } = state
  if (last === null) return nothing('Nothing to repeat yet: r gives the label of the last act again.')
  const origin: SuggestionOrigin = { source: 'repeat', ref: null, probability: null, reason: 'The label given before' }
  const steps = targets.map((request) => {
    if (last.label === null) return labelStep(request, { ...last, origin })
    const own = placed(state, lineOf(state, request), last.label, origin)
    return labelStep(request, own.role === 'trigger' ? own : { ...own, role: 'consequence', context: last.context })
  })
  return labelled(state, 'label', 'Repeat', steps, '')
}

function planVerb(state: LabelState, targets: readonly number[], verb: VerbClass): Plan {
  const steps = targets.flatMap((request) => {
    const base = verbBase(state, request)
    const label = base && equivalentLabel(base, verb)
    return !label ? [] : [labelStep(request, placed(state, lineOf(state, request), label, { source: 'equivalent', ref: labelText(base), probability: null, reason: `The same as ${labelText(base)}, with another verb` }))]
  })
  return labelled(state, 'label', 'Label', steps, 'No label here can have that verb.')
}

function planBackground(state: LabelState, targets: readonly number[]): Plan {
  const steps = targets.map((request) => {
    const role = suggestionOf(state.suggestions, request)?.role === 'nonresource' || textAt(state.log, state.log.resource, lineOf(state, request)) === null ? 'nonresource' : 'background'
    return labelStep(request, { role, label: null, context: null, origin: { source: 'picker', ref: null, probability: null, reason: 'Set apart by hand' } })
  })
  const external = targets.some((request) => isExternalName(textAt(state.log, state.log.user, lineOf(state, request))))
  const plan = labelled(state, 'label', 'Label', steps, '')
  return external ? { ...plan, said: 'Set apart as background, though an external user sent it: Ctrl Z takes it back.' } : plan
}

function planOffer(state: LabelState): Plan {
  const { offer } = state
  if (!offer) return nothing('Nothing is offered: label a trigger, or correct a line, first.')
  const origin: SuggestionOrigin = { source: 'propagation', ref: state.log.auditIDs[offer.from] ?? null, probability: null, reason: offer.reason }
  return labelled(state, 'propagate', 'Propagate', offer.requests.map((request) => labelStep(request, { role: offer.role, label: offer.label, context: offer.context, origin })), '')
}

function planFlag(state: LabelState, targets: readonly number[]): Plan {
  const all = targets.every((request) => labelOf(state, request).flagged)
  return planMark(state, targets, { kind: all ? 'unflag' : 'flag' }, 'flag', all ? 'Unflag' : 'Flag', (request) => labelOf(state, request).flagged === all)
}

function planMark(state: LabelState, targets: readonly number[], act: LabelAct, kind: Plan['kind'], verb: string, holds: (request: number) => boolean): Plan {
  const steps = targets.filter(holds).map((request) => ({ request, act, suggestion: null }))
  return { kind, title: `${verb} ${plural(steps.length, 'request')}`, steps, said: '', last: null }
}
