import { describe, expect, test } from 'vitest'
import { RULES } from '@/lib/contexts/rules/table'
import { makeLabel } from '@/lib/labels/codec'
import type { LabellingLog } from '../types'
import { ruleWords } from './rule-words'
import type { SuggestedLine } from './suggested-line'
import { suggestionAt } from './suggestion-at'
import { suggestionColumns } from './suggestion-columns'

const SOURCE = { reconstruction: 'r', model: 'linked', method: 'linked', at: '' }

/** A log of requests, a line each: verb, user, resource, namespace, name. */
function logOf(rows: readonly (readonly [auditID: string, verb: string, user: string, resource: string, namespace: string, name: string])[]): LabellingLog {
  const texts: string[] = []
  const column = (of: (row: (typeof rows)[number]) => string): number[] => rows.map((row) => {
    const text = of(row)
    if (text === '') return -1
    return texts.includes(text) ? texts.indexOf(text) : texts.push(text) - 1
  })
  const none = rows.map(() => -1)
  return {
    dataset: { id: 'd', name: 'd', version: 1 }, lines: rows.length, texts, seq: rows.map((_, i) => i), request: rows.map((_, i) => i), auditIDs: rows.map(([auditID]) => auditID),
    stage: none, at: rows.map((_, i) => i * 1000), firstMillis: Date.UTC(2026, 0, 1, 18, 20, 11), verb: column((row) => row[1]), user: column((row) => row[2]), group: none,
    resource: column((row) => row[3]), subresource: none, namespace: column((row) => row[4]), name: column((row) => row[5]), code: rows.map(() => 200),
  }
}

const label = makeLabel({ group: '', resource: 'pods', verb: 'create', namespaced: true, single: true })
const other = makeLabel({ group: '', resource: 'pods', verb: 'delete', namespaced: true, single: true })
const line = (auditID: string, more: Partial<SuggestedLine>): SuggestedLine => ({ auditID, role: 'consequence', label, confidence: 0.9, context: 'c', links: [], evidence: null, ...more })

const log = logOf([
  ['t', 'create', 'alice', 'pods', 'shop', 'cart'], ['own', 'patch', 'system:node:n1', 'pods', 'shop', 'cart'], ['net', 'create', 'system:kube-scheduler', 'events', 'shop', 'e'],
  ['words', 'get', 'system:kube-scheduler', 'nodes', '', 'n'], ['lease', 'update', 'system:node:n1', 'leases', '', 'n1'], ['quiet', 'get', 'system:apiserver', 'pods', '', ''], ['health', 'get', 'bob', '', '', ''], ['left out', 'get', 'bob', 'pods', '', ''],
])
const columns = suggestionColumns(log, [
  line('t', { role: 'trigger', confidence: 1 }),
  line('own', { links: [{ rule: 'own-object', key: 'pods shop/cart', to: 't', score: 0.98 }] }),
  line('net', { links: [{ rule: 'network', key: 'latest action in the namespace', to: 't', score: 0.6 }], evidence: { rules: [], uncertainty: 0.7, others: [{ label: other, probability: 0.3 }] } }),
  line('words', { context: null }),
  line('lease', { role: 'background', label: null, context: null, confidence: null, evidence: { rules: ['node-heartbeat', 'paper-2012'], uncertainty: 0, others: [] } }),
  line('quiet', { role: 'background', label: null, context: null, confidence: null }),
  line('health', { role: 'nonresource', label: null, context: null, confidence: null }),
  line('of another log', {}),
], SOURCE)
const at = (auditID: string) => suggestionAt(columns, log.auditIDs.indexOf(auditID))

describe('suggestions', () => {
  test('say where they come from, in words that name the trigger', () => {
    expect(at('own')).toEqual({
      role: 'consequence', label, context: 'c', others: [],
      origin: { source: 'link', ref: 'own-object', probability: 0.9, reason: 'same object as "create pods shop/cart" by alice at 18:20:11 (pods shop/cart)' },
    })
    expect(at('t')?.origin).toEqual({ source: 'rule', ref: 'external-user', probability: 1, reason: 'Its own action: alice is no component of the cluster' })
    expect(at('net')?.origin).toMatchObject({ source: 'model', ref: 'linked', reason: 'the model sees what follows from "create pods shop/cart" by alice at 18:20:11 (latest action in the namespace)' })
    expect(at('words')?.origin).toMatchObject({ source: 'model', ref: 'linked' })
    expect(at('health')?.origin).toMatchObject({ source: 'rule', ref: 'non-api', probability: null })
  })

  test('tell background by the rule that met it, or say that no link leads anywhere', () => {
    expect(at('quiet')?.origin).toEqual({ source: 'link', ref: null, probability: null, reason: 'No link leads to a user\'s action' })
    expect(at('lease')?.role).toBe('background')
  })

  test('carry what else was likely, and how uncertain the model was', () => {
    expect(at('net')?.others).toEqual([{ label: other, probability: 0.3 }])
    expect(columns.uncertainty).toEqual([-1, -1, 0.7, -1, 0, -1, -1, -1])
  })

  test('leave out what the reconstruction does not have', () => {
    expect(at('left out')).toBeNull()
    expect(suggestionAt(columns, 99)).toBeNull()
    expect(columns.labels).toHaveLength(2)
  })

  test('cut what a hostile log names without end', () => {
    const long = logOf([['t', 'create', 'u'.repeat(5000), 'pods', 'n'.repeat(5000), 'x'], ['own', 'patch', 'system:node:n', 'pods', '', '']])
    const found = suggestionColumns(long, [line('t', { role: 'trigger' }), line('own', { links: [{ rule: 'own-object', key: 'k'.repeat(9000), to: 't', score: 1 }] })], SOURCE)
    expect(Math.max(...found.reasons.map((reason) => reason.length))).toBeLessThan(600)
  })
})

test('every linking rule has words of its own, and a name of no rule finds none of an object\'s', () => {
  expect(RULES.filter(({ id }) => ruleWords(id) === `${id} after`)).toEqual([])
  expect(ruleWords('constructor')).toBe('constructor after')
})
