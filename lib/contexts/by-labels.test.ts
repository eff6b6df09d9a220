import { describe, expect, it } from 'vitest'
import { reconstructByLabels, type ClusterVariant } from '@/lib/contexts/by-labels'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { deployment, jobs } from '@/lib/contexts/testing/workloads'
import type { Scenario } from '@/lib/contexts/testing/scenario'

/** Groups of auditIDs that the clusterer makes from the true labels of a scenario. */
function groups(scenario: Scenario, variant: ClusterVariant): string[][] {
  const facts = scenario.events.map((event) => extractFacts(event))
  const own = new Map(facts.map((fact) => [fact.auditID, fact.label]))
  const labels = facts.map((fact) => own.get(scenario.expected.get(fact.auditID) ?? '') ?? null)
  return reconstructByLabels(facts, labels, variant).contexts.map(({ members }) => [...members])
}

function truth(scenario: Scenario): string[][] {
  const facts = scenario.events.map((event) => extractFacts(event))
  return reconstruct(facts).contexts.map(({ members }) => [...members])
}

describe('k8ntext', () => {
  it('keeps one context for each trigger and joins what scores 60', () => {
    const found = groups(deployment(), 'k8ntext')
    // the ReplicaSet names the deployment as its owner, 80 points
    expect(found.find((members) => members.includes('deployment-0'))).toContain('deployment-1')
    expect(found.find((members) => members.includes('deployment-11'))).not.toContain('deployment-0')
  })

  it('gives ids that are the same on every run', () => {
    const facts = jobs().events.map((event) => extractFacts(event))
    const ids = (): string[] => reconstructByLabels(facts, facts.map((fact) => fact.label), 'k8ntext').contexts.map(({ id }) => id)
    expect(ids()).toEqual(ids())
  })

  it('opens a new window after 300 s', () => {
    const scenario = jobs()
    const facts = scenario.events.map((event, i) => extractFacts({ ...event, receivedMicros: (event.receivedMicros ?? 0) + (i > 1 ? 400_000_000 : 0) }))
    const label = facts[1]?.label ?? null
    const [, , pod] = reconstructByLabels(facts, facts.map((_, i) => (i === 1 || i === 2 ? label : null)), 'k8ntext').records
    expect(pod?.context).not.toBe(reconstructByLabels(facts, facts.map(() => label), 'k8ntext').records[1]?.context)
  })
})

describe('k8ntext-2024', () => {
  it('puts all events of a label that has one action into it', () => {
    expect(groups(jobs(), 'k8ntext-2024')).toEqual(truth(jobs()))
  })

  it('tells actions of one label apart by name, owner and involved object', () => {
    const found = groups(deployment(), 'k8ntext-2024')
    expect(found).toHaveLength(2)
    for (const event of ['deployment-1', 'deployment-2', 'deployment-8']) expect(found[0]).toContain(event)
    for (const event of ['deployment-12', 'deployment-13', 'deployment-19']) expect(found[1]).toContain(event)
  })

  it('leaves in no context what no rule reaches', () => {
    const scenario = deployment()
    const facts = scenario.events.map((event) => extractFacts(event))
    const label = facts[0]?.label ?? null
    const { records } = reconstructByLabels(facts, facts.map(() => label), 'k8ntext-2024')
    // the kubelet's token request names neither deployment nor pod in objectRef
    expect(records[7]).toMatchObject({ context: null, role: 'consequence' })
  })
})
