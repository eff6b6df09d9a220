import { expect, test } from 'vitest'
import { makeLabel } from '@/lib/labels/codec'
import { givenLabels } from '../learner/given-labels'
import type { RequestLabel } from '../types'
import { adopts, agreement, NEEDED, type Answer } from './judge'

const pods = makeLabel({ group: '', resource: 'pods', verb: 'create', namespaced: true, single: true })
const nodes = makeLabel({ group: '', resource: 'nodes', verb: 'patch', namespaced: false, single: true })
const answers = (entries: Record<string, Answer>) => new Map(Object.entries(entries))

test('suggestions agree by their labels, and where there are none by their roles', () => {
  const given = answers({ a: { role: 'consequence', label: pods }, b: { role: 'background', label: null }, c: { role: 'trigger', label: nodes }, d: { role: 'nonresource', label: null } })
  const said = answers({ a: { role: 'trigger', label: pods }, b: { role: 'consequence', label: pods }, c: { role: 'trigger', label: pods } })
  expect(agreement(given, said)).toBe(0.25)
  expect(agreement(given, given)).toBe(1)
  expect(agreement(new Map(), said)).toBeNull()
})

test('a model is taken where the sample is large enough and says that it is no worse', () => {
  expect([adopts(NEEDED, 0.9, 0.9), adopts(NEEDED, 0.9, null), adopts(NEEDED, 0.89, 0.9), adopts(NEEDED - 1, 1, 0), adopts(0, null, null)]).toEqual([true, true, false, false, false])
})

test('a learner gets people\'s labels, no more of the rules\', and nothing that is held back', () => {
  const one = (auditID: string, standing: RequestLabel['standing']): RequestLabel => ({ auditID, newest: 1, standing, role: standing === 'unlabelled' ? null : 'background', label: null, context: null, actor: 'a', flagged: false, skipped: false, comments: 0, at: null })
  const labels = [...['p1', 'p2', 'h1', 'h2'].map((id) => one(id, 'labelled')), one('r1', 'reviewed'), one('gone', 'unlabelled'), one('h3', 'automatic'), ...Array.from({ length: 50 }, (_, i) => one(`a${i}`, 'automatic'))]
  const { learnt, byPeople, held } = givenLabels(labels, (id) => id.startsWith('h'), 1)
  expect(byPeople).toBe(3)
  expect([...held.keys()]).toEqual(['h1', 'h2'])
  expect(learnt.size).toBe(6)
  expect([...learnt.keys()].slice(0, 3)).toEqual(['p1', 'p2', 'r1'])
  expect([...learnt.keys()].some((id) => id.startsWith('h') || id === 'gone')).toBe(false)
  expect(givenLabels([...labels].reverse(), (id) => id.startsWith('h'), 1).learnt.size).toBe(6)
  expect(new Set(givenLabels([...labels].reverse(), (id) => id.startsWith('h'), 1).learnt.keys())).toEqual(new Set(learnt.keys()))
})
