import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/lib/audit/event'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { allScenarios } from '@/lib/contexts/testing/scenarios'
import type { ContextRecord } from '@/lib/contexts/types'
import { LiveContexts } from './live-contexts'
import type { LiveItem } from './live-item'
import { LiveWindow, type WindowLimits } from './live-window'

const scenarios = allScenarios().map(({ events }) => events)
const longest = scenarios.toSorted((a, b) => b.length - a.length).slice(0, 6)
/** By place, so that what fails is printed as a number. */
const anyOf = (all: readonly (readonly AuditEvent[])[]): fc.Arbitrary<number> => fc.integer({ min: 0, max: all.length - 1 })
const MINUTE = 60e6

/** Another time, without two scenarios at once: they were written to stand alone. */
function laid(parts: readonly (readonly AuditEvent[])[]): AuditEvent[] {
  return parts.flatMap((events, n) => events.map((event) => ({ ...event, auditID: `${n}/${event.auditID}`, receivedMicros: (event.receivedMicros ?? 0) + n * 10 * MINUTE, stageMicros: (event.stageMicros ?? 0) + n * 10 * MINUTE })))
}

const itemOf = (event: AuditEvent, seq: number): LiveItem => ({ seq, event, facts: extractFacts(event), arrived: event.stageMicros ?? 0 })
/** In arrival order: each event is held up by at most so much. */
function arriving(events: readonly AuditEvent[], delays: readonly number[]): LiveItem[] {
  return events.map((event, i) => ({ item: itemOf(event, i), at: (event.receivedMicros ?? 0) + (delays[i % delays.length] ?? 0) })).sort((a, b) => a.at - b.at).map(({ item }) => item)
}

const delays = fc.array(fc.integer({ min: 0, max: 29e6 }), { minLength: 1, maxLength: 40 })
const cuts = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 20 })

/** Hands items over in portions; the last linking is what stands at the end. */
function flow(items: readonly LiveItem[], portions: readonly number[], limits: Partial<WindowLimits>, each: (window: LiveWindow, contexts: readonly ContextRecord[], closed: readonly ContextRecord[]) => void): void {
  const window = new LiveWindow(limits)
  for (let at = 0, n = 0; at < items.length; n++) {
    const size = portions[n % portions.length] ?? 1
    window.add(items.slice(at, at + size))
    at += size
    const linked = window.link()
    each(window, linked.contexts, window.evict(linked))
  }
}

describe('a window that holds all', () => {
  it('has at the end the contexts of the sorted log, in whatever order and portions its lines come', () => {
    fc.assert(fc.property(anyOf(scenarios), delays, cuts, (which, held, portions) => {
      const events = scenarios[which] ?? []
      const wanted = reconstruct(events.map((event) => extractFacts(event))).contexts
      let found: readonly ContextRecord[] = []
      flow(arriving(events, held), portions, { age: 60 * MINUTE }, (window, contexts) => {
        found = contexts
        expect(window.late).toBe(0)
      })
      expect(found).toEqual(wanted)
    }), { numRuns: 60 })
  })

  it('tells exactly what has changed', () => {
    fc.assert(fc.property(anyOf(longest), delays, cuts, (which, held, portions) => {
      const events = longest[which] ?? []
      const contexts = new LiveContexts()
      const known = new Map<string, ContextRecord>()
      flow(arriving(events, held), portions, { age: 60 * MINUTE }, (_, linked) => {
        const changed = new Set(contexts.update(linked).map(({ id }) => id))
        for (const record of linked) {
          const before = known.get(record.id)
          expect(changed.has(record.id)).toBe(before === undefined || JSON.stringify([before.members, before.command]) !== JSON.stringify([record.members, record.command]))
          known.set(record.id, record)
        }
      })
      expect([...contexts.since(0)]).toHaveLength(known.size)
    }), { numRuns: 20 })
  })
})

describe('a window that slides', () => {
  it('stays within its bound, and closes each context once and for good', () => {
    fc.assert(fc.property(fc.shuffledSubarray(longest.map((_, i) => i)), delays, cuts, fc.double({ min: 0.2, max: 0.7, noNaN: true }), (parts, held, portions, part) => {
      const events = laid([0, ...parts].map((which) => longest[which] ?? []))
      const limit = Math.ceil(events.length * part)
      const gone = new Set<string>()
      flow(arriving(events, held), portions, { events: limit, age: 60 * MINUTE }, (window, contexts, closed) => {
        expect(window.size).toBeLessThanOrEqual(limit)
        for (const { id, members } of contexts) expect([id, gone.has(id) && members.length > 0]).toEqual([id, false])
        for (const { id } of closed) gone.add(id)
        for (const { facts } of window.held()) if (facts.external) expect(gone.has(contexts.find(({ trigger }) => trigger.auditID === facts.auditID)?.id ?? '')).toBe(false)
      })
      expect(gone.size).toBeGreaterThan(0)
    }), { numRuns: 30 })
  })

  it('forgets what is old but keeps whole what still goes on', () => {
    const [first = [], second = []] = longest
    const events = laid([first, second])
    const window = new LiveWindow({ age: 5 * MINUTE })
    window.add(events.slice(0, first.length).map(itemOf))
    window.evict(window.link())
    expect(window.size).toBe(first.length)
    window.add(events.slice(first.length).map(itemOf))
    const linked = window.link()
    const closed = window.evict(linked)
    expect(closed.map(({ trigger }) => trigger.auditID.slice(0, 2))).toEqual(closed.map(() => '0/'))
    expect(closed.length).toBeGreaterThan(0)
    expect(window.held().every(({ facts }) => facts.auditID.startsWith('1/'))).toBe(true)
  })

  it('counts what comes late, takes it, and lets no event from the future push others out', () => {
    const [events = []] = longest
    const items = events.map(itemOf)
    const window = new LiveWindow({ reorder: 30e6, age: 5 * MINUTE })
    const future = { ...(events[0] as AuditEvent), auditID: 'future', receivedMicros: (events[0]?.receivedMicros ?? 0) + 1e15, stageMicros: (events[0]?.receivedMicros ?? 0) + 1e15 }
    window.add([{ ...itemOf(future, 999), arrived: items[0]?.arrived ?? 0 }])
    window.add(items.slice(1))
    expect(window.late).toBe(0)
    const late = { ...(events[0] as AuditEvent), receivedMicros: (events[0]?.receivedMicros ?? 0) - 31e6, stageMicros: (events[0]?.receivedMicros ?? 0) - 31e6 }
    window.add([{ ...itemOf(late, 1000), arrived: items.at(-1)?.arrived ?? 0 }])
    expect(window.late).toBe(1)
    const linked = window.link()
    window.evict(linked)
    expect(window.size).toBe(items.length + 1)
    expect(linked.items[0]?.seq).toBe(1000)
  })

  it('counts nothing of a log that is replayed faster than it was written, nor of what comes after it', () => {
    const [events = []] = longest
    const window = new LiveWindow({ reorder: 30e6, age: Infinity })
    const began = events[0]?.receivedMicros ?? 0
    const shifted = (event: AuditEvent, by: number): AuditEvent => ({ ...event, receivedMicros: (event.receivedMicros ?? 0) + by, stageMicros: (event.stageMicros ?? 0) + by })
    // Ten minutes of log in a second: the times run ahead of the clock, beyond what is believed.
    for (let minute = 0; minute < 10; minute++) window.add(events.map((event, i) => ({ ...itemOf(shifted({ ...event, auditID: `${minute}/${event.auditID}` }, minute * MINUTE), minute * 1000 + i), arrived: began + minute * 1e5 })))
    window.add(events.map((event, i) => ({ ...itemOf(shifted(event, 2e6), 20_000 + i), arrived: began + 2e6 })))
    expect(window.late).toBe(0)
    const old = shifted({ ...(events[0] as AuditEvent), auditID: 'old' }, -40e6)
    window.add([{ ...itemOf(old, 90_000), arrived: began + 3e6 }])
    expect(window.late).toBe(1)
  })
})
