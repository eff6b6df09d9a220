import { describe, expect, it } from 'vitest'
import type { ReviewAnswer, ReviewItem } from '@/lib/labelling/agreement/answers'
import { disagreementMatrix } from '@/lib/labelling/agreement/disagreements'
import type { SideRating } from '@/lib/labelling/agreement/sides'
import { makeLabel } from '@/lib/labels/codec'
import type { RequestLabel } from '@/lib/labelling/types'
import { agreementCodec } from './agreement/agreement-state'
import { matrixGrid, stepCell } from './agreement/matrix-layout'
import { figureText, partText } from './part-text'
import { adjudication, anotherDecision, decisionOf, reviewCodec, shownItems, withLabels } from './review/review-state'

const label = (resource: string) => makeLabel({ group: '', resource, verb: 'create', namespaced: true, single: true })
const said = (resource: string | null, more: Partial<SideRating> = {}): SideRating => ({ role: resource === null ? 'background' : 'consequence', label: resource === null ? null : label(resource), context: resource === null ? null : 'c1', by: 'ann', at: null, probability: null, reason: null, ...more })
const now = (auditID: string, more: Partial<RequestLabel> = {}): RequestLabel => ({ auditID, newest: 7, standing: 'labelled', role: 'consequence', label: label('pods'), context: 'c9', actor: 'ann', flagged: false, skipped: false, comments: 0, at: null, ...more })
const item = (auditID: string, a: SideRating, b: SideRating): ReviewItem => ({ request: { auditID, seq: 0, receivedMicros: 0, verb: 'create', user: 'u', group: '', resource: 'pods', subresource: null, namespace: 'n', name: 'x', code: 201 }, a, b, now: now(auditID), settled: false })

describe('the matrix', () => {
  const matrix = disagreementMatrix([said('pods'), said('pods'), said('secrets'), said('nodes')], [said('secrets'), said('secrets'), said('pods'), said('nodes')], 'resource')
  it('has the classes that take part in most disagreements, and counts what it leaves out', () => {
    const grid = matrixGrid(matrix, 16)
    expect(grid).toMatchObject({ classes: ['pods', 'secrets'], largest: 2, beyond: 0 })
    expect(grid.cells.map((row) => row.map((cell) => cell?.count ?? 0))).toEqual([[0, 2], [1, 0]])
    expect(matrixGrid(matrix, 1)).toMatchObject({ classes: ['pods'], beyond: 3 })
    expect(matrixGrid(disagreementMatrix([said('pods')], [said('pods')], 'resource'), 16).classes).toEqual(['pods'])
  })
  it('is walked by arrow keys and does not leave its edges', () => {
    expect(['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', 'End', 'Home', 'x'].map((key) => stepCell(key, [0, 1], 2))).toEqual([[0, 1], [0, 0], [1, 1], [0, 1], [0, 1], [0, 0], null])
  })
})

describe('a decision', () => {
  it('takes a side with its role and label, and the context that stands where the side has none', () => {
    const one = item('r', said('pods', { context: null }), said(null))
    expect(decisionOf(one, 'a')).toMatchObject({ role: 'consequence', label: { resource: 'pods' }, context: 'c9' })
    expect(decisionOf(one, 'b')).toEqual({ role: 'background', label: null, context: null, by: 'ann' })
    expect(decisionOf(item('r', said(null, { role: 'trigger' }), said('pods')), 'a')).toBeNull()
    expect(decisionOf(item('r', said('pods', { role: null }), said('pods')), 'a')?.role).toBe('consequence')
    expect(anotherDecision(item('r', said(null), said('pods', { role: 'trigger' })), label('nodes'))).toMatchObject({ role: 'trigger', label: { resource: 'nodes' }, context: 'c1' })
  })
  it('is written as an act that refuses what it has not seen', () => {
    const one = item('r', said('pods'), said(null))
    const batch = adjudication(one, decisionOf(one, 'a') ?? { role: 'background', label: null, context: null, by: '' }, 'id')
    expect(batch).toMatchObject({ kind: 'adjudicate', assignment: null, changes: [{ auditID: 'r', seen: 7, act: { kind: 'label', role: 'consequence', context: 'c1', label: { resource: 'pods' } } }] })
    expect(batch.changes[0]?.act).not.toHaveProperty('label.code')
  })
  it('moves a request out of the queue, and an undo back into it', () => {
    const answer: ReviewAnswer = { sides: [], pair: { a: 'x', b: 'y' }, common: 2, open: 2, settled: 0, items: [item('r1', said('pods'), said('secrets')), item('r2', said('pods'), said(null))] }
    const state = reviewCodec.read(new URLSearchParams())
    const decided = withLabels(answer, [now('r1', { standing: 'reviewed', newest: 8 })])
    expect([decided.open, decided.settled, shownItems(decided.items, state).map(({ request }) => request.auditID), shownItems(decided.items, { ...state, settled: true }).length]).toEqual([1, 1, ['r2'], 1])
    expect(withLabels(decided, [now('r1')])).toEqual(answer)
    expect(shownItems(answer.items, { ...state, part: 'resource', cell: ['pods', 'background'] }).map(({ request }) => request.auditID)).toEqual(['r2'])
  })
})

describe('addresses', () => {
  it('come back as they were written, cells with odd names too', () => {
    const state = { a: 'shared', b: 'by:Zoë @x', part: 'resource', cell: ['a|b&c', ''] } as const
    expect(agreementCodec.read(agreementCodec.write(state))).toEqual(state)
    const review = { ...state, at: '..%2f', settled: true }
    expect(reviewCodec.read(reviewCodec.write(review))).toEqual(review)
    expect(reviewCodec.read(new URLSearchParams('part=nonsense&settled=yes'))).toMatchObject({ part: 'whole', settled: false, cell: null })
  })
})

describe('words', () => {
  it('name classes by what they are, and what cannot be seen in them', () => {
    expect([partText('verb', '1'), partText('verb', 'background'), partText('single', '0'), partText('subresource', ''), partText('whole', 'pods|exec|1|1|1'), partText('resource', 'a\u202Eb')]).toEqual(['create', 'background', 'many objects', 'none', 'create pods/exec', 'a<U+202E>b'])
  })
  it('say figures with their intervals', () => {
    expect(figureText({ value: 0.5, low: 0.25, high: 0.75 })).toBe('0.5000 [0.2500, 0.7500]')
    expect([figureText({ value: null, low: null, high: null }), figureText({ value: 1, low: null, high: null })]).toEqual(['–', '1.0000'])
  })
})
