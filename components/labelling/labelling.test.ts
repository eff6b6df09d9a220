import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeLabel } from '@/lib/labels/codec'
import { allLabels } from '@/lib/labelling/picker/all-labels'
import { findable, findLabels } from '@/lib/labelling/picker/find-labels'
import type { LabellingLog, RequestLabel, SuggestionColumns } from '@/lib/labelling/types'
import { readAddress, writeAddress } from './address'
import { objectChanges } from './event/object-changes'
import { kindsOf } from './picker/log-kinds'
import { progressOf, rateOf } from './progress/progress-of'
import { beginState } from './state/begin'
import { candidatesFor } from './state/candidates'
import { NO_FILTER } from './state/filter'
import { groupOf } from './state/group'
import type { LabelState } from './state/model'
import { reduce } from './state/reducer'
import { standingOf } from './state/standing'
import type { UserAct } from './state/user-act'
import { KeptActs, type KeepsTexts } from './sync/kept-acts'

interface Row { readonly id: string; readonly verb: string; readonly resource: string; readonly name?: string; readonly user: string; readonly role: number; readonly context: number; readonly label: number; readonly probability?: number }

const CREATE_DEPLOYMENT = makeLabel({ group: 'apps', resource: 'deployments', verb: 'create', namespaced: true, single: true })
const LIST_PODS = makeLabel({ group: '', resource: 'pods', verb: 'get', namespaced: true, single: false })
const LABELS = [CREATE_DEPLOYMENT, LIST_PODS]

/** A user's deployment with what follows, background around it, another user's list, and a request of two stages. */
const ROWS: readonly Row[] = [
  { id: 'b1', verb: 'update', resource: 'leases', name: 'l', user: 'system:kube-scheduler', role: 2, context: -1, label: -1 },
  { id: 't1', verb: 'create', resource: 'deployments', name: 'web', user: 'anna', role: 0, context: 0, label: 0, probability: 1 },
  { id: 'c1', verb: 'create', resource: 'replicasets', name: 'web-1', user: 'system:kube-controller-manager', role: 1, context: 0, label: 0, probability: 0.97 },
  { id: 'b2', verb: 'update', resource: 'leases', name: 'l', user: 'system:kube-scheduler', role: 2, context: -1, label: -1 },
  { id: 'b3', verb: 'update', resource: 'leases', name: 'm', user: 'system:kube-scheduler', role: 2, context: -1, label: -1 },
  { id: 't2', verb: 'list', resource: 'pods', user: 'ben', role: 0, context: 1, label: 1, probability: 1 },
  { id: 'c2', verb: 'create', resource: 'pods', name: 'web-1-x', user: 'system:kube-controller-manager', role: 1, context: 0, label: 0, probability: 0.55 },
  { id: 'c2', verb: 'create', resource: 'pods', name: 'web-1-x', user: 'system:kube-controller-manager', role: 1, context: 0, label: 0, probability: 0.55 },
]

function texts(): { index: (text: string | undefined) => number; list: string[] } {
  const list: string[] = []
  return { list, index: (text) => (text === undefined ? -1 : list.includes(text) ? list.indexOf(text) : list.push(text) - 1) }
}

function logOf(rows: readonly Row[]): LabellingLog {
  const pool = texts()
  const auditIDs = [...new Set(rows.map(({ id }) => id))]
  const column = (of: (row: Row) => string | undefined): number[] => rows.map((row) => pool.index(of(row)))
  return {
    dataset: { id: 'd', name: 'd', version: 1 }, lines: rows.length, texts: pool.list, auditIDs, seq: rows.map((_, i) => i), request: rows.map(({ id }) => auditIDs.indexOf(id)),
    stage: column(() => 'ResponseComplete'), at: rows.map((_, i) => i * 100), firstMillis: 1_700_000_000_000, verb: column(({ verb }) => verb), user: column(({ user }) => user),
    group: column(({ resource }) => (resource === 'deployments' || resource === 'replicasets' ? 'apps' : '')), resource: column(({ resource }) => resource), subresource: rows.map(() => -1),
    namespace: column(({ resource }) => (resource === 'leases' ? 'kube-system' : 'shop')), name: column(({ name }) => name), code: rows.map(() => 200),
  }
}

function columnsOf(rows: readonly Row[]): SuggestionColumns {
  const first = [...new Map(rows.map((row) => [row.id, row])).values()]
  return {
    source: { reconstruction: 'r', model: 'linked', method: 'linked', at: '2026-11-23T00:00:00Z' }, labels: LABELS, contexts: ['ctx-1', 'ctx-2'], reasons: ['because'], refs: [],
    role: first.map(({ role }) => role), label: first.map(({ label }) => label), context: first.map(({ context }) => context), probability: first.map(({ probability }) => probability ?? -1),
    reason: first.map(() => 0), origin: first.map(() => 1), ref: first.map(() => -1), uncertainty: first.map(() => -1), others: first.map(() => []),
  }
}

const ANNA = { id: 'a', name: 'anna', role: 'owner' } as const

function begin(): LabelState {
  const state = beginState(logOf(ROWS), { newest: 0, labels: [], undo: [], redo: [], annotator: ANNA }, { assignment: null, sample: null, filter: NO_FILTER, at: null, line: null })
  return reduce(state, { type: 'suggestions', columns: columnsOf(ROWS) })
}

let count = 0
const act = (state: LabelState, done: UserAct): LabelState => reduce(state, { type: 'act', act: done, id: `batch-${count++}`, at: 1_700_000_000_000 + count * 1000 })
const at = (state: LabelState, id: string): LabelState => reduce(state, { type: 'move', move: { kind: 'to', line: state.index.firstLine[state.index.requestOf.get(id) ?? 0] ?? 0 } })
const cursorID = (state: LabelState): string | undefined => state.log.auditIDs[state.log.request[state.cursor] ?? -1]
const labelled = (state: LabelState): string[] => state.log.auditIDs.filter((_, request) => state.labels[request]?.standing === 'labelled')
const shownLabel = (state: LabelState, id: string): RequestLabel | null => state.labels[state.index.requestOf.get(id) ?? -1] ?? null
/** What the server would answer to the oldest act that waits. */
function acknowledge(state: LabelState, newest: number): LabelState {
  const [head] = state.pending
  if (!head) throw new Error('nothing waits')
  return reduce(state, { type: 'acknowledged', id: head.id, answer: { newest, labels: [...head.effects.values()].map((label) => ({ ...label, newest })) } })
}

describe('acts', () => {
  it('accepts a line and goes on to the next that waits, over the further stages of the same request', () => {
    let state = at(begin(), 'c2')
    state = act(state, { kind: 'accept' })
    expect(shownLabel(state, 'c2')).toMatchObject({ standing: 'labelled', role: 'consequence', context: 'ctx-1', actor: 'anna', label: { code: CREATE_DEPLOYMENT.code } })
    expect(cursorID(state)).toBe('b1')
    expect(state.pending[0]?.sending).toMatchObject({ kind: 'batch', batch: { kind: 'label', title: 'Accept create deployments', changes: [{ auditID: 'c2', seen: 0, suggestion: { source: 'link', probability: 0.55 } }] } })
  })
  it('accepts a whole context with one key, and nothing beside it', () => {
    const state = act(at(begin(), 'c1'), { kind: 'accept-group' })
    expect(labelled(state)).toEqual(['t1', 'c1', 'c2'])
    expect(state.undo[0]?.title).toBe('Accept create deployments for 3 requests')
    expect(standingOf(state, 0)).toBe('suggested')
  })
  it('takes a run of background in one key, up to the next user’s action', () => {
    const before = at(begin(), 'b2')
    expect(groupOf(before, 3)).toMatchObject({ kind: 'run', open: [3, 4] })
    const state = act(before, { kind: 'accept-group' })
    expect(labelled(state)).toEqual(['b2', 'b3'])
    expect(cursorID(state)).toBe('t2')
  })
  it('leaves what a person labelled as it is, and only goes on', () => {
    let state = act(at(begin(), 't1'), { kind: 'background' })
    expect(state.said.text).toMatch(/external user/)
    const pending = state.pending.length
    state = act(at(state, 't1'), { kind: 'accept' })
    expect(state.pending).toHaveLength(pending)
    expect(shownLabel(state, 't1')?.role).toBe('background')
    state = act(at(state, 'c1'), { kind: 'accept-group' })
    expect(shownLabel(state, 't1')?.role).toBe('background')
  })
  it('offers what users did before among the likely labels, with their context', () => {
    const state = at(begin(), 'b2')
    const likely = candidatesFor(state, state.cursor)
    expect(likely.map(({ label, role }) => label?.code ?? role)).toEqual(['background', expect.any(Number), CREATE_DEPLOYMENT.code])
    const picked = act(state, { kind: 'pick', number: 3 })
    expect(shownLabel(picked, 'b2')).toMatchObject({ role: 'consequence', context: 'ctx-1' })
    expect(act(at(state, 'b2'), { kind: 'pick', number: 9 }).said.text).toMatch(/not that many/)
  })
  it('repeats, changes the verb, flags, skips, comments and clears', () => {
    let state = act(at(begin(), 'c1'), { kind: 'accept' })
    state = act(at(state, 'b1'), { kind: 'repeat' })
    expect(shownLabel(state, 'b1')).toMatchObject({ role: 'consequence', context: 'ctx-1', label: { resource: 'deployments' } })
    state = act(at(state, 't2'), { kind: 'verb', verb: 'watch' })
    expect(shownLabel(state, 't2')?.label).toMatchObject({ resource: 'pods', verb: 'watch', single: false })
    state = act(at(state, 'b2'), { kind: 'flag' })
    expect(cursorID(state)).toBe('b2')
    state = act(state, { kind: 'skip' })
    expect(shownLabel(state, 'b2')).toMatchObject({ standing: 'unlabelled', flagged: true, skipped: true })
    state = act(at(state, 'c1'), { kind: 'clear' })
    expect(shownLabel(state, 'c1')?.standing).toBe('unlabelled')
    state = act(at(state, 'c1'), { kind: 'comment', text: 'why?' })
    expect(shownLabel(state, 'c1')?.comments).toBe(1)
  })
  it('offers a trigger’s label to its linked lines and gives it only when taken', () => {
    let state = act(at(begin(), 't1'), { kind: 'verb', verb: 'delete' })
    expect(state.offer?.requests).toEqual([2, 6].map((line) => state.log.request[line]))
    expect(labelled(state)).toEqual(['t1'])
    state = act(state, { kind: 'propagate' })
    expect(labelled(state)).toEqual(['t1', 'c1', 'c2'])
    expect(shownLabel(state, 'c2')?.label).toMatchObject({ resource: 'deployments', verb: 'delete' })
    expect(state.pending.at(-1)?.sending).toMatchObject({ batch: { kind: 'propagate', changes: [{ suggestion: { source: 'propagation', ref: 't1' } }, {}] } })
  })
  it('labels a range and several lines picked apart', () => {
    let state = at(begin(), 'b1')
    state = reduce(state, { type: 'extend', move: { kind: 'by', lines: 2 } })
    expect(state.selected.size).toBe(3)
    state = reduce(state, { type: 'toggle', line: 1 })
    state = act(state, { kind: 'accept' })
    expect(labelled(state)).toEqual(['b1', 'c1'])
    expect(state.selected.size).toBe(0)
  })
})

describe('exchange with the server', () => {
  it('shows acts before they are confirmed and keeps what stands behind them', () => {
    let state = act(at(begin(), 't2'), { kind: 'accept' })
    state = act(at(state, 't2'), { kind: 'verb', verb: 'watch' })
    state = acknowledge(state, 11)
    expect(shownLabel(state, 't2')?.label?.verb).toBe('watch')
    expect(state.pending).toHaveLength(1)
    state = acknowledge(state, 12)
    expect(state.confirmed[5]).toMatchObject({ newest: 12, label: { verb: 'watch' } })
  })
  it('takes acts back and does them again at once, as often as there are acts', () => {
    const start = begin()
    let state = act(act(at(start, 't1'), { kind: 'accept' }), { kind: 'accept' })
    const done = state.labels
    const stamp = (): { id: string; at: number } => ({ id: `u-${count++}`, at: 0 })
    state = reduce(reduce(state, { type: 'undo', ...stamp() }), { type: 'undo', ...stamp() })
    expect(labelled(state)).toEqual([])
    expect(cursorID(state)).toBe('t1')
    expect(state.redo).toHaveLength(2)
    state = reduce(reduce(state, { type: 'redo', ...stamp() }), { type: 'redo', ...stamp() })
    expect(state.labels.map((label) => label?.label?.code ?? null)).toEqual(done.map((label) => label?.label?.code ?? null))
    expect(state.pending.map(({ sending }) => sending.kind)).toEqual(['batch', 'batch', 'undo', 'undo', 'redo', 'redo'])
    expect(reduce(start, { type: 'undo', ...stamp() }).said.text).toMatch(/nothing to undo/)
  })
  it('shows both labels of a conflict and sends only what was chosen', () => {
    let state = act(at(begin(), 'c1'), { kind: 'accept-group' })
    const { id } = state.pending[0] as { id: string }
    const theirs: RequestLabel = { ...(shownLabel(state, 't1') as RequestLabel), newest: 77, actor: 'ben', label: LIST_PODS }
    state = reduce(state, { type: 'refused', id, theirs: [theirs] })
    expect(shownLabel(state, 't1')).toMatchObject({ actor: 'ben', label: { resource: 'pods' } })
    expect(labelled(state)).toEqual(['t1'])
    expect(state.conflicts).toHaveLength(1)
    expect(state.undo).toEqual([])
    const kept = reduce(state, { type: 'settle', batch: id, mine: new Set(), id: 'again', at: 0 })
    expect(kept.pending.map(({ sending }) => sending.kind === 'batch' && sending.batch.changes.map(({ auditID }) => auditID))).toEqual([['c1', 'c2']])
    const mine = reduce(state, { type: 'settle', batch: id, mine: new Set(['t1']), id: 'again', at: 0 })
    expect(mine.pending[0]?.sending).toMatchObject({ batch: { id: 'again', changes: [{ auditID: 't1', seen: 77 }, { auditID: 'c1' }, { auditID: 'c2' }] } })
    expect(shownLabel(mine, 't1')?.actor).toBe('anna')
  })
  it('takes back the rest where another has labelled a request since, so that what lies before it can be taken back too', () => {
    let state = acknowledge(act(at(begin(), 'c1'), { kind: 'accept-group' }), 10)
    const [line] = state.undo
    state = reduce(state, { type: 'undo', id: 'u1', at: 0 })
    state = reduce(state, { type: 'refused', id: 'u1', theirs: [{ ...(shownLabel(begin(), 't1') as RequestLabel), auditID: 't1', newest: 77, actor: 'ben', label: LIST_PODS }] })
    state = reduce(state, { type: 'labels', answer: { newest: 77, labels: [], undo: line ? [line] : [], redo: [] } })
    expect(state.rejected[0]?.message).toMatch(/^Undo stopped: ben has labelled 1 of its requests/)
    state = reduce(state, { type: 'instead', rejected: 'u1', id: 'u2', at: 0 })
    expect([state.rejected, state.undo, state.redo.map(({ id }) => id)]).toEqual([[], [], [line?.id]])
    expect(state.pending.map(({ id, sending }) => ({ id, sending }))).toEqual([{ id: 'u2', sending: { kind: 'undo', batch: line?.id, changed: 'leave' } }])
  })
  it('hears of others without losing what waits, and never goes back to what is older', () => {
    let state = act(at(begin(), 't2'), { kind: 'accept' })
    const other = { ...(shownLabel(state, 't2') as RequestLabel), newest: 5, actor: 'ben', label: CREATE_DEPLOYMENT }
    state = reduce(state, { type: 'labels', answer: { newest: 5, labels: [other], undo: [], redo: [] } })
    expect(shownLabel(state, 't2')?.actor).toBe('anna')
    expect(state.undo).toHaveLength(1)
    state = reduce(state, { type: 'labels', answer: { newest: 5, labels: [{ ...other, newest: 3, actor: 'carl' }] } })
    expect(state.confirmed[5]?.actor).toBe('ben')
  })
  it('an answer to one’s own act does not pass over what others did before it', () => {
    const state = acknowledge(act(at(begin(), 't2'), { kind: 'accept' }), 40)
    expect(state.newest).toBe(0)
  })
  it('ends as the server has it, whatever the order of keys and answers', () => {
    const acts: fc.Arbitrary<UserAct> = fc.oneof(fc.constant<UserAct>({ kind: 'accept' }), fc.constant<UserAct>({ kind: 'accept-group' }), fc.constant<UserAct>({ kind: 'background' }), fc.constant<UserAct>({ kind: 'flag' }), fc.constant<UserAct>({ kind: 'clear' }), fc.constant<UserAct>({ kind: 'repeat' }))
    const step = fc.oneof(fc.record({ line: fc.integer({ min: 0, max: 7 }), done: acts }), fc.constant('answer' as const), fc.constant('undo' as const))
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let [state, newest] = [begin(), 1]
      for (const one of steps) {
        if (one === 'answer') state = state.pending.length > 0 ? acknowledge(state, newest++) : state
        else if (one === 'undo') state = reduce(state, { type: 'undo', id: `u-${count++}`, at: 0 })
        else state = act(reduce(state, { type: 'move', move: { kind: 'to', line: one.line } }), one.done)
      }
      const shown = state.labels
      while (state.pending.length > 0) state = acknowledge(state, newest++)
      const plain = (label: RequestLabel | null): unknown => label && { ...label, newest: 0 }
      expect(state.labels.map(plain)).toEqual(shown.map(plain))
      expect(state.labels).toEqual(state.confirmed)
    }), { numRuns: 200 })
  })
})

describe('going through the log', () => {
  it('finds the next unlabelled, uncertain and disputed line', () => {
    let state = at(begin(), 'b1')
    state = reduce(state, { type: 'move', move: { kind: 'uncertain' } })
    expect(cursorID(state)).toBe('c2')
    expect(reduce(state, { type: 'move', move: { kind: 'disagreement' } }).said.text).toMatch(/No label differs/)
    state = act(at(state, 't2'), { kind: 'verb', verb: 'watch' })
    state = reduce(at(state, 'b1'), { type: 'move', move: { kind: 'disagreement' } })
    expect(cursorID(state)).toBe('t2')
  })
  it('keeps filtered lines while they are labelled, and asks anew only when told to', () => {
    const filter = { ...NO_FILTER, standings: ['suggested'] as const, roles: ['background'] as const }
    let state = reduce(begin(), { type: 'filter', filter })
    expect([...state.shown]).toEqual([0, 3, 4])
    state = act(state, { kind: 'accept' })
    expect([...state.shown]).toEqual([0, 3, 4])
    expect([...reduce(state, { type: 'filter', filter }).shown]).toEqual([3, 4])
    const early = beginState(logOf(ROWS), { newest: 0, labels: [], annotator: ANNA }, { assignment: null, sample: null, filter, at: null, line: null })
    expect([...early.shown]).toEqual([])
    expect([...reduce(early, { type: 'suggestions', columns: columnsOf(ROWS) }).shown]).toEqual([0, 3, 4])
    expect([...reduce(state, { type: 'filter', filter: { ...NO_FILTER, q: 'web deploy' } }).shown]).toEqual([1, 2, 6, 7])
  })
  it('follows the queue where one is asked for', () => {
    let state = reduce(at(begin(), 'b1'), { type: 'order', order: [5, 2, 0] })
    state = act(state, { kind: 'accept' })
    expect(cursorID(state)).toBe('t2')
    expect(cursorID(act(state, { kind: 'accept' }))).toBe('c1')
  })
  it('in a blind labelling only the sample is due', () => {
    const state = beginState(logOf(ROWS), { newest: 0, labels: [], annotator: ANNA }, { assignment: 'x', sample: ['c1', 't2'], filter: NO_FILTER, at: null, line: null })
    expect([...state.shown]).toEqual([2, 5])
    expect(cursorID(act(state, { kind: 'background' }))).toBe('t2')
  })
  it('writes its address and reads it back', () => {
    const query = 'assignment=x&at=a%2Fb%26c&q=pods+web&standing=suggested%2Clabelled&role=trigger&flagged=1&queue=sample&raw=1&panel=rules'
    expect(new URLSearchParams(writeAddress(readAddress(new URLSearchParams(query)))).toString()).toBe(new URLSearchParams(query).toString())
    expect(writeAddress(readAddress(new URLSearchParams('panel=nonsense&standing=evil&line=12')))).toBe('')
  })
})

describe('finding labels', () => {
  const labels = findable(allLabels(kindsOf(logOf(ROWS))), new Map())
  const first = (text: string): string => { const [label] = findLabels(labels, text, 5); return label ? `${label.verb} ${label.resource}${label.subresource && `/${label.subresource}`}` : '' }
  it('by resource, verb, a part of either, or integer', () => {
    expect(first('create pods')).toBe('create pods')
    expect(first('pod exec')).toMatch(/ pods\/exec$/)
    expect(first('list pod')).toBe('get pods')
    expect(first('delete dplymnt')).toBe('delete deployments')
    expect(first('deploy scale patch')).toBe('patch deployments/scale')
    expect(findLabels(labels, String(CREATE_DEPLOYMENT.code), 5)[0]).toEqual(CREATE_DEPLOYMENT)
    expect(findLabels(labels, 'zzqx', 5)).toEqual([])
  })
  it('also kinds that only this log has', () => {
    const log = logOf([{ id: 'w', verb: 'create', resource: 'widgets', name: 'w', user: 'anna', role: 0, context: -1, label: -1 }])
    expect(findLabels(findable(allLabels(kindsOf(log)), new Map()), 'widg del', 5)[0]).toMatchObject({ resource: 'widgets', verb: 'delete' })
  })
})

it('counts standings, classes without an example, and the rate without pauses', () => {
  const progress = progressOf(act(at(begin(), 't1'), { kind: 'accept-group' }))
  expect(progress.counts).toEqual({ unlabelled: 0, suggested: 4, automatic: 0, labelled: 3, reviewed: 0 })
  expect(progress).toMatchObject({ classes: 2, classesLeft: 1, total: 7 })
  expect(rateOf([{ at: 0, requests: 5 }, { at: 10_000, requests: 10 }, { at: 500_000, requests: 99 }, { at: 510_000, requests: 10 }])).toBe(60)
  expect(rateOf([{ at: 0, requests: 5 }])).toBeNull()
})

it('tells what differs between two revisions of an object, and what is noise', () => {
  const before = { kind: 'Deployment', metadata: { name: 'w', resourceVersion: '1', labels: { a: '1' } }, spec: { replicas: 2, template: { containers: [{ name: 'app', image: 'x:1' }] } } }
  const after = { kind: 'Deployment', metadata: { name: 'w', resourceVersion: '2' }, spec: { replicas: 3, template: { containers: [{ name: 'app', image: 'x:2' }] } } }
  expect(objectChanges(before, after)).toEqual([
    { path: 'metadata.labels', before: '{"a":"1"}', after: null },
    { path: 'spec.replicas', before: '2', after: '3' },
    { path: 'spec.template.containers[app].image', before: 'x:1', after: 'x:2' },
  ])
})

it('keeps acts in order through a reload, and passes over what is no act', () => {
  const entries = new Map<string, string>([['other', 'x'], ['auditweave.act.d..broken', '{']])
  const store: KeepsTexts = { get length() { return entries.size }, key: (i) => [...entries.keys()][i] ?? null, getItem: (key) => entries.get(key) ?? null, setItem: (key, value) => void entries.set(key, value), removeItem: (key) => void entries.delete(key) }
  const kept = new KeptActs(store, 'd', null)
  for (const [order, id] of ['two', 'one', 'three'].entries()) kept.keep({ id, at: id === 'one' ? 1 : 2, order, sending: { kind: 'undo', batch: id } })
  kept.forget('three')
  expect(new KeptActs(store, 'd', null).list().map(({ id }) => id)).toEqual(['one', 'two'])
  expect(new KeptActs(store, 'd', 'blind').list()).toEqual([])
})
