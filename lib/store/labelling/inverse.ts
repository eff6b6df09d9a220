import { labelPart, type EventKind, type RequestState } from './state'
import type { NewEvent } from './write-rows'

/** One request of an act that is to be taken back. */
export interface ChangedRequest {
  readonly before: RequestState
  readonly after: RequestState
  readonly now: RequestState
  /** The act's label events of this request, the oldest first. */
  readonly rows: readonly { readonly kind: EventKind; readonly comment: string | null }[]
  /** Whether another label stands now than the act had left. */
  readonly relabelled: boolean
}

/** The label events that bring back what stood before an act, and touch nothing else that came since. */
export function inverseOf(changed: readonly ChangedRequest[], ids: readonly number[]): NewEvent[] {
  let next = 0
  return changed.flatMap((request) => {
    let state = request.now
    return request.rows.toReversed().map(({ kind, comment }) => {
      const from = state.label
      const inverse = inverseRow(state, kind, request)
      state = { ...inverse.state, newest: ids[next++] as number }
      return { kind: inverse.kind, from, after: state, suggestion: null, comment: kind === 'comment' || kind === 'uncomment' ? comment : null }
    })
  })
}

function inverseRow(state: RequestState, kind: EventKind, { before, after }: ChangedRequest): { kind: EventKind; state: RequestState } {
  // A mark that the act left as it was is not its to take back.
  const flagged = before.flagged === after.flagged ? state.flagged : before.flagged
  const skipped = before.skipped === after.skipped ? state.skipped : before.skipped
  switch (kind) {
    case 'label':
    case 'clear': return { kind: before.standing === 'unlabelled' ? 'clear' : 'label', state: { ...state, ...labelPart(before), skipped } }
    case 'flag':
    case 'unflag': return { kind: flagged ? 'flag' : 'unflag', state: { ...state, flagged } }
    case 'skip':
    case 'unskip': return { kind: skipped ? 'skip' : 'unskip', state: { ...state, skipped } }
    case 'comment': return { kind: 'uncomment', state: { ...state, comments: Math.max(0, state.comments - 1) } }
    case 'uncomment': return { kind: 'comment', state: { ...state, comments: state.comments + 1 } }
  }
}
