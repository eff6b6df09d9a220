import { describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { queryValues } from './paper-queries'
import { measureQueryTime } from './query-time'
import { depsFor, shippedData } from './testing/sample-deps'

const sample = await shippedData('sample')
const { contexts } = reconstruct(sample.events.map((event) => extractFacts(event)))
const eventOf = new Map(sample.events.map((event) => [event.auditID, event]))
const triggers = contexts.map(({ trigger }) => eventOf.get(trigger.auditID)).filter((event) => event !== undefined)
const chosen = queryValues(triggers.map((event) => ({ user: event.user?.username ?? null, stageMicros: event.stageMicros })))

/** The paper's queries once more, written as a program. */
const by = (event: AuditEvent): boolean => event.user?.username === chosen.user
const within = (event: AuditEvent): boolean => (event.stageMicros ?? 0) >= chosen.from && (event.stageMicros ?? 0) <= chosen.to
const placed = (event: AuditEvent): boolean => event.objectRef?.namespace != null
const EXPECTED: Readonly<Record<string, (event: AuditEvent) => boolean>> = {
  none: () => true,
  '1-clause': (event) => by(event) || (event.stageMicros ?? 0) >= chosen.from,
  '3-clauses': (event) => (by(event) && placed(event)) || within(event),
  '4-clauses': (event) => (by(event) && placed(event)) || (/controller/.test(event.user?.username ?? '') && within(event)),
}

describe('measureQueryTime', () => {
  it.each(Object.entries(EXPECTED))('%s gives the contexts that it should, whichever way it is asked', async (query, test) => {
    const points = await measureQueryTime({ measurement: 'query-time', lines: null, query, repetitions: 3 }, depsFor(sample))
    expect(points.map(({ axes }) => axes.evaluator)).toEqual(query === 'none' ? ['columns', 'rows'] : ['columns', 'columns-again', 'rows', 'reparsed'])
    const wanted = triggers.filter(test).length
    expect(wanted).toBeGreaterThan(0)
    for (const { measures } of points) {
      expect(measures).toMatchObject({ matches: wanted, contexts: contexts.length, queryRepetitions: 3 })
      expect(measures.queryMillis).toBeGreaterThan(0)
      expect(measures.withRelinkMillis).toBeCloseTo((measures.relinkMillis ?? 0) + (measures.queryMillis ?? 0), 9)
    }
  })

  it('does not begin to read for a query that the paper has not', async () => {
    const loadLog = () => Promise.reject(new Error('read'))
    await expect(measureQueryTime({ measurement: 'query-time', lines: null, query: '2-clauses', repetitions: 3 }, depsFor(sample, { loadLog }))).rejects.toMatchObject({ code: 'unknown-query' })
  })
})
