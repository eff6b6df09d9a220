import type { ActionLabel } from '@/lib/labels/action-label'
import type { VerbClass } from '@/lib/labels/verbs'
import { verbsOf } from '@/lib/labelling/equivalent/equivalent'
import { requestAt } from './log-index'
import type { LabelState } from './model'
import { labelOf } from './standing'
import { suggestionOf } from './suggestions'

/** The label whose verb is changed: the one that stands, else the one suggested. */
export function verbBase(state: LabelState, request: number): ActionLabel | null {
  return labelOf(state, request).label ?? suggestionOf(state.suggestions, request)?.label ?? null
}

/** The verbs that the cursor's line may have instead. */
export function verbsAt(state: LabelState): readonly VerbClass[] {
  const base = verbBase(state, requestAt(state.log, state.cursor))
  return base === null ? [] : verbsOf(base)
}
