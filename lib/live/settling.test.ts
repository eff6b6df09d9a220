import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from '@/lib/query'
import { eventArbitrary, NOW, queryArbitrary } from '@/lib/query/testing/arbitrary'
import { referenceMatches } from '@/lib/query/testing/reference'
import { asksForRest } from './settling'
import { STARTER_WATCHES } from './starter-watches'

/** The records of a context of which only the first `size` members have come. */
function grown(events: readonly Record<string, unknown>[], size: number): Record<string, unknown>[] {
  const members = events.slice(0, size)
  const context = { id: 'ctx-1', events: size, members: members.map(({ auditID }) => auditID), first: '2026-11-23T06:39:45Z', last: `2026-11-23T06:39:4${4 + size}Z`, trigger: { user: 'alice' } }
  return members.map((event) => ({ ...event, context, role: 'member', confidence: 1 }))
}

describe('whether a match may be lost as a context grows', () => {
  it('is never denied of one that is lost', () => {
    let steady = 0
    fc.assert(fc.property(queryArbitrary, fc.array(eventArbitrary, { minLength: 2, maxLength: 5 }), (query, events) => {
      if (asksForRest(query)) return
      steady += 1
      const answers = events.map((_, i) => {
        const members = grown(events, i + 1)
        return referenceMatches(query, members[0], { members, now: NOW })
      })
      expect(answers).toEqual(answers.toSorted((a, b) => Number(a) - Number(b)))
    }), { numRuns: 3000, seed: 20261124 })
    // Else the law would have been asked of next to nothing.
    expect(steady).toBeGreaterThan(500)
  })

  it.each<[string, boolean]>([
    ['verb == "create" and subresource == "exec"', false],
    ['any(code >= 400)', false],
    ['count(resource == "pods") > 10', false],
    ['10 <= count(resource == "pods")', false],
    ['size > 100 or duration >= 5m', false],
    ['users contains "system:kube-scheduler"', false],
    ['users matches "^system:node:"', false],
    ['any(username != context.trigger.user and verb == "delete")', false],
    ['not all(code < 300)', false],
    ['not size < 3', false],
    ['not any(resource == "pods" and verb == "create")', true],
    ['verb == "create" and all(code < 400)', true],
    ['size < 3', true],
    ['not size > 3', true],
    ['count(verb == "create") == 3', true],
    ['2 <= count(verb == "create") <= 4', true],
    ['duration in (5s, 10s)', true],
    ['not (users contains "alice")', true],
    ['count(verb == "create") > count(verb == "delete")', true],
    ['any(not (size > 3))', true],
    ['count(size > 3) == 1 or verb == "get"', true],
  ])('%s: %s', (text, wanted) => {
    expect(asksForRest(parseQuery(text))).toBe(wanted)
  })

  it('lets every starter watch tell at once', () => {
    expect(STARTER_WATCHES.filter(({ query }) => asksForRest(parseQuery(query))).map(({ name }) => name)).toEqual([])
  })
})
