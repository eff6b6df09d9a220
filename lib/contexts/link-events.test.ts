import { describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { allScenarios } from '@/lib/contexts/testing/scenarios'
import { atMetadataLevel } from '@/lib/contexts/testing/scenario'
import type { Reconstruction } from '@/lib/contexts/types'

function run(events: readonly AuditEvent[]): Reconstruction {
  return reconstruct(events.map((event) => extractFacts(event)))
}

/** auditID -> auditID of the trigger of its context. */
function triggers({ records, contexts }: Reconstruction): Map<string, string | null> {
  const byId = new Map(contexts.map((context) => [context.id, context.trigger.auditID]))
  return new Map(records.map((record) => [record.auditID, record.context === null ? null : byId.get(record.context) ?? null]))
}

describe.each(allScenarios().map((scenario) => [scenario.title, scenario] as const))('%s', (_, scenario) => {
  const result = run(scenario.events)

  it('gives every event the trigger that caused it', () => {
    expect(Object.fromEntries(triggers(result))).toEqual(Object.fromEntries(scenario.expected))
  })

  it('does so whatever the order of the lines', () => {
    const odd = scenario.events.filter((_event, i) => i % 2 === 1).toReversed()
    const even = scenario.events.filter((_event, i) => i % 2 === 0)
    expect(run([...odd, ...even])).toEqual(result)
  })

  it('shows why for every consequence, by an earlier event of the same context', () => {
    const place = new Map(result.records.map((record, i) => [record.auditID, i]))
    for (const record of result.records.filter(({ role }) => role === 'consequence')) {
      expect(record.links.length).toBeGreaterThan(0)
      for (const link of record.links) {
        expect(link.key).not.toBe('')
        expect(place.get(link.to)).toBeLessThan(place.get(record.auditID) ?? -1)
        expect(result.records.find(({ auditID }) => auditID === link.to)?.context).toBe(record.context)
      }
    }
  })

  it('labels all lines of a context with the action of its trigger', () => {
    const own = new Map(result.contexts.map((context) => [context.id, context.label]))
    for (const record of result.records) expect(record.label).toEqual(record.context === null ? null : own.get(record.context))
  })

  it('keeps roles without bodies', () => {
    const stripped = run(atMetadataLevel(scenario.events))
    const expected = scenario.events.length
    expect(stripped.records).toHaveLength(expected)
    for (const record of stripped.records) if (scenario.expected.get(record.auditID) === record.auditID) expect(record.role).toBe('trigger')
  })
})

describe('without bodies', () => {
  it('finds the chain of a deployment by the names that controllers give', () => {
    const scenario = allScenarios().find(({ title }) => title === 'deployment')
    const found = triggers(run(atMetadataLevel(scenario?.events ?? [])))
    const wrong = [...(scenario?.expected ?? [])].filter(([auditID, cause]) => found.get(auditID) !== cause)
    expect(wrong).toEqual([])
  })

  it('learns from the garbage collector what a deleted collection held', () => {
    const scenario = allScenarios().find(({ title }) => title === 'collection')
    const found = triggers(run(atMetadataLevel((scenario?.events ?? []).map((event) => (event.verb === 'create' && event.objectRef?.resource === 'pods' ? { ...event, objectRef: { ...event.objectRef, name: 'old-1' } } : event)))))
    expect(found.get('collection-3')).toBe('collection-2')
  })
})
