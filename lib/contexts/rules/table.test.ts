import { describe, expect, it } from 'vitest'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { RULES } from '@/lib/contexts/rules/table'
import { allScenarios } from '@/lib/contexts/testing/scenarios'
import { atMetadataLevel } from '@/lib/contexts/testing/scenario'

describe('the table of rules', () => {
  it('names every rule once and says why it is right', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
    for (const { because } of RULES) expect(because.length).toBeGreaterThan(20)
  })

  it('is exercised by the scenarios, each kind of evidence at least once', () => {
    const seen = new Set<string>()
    for (const { events } of allScenarios()) {
      for (const log of [events, atMetadataLevel(events)]) {
        for (const { links } of reconstruct(log.map((event) => extractFacts(event))).records) for (const { rule } of links) seen.add(rule)
      }
    }
    expect([...seen].sort()).toEqual([
      'account', 'autoscaler-target', 'backend', 'bound-object', 'claim', 'definition', 'establishes', 'event-name', 'event-series', 'generated-name', 'involved-object', 'namespace-creation',
      'namespace-deletion', 'nested-address', 'nested-lookup', 'node-lifecycle', 'own-object', 'owner', 'parent', 'pod-reference', 'pod-start', 'pods-of-node',
      'same-application', 'same-worker', 'selected-pods', 'service', 'template', 'volume',
    ])
  })
})
