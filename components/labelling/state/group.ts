import { placeOf } from './filter'
import { requestAt } from './log-index'
import type { LabelState } from './model'
import { isOpen } from './standing'

/** Requests that one key labels together. */
export interface Group {
  /** A context with its trigger, or a run of lines that no user's action caused. */
  readonly kind: 'context' | 'run'
  /** All of it, labelled or not, in the order of the log. */
  readonly requests: readonly number[]
  /** Those that are still to be labelled. */
  readonly open: readonly number[]
}

/** Lines that a run has at most: as many as a reader can look over before the key. */
const LONGEST_RUN = 200

/** What a request is suggested to belong to: its context, or else the run of lines around it with the same suggestion. */
export function groupOf(state: LabelState, request: number): Group | null {
  const index = state.suggestions
  const context = index?.columns.context[request] ?? -1
  if (!index || (index.columns.role[request] ?? -1) < 0) return null
  const requests = context >= 0 ? (index.members.get(context) ?? []) : runOf(state, request)
  return { kind: context >= 0 ? 'context' : 'run', requests, open: requests.filter((one) => isOpen(state, one)) }
}

/** From the line on: the lines shown that are suggested the same, over lines that are labelled already, to the first that is suggested another thing. */
function runOf(state: LabelState, request: number): number[] {
  const { role, label } = state.suggestions?.columns ?? { role: [], label: [] }
  const found = new Set([request])
  for (let place = placeOf(state.shown, state.cursor); place < state.shown.length && found.size < LONGEST_RUN; place++) {
    const other = requestAt(state.log, state.shown[place] as number)
    if (found.has(other) || !isOpen(state, other)) continue
    if (role[other] !== role[request] || label[other] !== label[request]) break
    found.add(other)
  }
  return [...found]
}
