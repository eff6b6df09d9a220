import type { LabelBatch } from '@/lib/labelling/types'
import type { Action, LabelsAnswer } from './action'
import { filterLines, isFiltered, placeOf } from './filter'
import type { LabelState } from './model'
import { extendTo, moveTo, moveTarget, toggleLine } from './moves'
import { nextDue } from './next'
import { offerAfter } from './offer'
import { pendingOf } from './pending-of'
import { planAct } from './plan-act'
import { confirm, enqueueAct, enqueueTakeBack, withoutPending, withPending } from './queue'
import { indexSuggestions } from './suggestions'
import { movesOn } from './user-act'

/** The state after something happened. */
export function reduce(state: LabelState, action: Action): LabelState {
  switch (action.type) {
    case 'move': return moveTo(state, moveTarget(state, action.move), action.move)
    case 'extend': return extendTo(state, moveTarget(state, action.move))
    case 'toggle': return toggleLine(state, action.line)
    case 'clear-selection': return state.selected.size === 0 && state.offer === null ? state : { ...state, selected: new Set(), anchor: null, offer: null }
    case 'act': return act(state, action)
    case 'undo':
    case 'redo': return takeBack(state, action)
    case 'withdraw-offer': return { ...state, offer: null }
    case 'filter': return filtered({ ...state, filter: action.filter })
    case 'order': return { ...state, order: action.order }
    case 'suggestions': return suggested({ ...state, suggestions: action.columns ? indexSuggestions(action.columns) : null })
    case 'labels': return heard(state, action.answer)
    case 'resumed': return action.pending.reduce((next, pending) => (next.pending.some(({ id }) => id === pending.id) ? next : withPending(next, pending)), state)
    // Others may have acted between: only an answer to "what is new" says up to where all is known.
    case 'acknowledged': return { ...heard(withoutPending(state, action.id), action.answer), newest: state.newest }
    case 'refused': return refused(state, action)
    case 'rejected': return rejected(state, action)
    case 'dismiss': return { ...state, rejected: state.rejected.filter(({ pending }) => pending.id !== action.id) }
    case 'instead': return sentInstead(state, action)
    case 'settle': return settled(state, action)
    case 'say': return say(state, action.text)
  }
}

export function say(state: LabelState, text: string): LabelState {
  return { ...state, said: { text, count: state.said.count + 1 } }
}

function act(state: LabelState, action: Extract<Action, { type: 'act' }>): LabelState {
  const plan = planAct(state, action.act)
  if (plan.steps.length === 0) {
    const next = plan.said === '' ? state : say(state, plan.said)
    // What is labelled already needs no act: the key goes on to the next line.
    return action.act.kind === 'accept' && plan.said === '' ? { ...next, cursor: nextDue(next), anchor: null } : next
  }
  const done = enqueueAct(state, plan, action)
  const next: LabelState = { ...done, last: plan.last ?? state.last, offer: offerAfter(done, action.act, plan), selected: movesOn(action.act) ? new Set() : done.selected, anchor: null, said: { text: plan.said, count: state.said.count + 1 } }
  if (!movesOn(action.act)) return next
  const cursor = nextDue(next)
  return cursor === next.cursor ? say(next, 'No line that is shown waits for a label any more.') : { ...next, cursor }
}

function takeBack(state: LabelState, action: Extract<Action, { type: 'undo' | 'redo' }>): LabelState {
  const line = state[action.type][0]
  if (!line) return say(state, action.type === 'undo' ? 'There is nothing to undo on this data set.' : 'There is nothing to redo.')
  return say({ ...enqueueTakeBack(state, action.type, action), offer: null, anchor: null }, `${action.type === 'undo' ? 'Undone' : 'Redone'}: ${line.title}.`)
}

/** Asks the filter anew; the cursor stays where it is, or goes to the nearest line that passes. */
function filtered(state: LabelState): LabelState {
  const shown = filterLines(state, state.filter)
  if (shown.length === 0) return { ...state, shown }
  const place = Math.min(placeOf(shown, state.cursor), shown.length - 1)
  return { ...state, shown, cursor: shown[place] as number, anchor: null }
}

/** What is suggested decides what passes: lines are chosen anew where the filter asks for it. */
function suggested(state: LabelState): LabelState {
  return isFiltered(state.filter) ? filtered(state) : state
}

function heard(state: LabelState, answer: LabelsAnswer): LabelState {
  const next = { ...confirm(state, answer.labels), newest: Math.max(state.newest, answer.newest), annotator: answer.annotator === undefined ? state.annotator : answer.annotator }
  // The server's stacks do not know of acts that wait: they are taken over when none does.
  return answer.undo && answer.redo && next.pending.length === 0 ? { ...next, undo: answer.undo, redo: answer.redo } : next
}

function refused(state: LabelState, action: Extract<Action, { type: 'refused' }>): LabelState {
  const pending = state.pending.find(({ id }) => id === action.id)
  if (!pending) return state
  const next = confirm(withoutPending(state, action.id), action.theirs)
  const { sending } = pending
  if (sending.kind !== 'batch') return say({ ...next, rejected: [...next.rejected, { pending, instead: { ...sending, changed: 'leave' }, message: `${sending.kind === 'undo' ? 'Undo' : 'Redo'} stopped: ${action.theirs[0]?.actor ?? 'another person'} has labelled ${action.theirs.length} of its requests since.` }] }, '')
  return { ...next, undo: next.undo.filter(({ id }) => id !== action.id), conflicts: [...next.conflicts, { batch: sending.batch, theirs: action.theirs }] }
}

function rejected(state: LabelState, action: Extract<Action, { type: 'rejected' }>): LabelState {
  const pending = state.pending.find(({ id }) => id === action.id)
  if (!pending) return state
  const next = withoutPending(state, action.id)
  return { ...next, undo: next.undo.filter(({ id }) => id !== action.id), rejected: [...next.rejected, { pending, message: action.message, instead: null }] }
}

/** Takes back, or does again, what nobody else has changed since; otherwise the act would bar the way to all before it. */
function sentInstead(state: LabelState, action: Extract<Action, { type: 'instead' }>): LabelState {
  const refusal = state.rejected.find(({ pending }) => pending.id === action.rejected)
  if (!refusal?.instead || refusal.instead.kind === 'batch') return state
  const { line } = refusal.pending
  const [from, to] = refusal.instead.kind === 'undo' ? ['undo', 'redo'] as const : ['redo', 'undo'] as const
  const others = (side: typeof from | typeof to) => state[side].filter(({ id }) => id !== line.id)
  const next = { ...state, rejected: state.rejected.filter((other) => other !== refusal), [from]: others(from), [to]: [line, ...others(to)] }
  return withPending(next, { id: action.id, sending: refusal.instead, effects: new Map(), line })
}

/** Sends a refused act again under a new id, without what keeps theirs, and with what the reader has seen by now. */
function settled(state: LabelState, action: Extract<Action, { type: 'settle' }>): LabelState {
  const conflict = state.conflicts.find(({ batch }) => batch.id === action.batch)
  if (!conflict) return state
  const next = { ...state, conflicts: state.conflicts.filter((other) => other !== conflict) }
  const seen = new Map(conflict.theirs.map((label) => [label.auditID, label.newest]))
  const changes = conflict.batch.changes
    .filter(({ auditID }) => !seen.has(auditID) || action.mine.has(auditID))
    .map((change) => ({ ...change, seen: seen.get(change.auditID) ?? change.seen }))
  if (changes.length === 0) return say(next, 'Theirs is kept.')
  const batch: LabelBatch = { ...conflict.batch, id: action.id, changes }
  return resend(next, batch, new Date(action.at).toISOString())
}

function resend(state: LabelState, batch: LabelBatch, at: string): LabelState {
  const pending = pendingOf(state, batch, at)
  return { ...withPending(state, pending), undo: [pending.line, ...state.undo], redo: [] }
}
