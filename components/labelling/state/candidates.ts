import { contextId } from '@/lib/contexts/context-id'
import type { ActionLabel } from '@/lib/labels/action-label'
import { labelKey } from '@/lib/labels/label-key'
import { ROLES, type Role, type SuggestionOrigin } from '@/lib/labelling/types'
import { requestAt, textAt } from './log-index'
import type { LabelState } from './model'
import { isExternalName, ownLabel } from './own-label'
import { labelOf } from './standing'
import { suggestionOf } from './suggestions'

/** A label that one key gives, with where it comes from. */
export interface Candidate {
  readonly role: Role
  readonly label: ActionLabel | null
  readonly context: string | null
  readonly origin: SuggestionOrigin
}

const MOST = 9
const TRIGGER = ROLES.indexOf('trigger')
/** How far back users' actions are looked for. */
const LINES_BACK = 2000

/**
 * Likely labels of a line, the likeliest first, at most nine: the suggestion, what else the model held likely, the line's own action, and what
 * users did shortly before. Each label stands once.
 */
export function candidatesFor(state: LabelState, line: number): Candidate[] {
  const request = requestAt(state.log, line)
  const found = new Map<string, Candidate>()
  const add = (candidate: Candidate): void => {
    const key = candidate.label === null ? candidate.role : labelKey(candidate.label)
    if (!found.has(key)) found.set(key, candidate)
  }
  const suggestion = suggestionOf(state.suggestions, request)
  if (suggestion) add(suggestion)
  for (const { label, probability } of suggestion?.others ?? []) add(placed(state, line, label, { source: 'model', ref: state.suggestions?.columns.source.model ?? null, probability, reason: 'Likely too, says the model' }))
  const own = ownLabel(state.log, line)
  if (own) add(placed(state, line, own, { source: 'rule', ref: 'own-action', probability: null, reason: 'The action of this line itself' }))
  for (const trigger of triggersBefore(state, line)) {
    if (found.size >= MOST) break
    add(trigger)
  }
  return [...found.values()].slice(0, MOST)
}

/** Users' actions before a line as labels for it, the latest first. */
function* triggersBefore(state: LabelState, line: number): Generator<Candidate> {
  for (let before = line - 1; before >= 0 && line - before <= LINES_BACK; before--) {
    const trigger = triggerAt(state, before)
    if (!trigger?.label) continue
    const seconds = ((state.log.at[line] ?? 0) - (state.log.at[before] ?? 0)) / 1000
    const user = textAt(state.log, state.log.user, before)
    yield { role: 'consequence', label: trigger.label, context: trigger.context, origin: { source: 'link', ref: state.log.auditIDs[requestAt(state.log, before)] ?? null, probability: null, reason: `${user ?? 'A user'} did this ${seconds.toFixed(1)} s before` } }
  }
}

/** The label and context of a line that is a trigger, by what stands or is suggested. */
function triggerAt(state: LabelState, line: number): { label: ActionLabel | null; context: string | null } | null {
  const request = requestAt(state.log, line)
  const label = state.labels[request]
  if (label?.role != null) return label.role === 'trigger' ? label : null
  return state.suggestions?.columns.role[request] === TRIGGER ? suggestionOf(state.suggestions, request) : null
}

/** A label for a line with the role and the context that go with it. */
export function placed(state: LabelState, line: number, label: ActionLabel, origin: SuggestionOrigin): Candidate {
  const request = requestAt(state.log, line)
  const suggestion = suggestionOf(state.suggestions, request)
  const own = ownLabel(state.log, line)
  const isOwn = own !== null && labelKey(own) === labelKey(label)
  if (isExternalName(textAt(state.log, state.log.user, line)) && (isOwn || suggestion?.role === 'trigger')) return { role: 'trigger', label, context: contextId(state.log.auditIDs[request] ?? ''), origin }
  return { role: 'consequence', label, context: contextBefore(state, line, label), origin }
}

/** The context of the nearest user's action of a label: the one suggested, or that of the latest such trigger before. */
function contextBefore(state: LabelState, line: number, label: ActionLabel): string | null {
  const key = labelKey(label)
  const request = requestAt(state.log, line)
  for (const known of [labelOf(state, request), suggestionOf(state.suggestions, request)]) if (known?.label && known.context !== null && labelKey(known.label) === key) return known.context
  for (let before = line - 1; before >= 0 && line - before <= LINES_BACK; before--) {
    const trigger = triggerAt(state, before)
    if (trigger?.label && labelKey(trigger.label) === key) return trigger.context
  }
  return null
}
