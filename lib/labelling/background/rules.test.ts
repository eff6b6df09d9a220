import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseEvent } from '@/lib/audit/normalise'
import { changesByRules } from './apply'
import { LABEL_RULES, labelRule, rulesMet, type LabelRule } from './label-rules'
import { previewRules, takes, type RuleRequest } from './preview'

const ids = ['non-api', 'informer-watch', 'controller-list', 'paper-2000']
const rules = ids.map((id) => labelRule(id) as LabelRule)
const request = fc.record({
  auditID: fc.string(), met: fc.uniqueArray(fc.constantFrom(...ids)), seen: fc.nat(),
  suggested: fc.constantFrom('trigger', 'consequence', 'background', null), standing: fc.constantFrom('unlabelled', 'suggested', 'automatic', 'labelled', 'reviewed'), role: fc.constantFrom('background', 'consequence', null),
}) as fc.Arbitrary<RuleRequest & { seen: number }>

describe('named rules', () => {
  test('tell lines without an object apart from background, whoever sends them', () => {
    const health = { verb: 'get', requestURI: '/healthz' }
    expect(rulesMet(normaliseEvent({ ...health, user: { username: 'system:apiserver' } }))).toEqual(['non-api'])
    expect(rulesMet(normaliseEvent({ ...health, user: { username: 'alice' } }))).toEqual(['non-api'])
    expect(rulesMet(normaliseEvent({ verb: 'create', objectRef: { resource: 'pods', namespace: 'a', apiVersion: 'v1' }, user: { username: 'alice' } }))).toEqual([])
  })

  test('have ids of their own, ours before the paper\'s', () => {
    expect(new Set(LABEL_RULES.map(({ id }) => id)).size).toBe(LABEL_RULES.length)
    expect(LABEL_RULES.findLastIndex(({ set }) => set === 'ours')).toBeLessThan(LABEL_RULES.findIndex(({ set }) => set === 'paper'))
    expect(labelRule('__proto__')).toBeUndefined()
  })
})

describe('a preview', () => {
  test('is what is then taken, never what a person labelled, nor what links explain where the rule yields to them', () => {
    fc.assert(fc.property(fc.array(request), (requests) => {
      for (const rule of rules) {
        const [preview] = previewRules(requests, [rule])
        const changes = changesByRules(requests, [rule])
        expect(changes).toHaveLength(preview?.takes ?? -1)
        expect(requests.filter((one) => takes(rule, one)).every(({ standing, suggested, met }) => met.includes(rule.id) && ['unlabelled', 'suggested'].includes(standing) && (rule.certainty === 'always' || !['trigger', 'consequence'].includes(suggested ?? '')))).toBe(true)
        expect(changes.every(({ act, suggestion }) => act.kind === 'label' && act.role === rule.role && act.label === null && suggestion?.ref === rule.id)).toBe(true)
      }
    }))
  })

  test('of several rules is taken once each, by the first', () => {
    fc.assert(fc.property(fc.array(request), (requests) => {
      const changes = changesByRules(requests, rules)
      expect(changes).toHaveLength(requests.filter((one) => rules.some((rule) => takes(rule, one))).length)
      const first = requests.flatMap((one) => rules.find((rule) => takes(rule, one))?.id ?? [])
      expect(changes.map(({ suggestion }) => suggestion?.ref)).toEqual(first)
    }))
  })

  test('counts what is labelled otherwise, who else meets it, and shows some', () => {
    const met = ['informer-watch', 'paper-2000']
    const one = (auditID: string, more: Partial<RuleRequest>): RuleRequest => ({ auditID, met, suggested: 'background', standing: 'unlabelled', role: null, ...more })
    const requests = [...Array.from({ length: 12 }, (_, i) => one(`u${i}`, {})), one('p', { standing: 'labelled', role: 'consequence' }), one('q', { standing: 'reviewed', role: 'background' }), one('a', { standing: 'automatic', role: 'background' }), one('l', { suggested: 'consequence', met: ['informer-watch'] })]
    const [preview] = previewRules(requests, [labelRule('informer-watch') as LabelRule])
    expect(preview).toMatchObject({ meets: 16, takes: 13, labelled: 2, disagrees: 1, automatic: 1, linked: 1, overlaps: [{ rule: 'paper-2000', requests: 15 }], samples: ['u0', 'u2', 'u5', 'u7', 'u10'] })
    expect(previewRules([], rules).map(({ meets, samples }) => [meets, samples])).toEqual(rules.map(() => [0, []]))
  })
})
