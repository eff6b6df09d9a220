import { placeOf } from './filter'
import { requestAt } from './log-index'
import type { LabelState } from './model'

/** The next or previous line shown that is suggested for another context than the cursor's; null where there is none. */
export function stepContext(state: LabelState, by: 1 | -1): number | null {
  const { shown, log } = state
  const contexts = state.suggestions?.columns.context ?? []
  const here = contexts[requestAt(log, state.cursor)] ?? -1
  for (let place = placeOf(shown, state.cursor) + by; place >= 0 && place < shown.length; place += by) {
    const line = shown[place] as number
    const context = contexts[requestAt(log, line)] ?? -1
    if (context >= 0 && context !== here) return line
  }
  return null
}
