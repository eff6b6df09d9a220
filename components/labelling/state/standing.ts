import type { LabelStanding, RequestLabel } from '@/lib/labelling/types'
import type { LabelState } from './model'

/** Nothing said of a request yet. */
export function blankLabel(auditID: string): RequestLabel {
  return { auditID, newest: 0, standing: 'unlabelled', role: null, label: null, context: null, actor: null, flagged: false, skipped: false, comments: 0, at: null }
}

export function labelOf(state: Pick<LabelState, 'labels' | 'log'>, request: number): RequestLabel {
  return state.labels[request] ?? blankLabel(state.log.auditIDs[request] ?? '')
}

export function standingOf(state: LabelState, request: number): LabelStanding {
  const standing = state.labels[request]?.standing ?? 'unlabelled'
  return standing === 'unlabelled' && (state.suggestions?.columns.role[request] ?? -1) >= 0 ? 'suggested' : standing
}

/** Whether nobody and no rule has labelled a request. */
export function isOpen(state: LabelState, request: number): boolean {
  return (state.labels[request]?.standing ?? 'unlabelled') === 'unlabelled'
}

/** Whether a person has to look at a request still: open, and not put off. */
export function isDue(state: LabelState, request: number): boolean {
  const label = state.labels[request]
  if (state.sample && !state.sample.has(request)) return false
  return !label || (label.standing === 'unlabelled' && !label.skipped)
}

export function isPersons(label: RequestLabel): boolean {
  return label.standing === 'labelled' || label.standing === 'reviewed'
}
