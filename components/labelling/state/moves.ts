import type { Move } from './action'
import { placeOf } from './filter'
import { requestAt } from './log-index'
import type { LabelState } from './model'
import { nextDisagreement, nextUncertain, nextWhere } from './next'
import { isDue } from './standing'

/** The line that a move leads to, null where there is none. */
export function moveTarget(state: LabelState, move: Move): number | null {
  const { shown, cursor } = state
  switch (move.kind) {
    case 'by': return by(shown, cursor, move.lines)
    case 'to': return move.line >= 0 && move.line < state.log.lines ? move.line : null
    case 'first': return shown[0] ?? null
    case 'last': return shown.at(-1) ?? null
    case 'unlabelled': return nextWhere(state, (request) => isDue(state, request))
    case 'uncertain': return nextUncertain(state)
    case 'disagreement': return nextDisagreement(state)
  }
}

function by(shown: Int32Array, cursor: number, lines: number): number | null {
  const place = placeOf(shown, cursor)
  // From a line that the filter leaves out, the first step down leads to the next that passes.
  const from = shown[place] === cursor || lines < 0 ? place : place - 1
  return shown[Math.max(0, Math.min(shown.length - 1, from + lines))] ?? null
}

const NONE: Readonly<Partial<Record<Move['kind'], string>>> = {
  unlabelled: 'Every line that is shown bears a label.',
  uncertain: 'No suggestion is uncertain any more.',
  disagreement: 'No label differs from its suggestion.',
}

export function moveTo(state: LabelState, line: number | null, move: Move): LabelState {
  if (line === null) return { ...state, said: { text: NONE[move.kind] ?? '', count: state.said.count + 1 } }
  if (line === state.cursor && state.anchor === null && state.selected.size === 0) return state
  // A selection stays while the reader looks around: it goes with Esc, or with the act that it is for.
  return { ...state, cursor: line, anchor: null }
}

/** Selects all requests from where the range began to the line. */
export function extendTo(state: LabelState, line: number | null): LabelState {
  if (line === null) return state
  const anchor = state.anchor ?? state.cursor
  const [from, to] = [placeOf(state.shown, Math.min(anchor, line)), placeOf(state.shown, Math.max(anchor, line))]
  const selected = new Set<number>()
  for (let place = from; place <= to && place < state.shown.length; place++) selected.add(requestAt(state.log, state.shown[place] as number))
  return { ...state, cursor: line, anchor, selected }
}

export function toggleLine(state: LabelState, line: number): LabelState {
  const request = requestAt(state.log, line)
  const selected = new Set(state.selected)
  if (!selected.delete(request)) selected.add(request)
  return { ...state, selected, cursor: line, anchor: line }
}
