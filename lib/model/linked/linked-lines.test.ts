import { describe, expect, test } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { SLOTS } from '@/lib/contexts/candidates'
import { reconstruct, assemble } from '@/lib/contexts/reconstruct'
import { allScenarios } from '@/lib/contexts/testing/scenarios'
import { deployment, rollout } from '@/lib/contexts/testing/workloads'
import type { LinkedPrediction } from './linked-decode'
import { candidateLabel, LINKED_FEATURES, LinkedLines, type LinkedTable } from './linked-lines'
import { joinLinked } from './join-links'
import { LinkedCoder } from './linked-coder'
import { linkedTargets, OWN, slotClass, type TruthById } from './linked-target'

function tableOf(events: readonly AuditEvent[]): LinkedTable {
  const lines = new LinkedLines()
  lines.add(events)
  return lines.table()
}

/** The same log after its people, namespaces and objects were given other names, of the same structure. */
function renamed(events: readonly AuditEvent[], names: ReadonlyMap<string, string>): AuditEvent[] {
  const text = [...names].reduce((json, [from, to]) => json.replaceAll(from, to), JSON.stringify(events))
  return JSON.parse(text) as AuditEvent[]
}

describe('a table', () => {
  test('links as reconstruct does, whatever the order of the log', () => {
    for (const { events, title } of allScenarios()) {
      const table = tableOf(events.toReversed())
      expect(assemble(table.sorted, table.events, table.linked), title).toEqual(reconstruct(new LinkedLinesFacts(events).facts))
      expect(table.columns.lines).toBe(table.eventOf.length)
    }
  })

  test('has a line for each request for an object, stages merged', () => {
    const scenario = deployment()
    scenario.stage(scenario.events[0]!.auditID, 'ResponseStarted')
    const table = tableOf(scenario.events)
    expect(table.eventOf.length).toBe(new Set(scenario.events.map((event) => event.auditID)).size)
  })

  test('holds no name of a person, a namespace or an object', () => {
    for (const { events, title } of [deployment(), rollout()]) {
      const { namespace, name } = events.find((event) => event.objectRef?.namespace)!.objectRef!
      const other = renamed(events, new Map([['alice', 'zoë@corp'], [namespace!, 'zz-team'], [name!.split('-')[0]!, 'qq']]))
      const [before, after] = [tableOf(events), tableOf(other)]
      expect([...after.columns.codes], title).toEqual([...before.columns.codes])
      const values = LINKED_FEATURES.flatMap((_, feature) => before.columns.values(feature))
      expect(values.filter((value) => value.includes('alice') || value.includes(namespace!))).toEqual([])
    }
  })

  test('takes hostile events', () => {
    const [event] = deployment().events
    const hostile = [
      { ...event!, auditID: 'a', objectRef: null, requestObject: { metadata: 5 }, user: null, userAgent: '/ / /', receivedMicros: null },
      { ...event!, auditID: 'b', verb: null, responseObject: [1, 2] as unknown as AuditEvent['responseObject'] },
      { ...event!, auditID: '__proto__', objectRef: { ...event!.objectRef!, resource: 'constructor', name: '__proto__' } },
    ] as AuditEvent[]
    const table = tableOf(hostile)
    expect(table.events.length).toBe(3)
    expect(table.eventOf.length).toBe(2)
  })
})

class LinkedLinesFacts extends LinkedLines {
  constructor(events: readonly AuditEvent[]) {
    super()
    this.add(events)
  }
}

describe('targets', () => {
  const { events, expected } = rollout()
  const table = tableOf(events)
  const labels = new Map(table.events.map((facts) => [facts.auditID, facts.label]))
  const truth: TruthById = new Map([...expected].map(([auditID, cause]) => [auditID, {
    role: cause === null ? 'background' : cause === auditID ? 'trigger' : 'consequence', context: cause, label: cause === null ? null : labels.get(cause) ?? null,
  } as const]))
  const coder = LinkedCoder.fit([...truth.values()].map(({ label }) => label))
  const targets = linkedTargets(table, truth, coder)

  test('point at the trigger of the context', () => {
    const sources = Array.from(table.eventOf, (_, line) => targets[line * 3])
    expect(new Set(sources).size).toBeGreaterThan(1)
    sources.forEach((source, line) => {
      const { auditID } = table.events[table.eventOf[line]!]!
      const cause = expected.get(auditID)
      if (cause === null || cause === auditID) expect(source).toBe(OWN)
      else if (source! >= slotClass(0) && source! <= SLOTS.length) expect(candidateLabel(table, line, source! - 1)).toEqual(labels.get(cause!))
    })
  })

  test('are masked where nobody knows', () => {
    expect([...linkedTargets(table, new Map(), coder)].every((target) => target === -1)).toBe(true)
  })
})

describe('joining', () => {
  const { events } = rollout()
  const table = tableOf(events)
  const consequence = Array.from(table.eventOf).findIndex((index) => table.linked.contextOf[index]! >= 0 && table.linked.contextOf[index] !== index)
  const index = table.eventOf[consequence]!
  const own = (line: number): LinkedPrediction => ({ label: table.events[table.eventOf[line]!]!.label, confidence: 0.9, follows: 0.1, slot: -1, runnerUp: null, margin: 0.5 })
  const predictions = (change: Partial<LinkedPrediction>): LinkedPrediction[] => Array.from(table.eventOf, (_, line) => (line === consequence ? { ...own(line), ...change } : own(line)))
  const recordOf = (mode: 'join' | 'network', change: Partial<LinkedPrediction>) => joinLinked(table, predictions(change), mode).records.find((record) => record.auditID === table.events[index]!.auditID)!
  const linkedLabel = table.events[table.linked.contextOf[index]!]!.label

  test('keeps a rule\'s evidence, and says how sure both are', () => {
    const agreed = recordOf('join', { label: linkedLabel, follows: 0.9, slot: 0, confidence: 0.999 })
    expect(agreed).toMatchObject({ role: 'consequence', label: linkedLabel, confidence: 0.999 })
    expect(agreed.links.length).toBeGreaterThan(0)
    const doubted = recordOf('join', { confidence: 0.7 })
    expect(doubted.label).toEqual(linkedLabel)
    expect(doubted.confidence).toBeCloseTo(0.3, 5)
  })

  test('gives a line that no rule reaches to the trigger that the network points at', () => {
    const cut: LinkedTable = { ...table, linked: { contextOf: table.linked.contextOf.map((trigger, i) => (i === index ? -1 : trigger)), links: table.linked.links.map((links, i) => (i === index ? [] : links)) } }
    const pointed = SLOTS.findIndex((_, slot) => table.candidates[consequence * SLOTS.length + slot]! >= 0)
    const { records, contexts } = joinLinked(cut, predictions({ label: linkedLabel, follows: 0.8, slot: pointed, confidence: 0.77 }), 'join')
    const record = records.find(({ auditID }) => auditID === table.events[index]!.auditID)!
    const trigger = table.events[table.candidates[consequence * SLOTS.length + pointed]!]!
    expect(record).toMatchObject({ role: 'consequence', confidence: 0.77, links: [{ rule: 'network', to: trigger.auditID, score: 0.77 }] })
    expect(contexts.find(({ id }) => id === record.context)?.members).toContain(record.auditID)
    const words = joinLinked(cut, predictions({ label: linkedLabel, follows: 0.8, slot: -1, confidence: 0.77 }), 'join').records.find(({ auditID }) => auditID === record.auditID)!
    expect(words).toMatchObject({ role: 'consequence', label: linkedLabel, context: null, links: [], confidence: 0.77 })
    const silent = joinLinked(cut, predictions({}), 'join').records.find(({ auditID }) => auditID === record.auditID)!
    expect(silent).toMatchObject({ role: 'background', label: null, context: null })
  })

  test('leads evidence to the trigger where the line between was given to another context', () => {
    const auditIDs = new Map(table.events.map((facts, i) => [facts.auditID, i]))
    const via = table.linked.links.findIndex((links) => links.some(({ to }) => { const at = auditIDs.get(to) ?? -1; return at >= 0 && table.linked.contextOf[at] !== at }))
    const between = auditIDs.get(table.linked.links[via]![0]!.to)!
    const cut: LinkedTable = { ...table, linked: { ...table.linked, contextOf: table.linked.contextOf.map((trigger, i) => (i === between ? -1 : trigger)) } }
    const { records } = joinLinked(cut, predictions({}), 'join')
    const byId = new Map(records.map((record) => [record.auditID, record]))
    const record = byId.get(table.events[via]!.auditID)!
    expect(record.context).not.toBeNull()
    expect(record.links.every(({ to }) => byId.get(to)?.context === record.context)).toBe(true)
  })

  test('by the network alone asks no rule', () => {
    expect(recordOf('network', {})).toMatchObject({ role: 'background', label: null, context: null, links: [] })
    const triggers = joinLinked(table, predictions({}), 'network').records.filter(({ role }) => role === 'trigger')
    expect(triggers.length).toBe(table.events.filter((facts, i) => table.linked.contextOf[i] === i).length)
  })
})
