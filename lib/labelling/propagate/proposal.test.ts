import { expect, test } from 'vitest'
import { makeLabel } from '@/lib/labels/codec'
import { ROLES, SUGGESTION_SOURCES, type Role, type SuggestionColumns } from '../types'
import { proposalAfter, type Suggested } from './proposal'

const [create, remove] = ['create', 'delete'].map((verb) => makeLabel({ group: 'apps', resource: 'deployments', verb, namespaced: true, single: true }))
const ROWS: readonly (readonly [role: Role, context: number, ref: string])[] = [['trigger', 0, 'user'], ['consequence', 0, 'owner'], ['consequence', 0, 'owner'], ['consequence', 0, 'same-worker'], ['consequence', 1, 'owner'], ['background', -1, '']]

const refs = ['user', 'owner', 'same-worker', '']
const columns: SuggestionColumns = {
  source: { reconstruction: 'r', model: null, method: 'linked', at: '' }, labels: [create, remove].flatMap((one) => one ?? []), contexts: ['c0', 'c1'], reasons: [''], refs,
  role: ROWS.map(([role]) => ROLES.indexOf(role)), label: ROWS.map(([, context]) => (context < 0 ? -1 : context)), context: ROWS.map(([, context]) => context), probability: ROWS.map(() => 1),
  reason: ROWS.map(() => 0), origin: ROWS.map(() => SUGGESTION_SOURCES.indexOf('link')), ref: ROWS.map(([, , ref]) => refs.indexOf(ref)), uncertainty: ROWS.map(() => 0), others: ROWS.map(() => []),
}
const suggested: Suggested = { columns, members: new Map([[0, [0, 1, 2, 3]], [1, [4]]]) }
const open = (): boolean => true
const given = (request: number, role: Role, label = create ?? null, context: string | null = 'c0') => ({ request, role, label, context })

test('a trigger\'s label goes to what is linked to it and open, and to nothing else', () => {
  expect(proposalAfter(suggested, given(0, 'trigger'), open)).toMatchObject({ from: 0, role: 'consequence', label: create, context: 'c0', requests: [1, 2, 3] })
  expect(proposalAfter(suggested, given(0, 'trigger'), (request) => request === 2)?.requests).toEqual([2])
  expect(proposalAfter(suggested, given(0, 'trigger'), () => false)).toBeNull()
})

test('a corrected member proposes its label for the rest, and one that was right proposes nothing', () => {
  expect(proposalAfter(suggested, given(1, 'consequence'), open)).toBeNull()
  expect(proposalAfter(suggested, given(1, 'consequence', remove), open)).toMatchObject({ from: 1, role: 'consequence', label: remove, requests: [2, 3] })
  expect(proposalAfter(suggested, given(1, 'consequence', create, 'c1'), open)).toMatchObject({ context: 'c1', requests: [2, 3] })
})

test('a member that is background takes along what the same link put there', () => {
  expect(proposalAfter(suggested, given(1, 'background', null, null), open)).toMatchObject({ role: 'background', label: null, requests: [2] })
  expect(proposalAfter(suggested, given(3, 'background', null, null), open)).toBeNull()
})

test('a request outside contexts proposes nothing', () => {
  expect(proposalAfter(suggested, given(5, 'consequence', remove), open)).toBeNull()
  expect(proposalAfter(suggested, given(99, 'trigger'), open)).toBeNull()
})
