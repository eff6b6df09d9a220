import type { BatchLine, LabelBatch, RequestLabel } from '@/lib/labelling/types'
import { applyStep } from './apply-step'
import type { Conflict, LabelState, Pending, Trace } from './model'
import type { Plan } from './plan-act'
import { labelOf } from './standing'

/** Strokes kept for the rate. */
const STROKES = 2000
/** Acts whose undo shows at once; older ones show when the server has answered. */
const TRACES = 500

const NO_EFFECTS: ReadonlyMap<number, RequestLabel> = new Map()

/** Puts an act behind those that wait for the server, and shows what it will have done. */
export function enqueueAct(state: LabelState, plan: Plan, stamp: { id: string; at: number }): LabelState {
  const at = new Date(stamp.at).toISOString()
  const before = new Map<number, RequestLabel>()
  const after = new Map<number, RequestLabel>()
  for (const step of plan.steps) {
    const now = after.get(step.request) ?? labelOf(state, step.request)
    if (!before.has(step.request)) before.set(step.request, now)
    after.set(step.request, applyStep(now, step, state.annotator?.name ?? null, at))
  }
  const changes = plan.steps.map(({ request, act, suggestion }) => ({ auditID: state.log.auditIDs[request] ?? '', act, suggestion: suggestion && { ...suggestion, ref: suggestion.ref?.slice(0, 512) ?? null, reason: suggestion.reason.slice(0, 1000) }, seen: state.confirmed[request]?.newest ?? 0 }))
  const batch: LabelBatch = { id: stamp.id, kind: plan.kind, title: plan.title.slice(0, 200), assignment: state.assignment, changes }
  const line: BatchLine = { id: batch.id, kind: batch.kind, title: batch.title, actor: state.annotator?.name ?? '', changes: changes.length, at }
  const labels = plan.steps.filter(({ act }) => act.kind === 'label').length
  return {
    ...withPending(withoutDisputes(state, batch), { id: batch.id, sending: { kind: 'batch', batch }, effects: after, line }),
    undo: [line, ...state.undo],
    redo: [],
    traces: keep(state.traces, batch.id, { before, after, cursor: state.cursor }),
    strokes: labels > 0 ? [...state.strokes.slice(-STROKES), { at: stamp.at, requests: labels }] : state.strokes,
  }
}

/** Takes the newest act back, or does the one taken back last again. Where this page knows what was before, that shows at once. */
export function enqueueTakeBack(state: LabelState, kind: 'undo' | 'redo', stamp: { id: string; at: number }): LabelState {
  const [line, ...rest] = state[kind]
  if (!line) return state
  const trace = state.traces.get(line.id)
  const effects = trace ? (kind === 'undo' ? trace.before : trace.after) : NO_EFFECTS
  // What the act changed was confirmed since, so that the page's own numbers of events are older than the server's.
  const next = withPending(state, { id: stamp.id, sending: { kind, batch: line.id }, effects, line: { ...line, kind } })
  const other = kind === 'undo' ? 'redo' : 'undo'
  return { ...next, [kind]: rest, [other]: [line, ...state[other]], cursor: trace ? trace.cursor : state.cursor, selected: new Set() }
}

export function withPending(state: LabelState, pending: Pending): LabelState {
  return { ...state, pending: [...state.pending, pending], labels: overlaid(state.labels, pending.effects) }
}

/** Takes an act out of those that wait; what it changed shows as the server and the acts behind it say. */
export function withoutPending(state: LabelState, id: string): LabelState {
  const gone = state.pending.find((pending) => pending.id === id)
  if (!gone) return state
  const pending = state.pending.filter((other) => other !== gone)
  return { ...state, pending, labels: restored({ ...state, pending }, [...gone.effects.keys()]) }
}

/** Takes what the server said over. */
export function confirm(state: LabelState, labels: readonly RequestLabel[]): LabelState {
  if (labels.length === 0) return state
  const confirmed = [...state.confirmed]
  const touched: number[] = []
  for (const label of labels) {
    const request = state.index.requestOf.get(label.auditID)
    // Answers may overtake one another: the newer stays.
    if (request === undefined || (confirmed[request]?.newest ?? -1) > label.newest) continue
    confirmed[request] = label
    touched.push(request)
  }
  const next = { ...state, confirmed }
  return { ...next, labels: restored(next, touched) }
}

/** What shows of some requests: the last act that waits, or else what is confirmed. */
function restored(state: LabelState, requests: readonly number[]): readonly (RequestLabel | null)[] {
  const labels = [...state.labels]
  for (const request of requests) {
    const last = state.pending.findLast((pending) => pending.effects.has(request))
    labels[request] = last?.effects.get(request) ?? state.confirmed[request] ?? null
  }
  return labels
}

function overlaid(labels: readonly (RequestLabel | null)[], effects: ReadonlyMap<number, RequestLabel>): readonly (RequestLabel | null)[] {
  if (effects.size === 0) return labels
  const next = [...labels]
  for (const [request, label] of effects) next[request] = label
  return next
}

/** A later act of one's own on a disputed request settles that dispute. */
function withoutDisputes(state: LabelState, batch: LabelBatch): LabelState {
  if (state.conflicts.length === 0) return state
  const touched = new Set(batch.changes.filter(({ act }) => act.kind === 'label' || act.kind === 'clear').map(({ auditID }) => auditID))
  const conflicts = state.conflicts.map((conflict) => ({ ...conflict, theirs: conflict.theirs.filter(({ auditID }) => !touched.has(auditID)), batch: { ...conflict.batch, changes: conflict.batch.changes.filter(({ auditID }) => !touched.has(auditID)) } }))
  return { ...state, conflicts: conflicts.filter((conflict: Conflict) => conflict.batch.changes.length > 0) }
}

function keep(traces: ReadonlyMap<string, Trace>, id: string, trace: Trace): ReadonlyMap<string, Trace> {
  const next = new Map(traces).set(id, trace)
  const oldest = next.keys().next().value
  if (next.size > TRACES && oldest !== undefined) next.delete(oldest)
  return next
}
