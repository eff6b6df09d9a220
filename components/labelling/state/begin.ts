import type { LabellingLog } from '@/lib/labelling/types'
import type { LabelsAnswer } from './action'
import { filterLines, placeOf, type LineFilter } from './filter'
import { indexLog } from './log-index'
import type { LabelState } from './model'
import { nextWhere } from './next'
import { confirm } from './queue'
import { isDue } from './standing'

export interface BeginOptions {
  readonly assignment: string | null
  /** auditIDs of the assignment's sample. */
  readonly sample: readonly string[] | null
  readonly filter: LineFilter
  /** The line to begin at, by its auditID or its place in the stored log. */
  readonly at: string | null
  readonly line: number | null
}

/** The state as a page begins: the log and its labels are there, suggestions come when they are ready. */
export function beginState(log: LabellingLog, answer: LabelsAnswer, options: BeginOptions): LabelState {
  const nothing = log.auditIDs.map(() => null)
  const empty: LabelState = {
    log, index: indexLog(log), assignment: options.assignment, sample: null, annotator: answer.annotator ?? null, confirmed: nothing, labels: nothing, newest: answer.newest, suggestions: null,
    filter: options.filter, shown: new Int32Array(0), cursor: 0, anchor: null, selected: new Set(), pending: [], conflicts: [], rejected: [], undo: answer.undo ?? [], redo: answer.redo ?? [],
    traces: new Map(), last: null, offer: null, order: null, strokes: [], said: { text: '', count: 0 },
  }
  const sampled = options.sample === null ? empty : { ...empty, sample: new Set(options.sample.flatMap((id) => empty.index.requestOf.get(id) ?? [])) }
  const known = confirm(sampled, answer.labels)
  const state = { ...known, shown: filterLines(known, options.filter) }
  return { ...state, cursor: firstCursor(state, options) }
}

/** The line that the address names, or else the first one that waits for a label. */
function firstCursor(state: LabelState, { at, line }: BeginOptions): number {
  const asked = at === null ? undefined : state.index.requestOf.get(at)
  if (asked !== undefined) return state.index.firstLine[asked] ?? 0
  const placed = line === null ? -1 : state.log.seq.indexOf(line)
  if (placed >= 0) return placed
  const first = state.shown[0] ?? 0
  const request = state.log.request[first]
  if (request === undefined || isDue(state, request)) return first
  return nextWhere({ ...state, cursor: first }, (one) => isDue(state, one)) ?? state.shown[placeOf(state.shown, first)] ?? 0
}
