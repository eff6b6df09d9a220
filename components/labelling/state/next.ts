import { labelKey } from '@/lib/labels/label-key'
import { placeOf } from './filter'
import { requestAt } from './log-index'
import type { LabelState } from './model'
import { isDue, isPersons, labelOf } from './standing'
import { suggestionOf } from './suggestions'

/** Below this a suggestion is called uncertain. */
export const UNCERTAIN = 0.9

/** The next line shown of which something is true, from the top again after the last; null if there is none. */
export function nextWhere(state: LabelState, holds: (request: number) => boolean): number | null {
  const { shown, log } = state
  const here = requestAt(log, state.cursor)
  const from = placeOf(shown, state.cursor + 1)
  for (let step = 0; step < shown.length; step++) {
    const line = shown[(from + step) % shown.length] as number
    const request = requestAt(log, line)
    if (request !== here && holds(request)) return line
  }
  return null
}

/** Where the cursor goes after an act: the next line that is due, in the order of the queue where one is asked for; it stays where none is left. */
export function nextDue(state: LabelState): number {
  if (state.order === null) return nextWhere(state, (request) => isDue(state, request)) ?? state.cursor
  const due = state.order.filter((request) => isDue(state, request))
  const request = due.find((one) => one !== requestAt(state.log, state.cursor))
  return request === undefined ? state.cursor : (state.index.firstLine[request] ?? state.cursor)
}

/** The least certain of the lines due comes first where the model told how uncertain it is; else the next that is not certain. */
export function nextUncertain(state: LabelState): number | null {
  const { uncertainty, probability } = state.suggestions?.columns ?? { uncertainty: [], probability: [] }
  const known = uncertainty.some((value) => value >= 0)
  const least = known ? quantile(uncertainty.filter((value, request) => value >= 0 && isDue(state, request)), 0.9) : 0
  return nextWhere(state, (request) => {
    if (!isDue(state, request)) return false
    const value = uncertainty[request] ?? -1
    const share = probability[request] ?? -1
    return (known && value > 0 && value >= least) || (share >= 0 && share < UNCERTAIN)
  })
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}

/** The next line on which a label that stands and the suggestion differ, or two people do. */
export function nextDisagreement(state: LabelState): number | null {
  const disputed = new Set(state.conflicts.flatMap((conflict) => conflict.theirs.map((label) => state.index.requestOf.get(label.auditID) ?? -1)))
  return nextWhere(state, (request) => disputed.has(request) || disagrees(state, request))
}

/** Whether a label by a person or a rule is another than the one suggested. */
export function disagrees(state: LabelState, request: number): boolean {
  const label = labelOf(state, request)
  if (!isPersons(label) && label.standing !== 'automatic') return false
  const suggestion = suggestionOf(state.suggestions, request)
  if (!suggestion) return false
  if (label.label === null || suggestion.label === null) return label.label !== suggestion.label || label.role !== suggestion.role
  return labelKey(label.label) !== labelKey(suggestion.label)
}
