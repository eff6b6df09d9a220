import { describe, expect, test } from 'vitest'
import { allScenarios } from '@/lib/contexts/testing/scenarios'
import { LinkedLines, type LinkedTable } from './linked-lines'
import { blockedLinkedSplit, cutsOf, fittingWindow, leakingLinkedSplit, storedLinkedSplit } from './linked-split'

/** The scenarios one after the other, an hour apart. */
function longLog(times: number): LinkedTable {
  const lines = new LinkedLines()
  let shift = 0
  for (let round = 0; round < times; round++) {
    for (const { events } of allScenarios()) {
      lines.add(events.map((event) => ({ ...event, auditID: `${round}-${event.auditID}`, receivedMicros: (event.receivedMicros ?? 0) + shift, stageMicros: (event.stageMicros ?? 0) + shift })))
      shift += 3_600_000_000
    }
  }
  return lines.table()
}

const SHARES = { test: 0.2, validation: 0.2 }
const table = longLog(3)
const lines = table.eventOf.length

describe('the blocked protocol', () => {
  const cuts = cutsOf(table, SHARES)
  const split = blockedLinkedSplit(table, cuts, 16)

  test('trains, validates and tests on parts that share no line', () => {
    const [validation, held] = [split.validation[0]!, split.test[0]!]
    expect(Math.max(...split.train) + 16).toBeLessThanOrEqual(validation.from)
    expect(validation.to).toBe(held.from)
    expect(held.to).toBe(lines)
    expect((held.to - held.from) / lines).toBeCloseTo(0.2, 1)
    expect(split.fitted(validation.from - 1)).toBe(true)
    expect(split.fitted(validation.from)).toBe(false)
  })

  test('cuts every form of a log at the same moments', () => {
    const shorter = longLog(2)
    const other = blockedLinkedSplit(shorter, cuts, 4)
    const at = (one: LinkedTable, line: number): number => one.events[one.eventOf[line]!]?.at ?? Infinity
    expect(at(shorter, other.validation[0]!.from - 1)).toBeLessThan(cuts.validation)
    expect(at(table, split.validation[0]!.from)).toBe(cuts.validation)
  })

  test('shortens the window of a short log, and refuses one that leaves hardly a line', () => {
    expect(fittingWindow([table], cuts, 16)).toBe(16)
    const fitting = fittingWindow([table], cuts, 100_000)
    expect(fitting).toBe(Math.min(...[split.validation[0]!, split.test[0]!].map(({ from, to }) => to - from)))
    expect(() => fittingWindow([table], cutsOf(table, { test: 2 / lines, validation: 0.2 }), 16)).toThrow(expect.objectContaining({ code: 'log-too-short' }))
  })
})

test('the published protocol lets test lines into training', () => {
  const split = leakingLinkedSplit(table, SHARES, 16, 3)
  const trained = new Set([...split.train].flatMap((start) => Array.from({ length: 16 }, (_, i) => start + i)))
  const tested = split.test.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i))
  expect(tested.filter((line) => trained.has(line)).length / tested.length).toBeGreaterThan(0.9)
  expect(leakingLinkedSplit(table, SHARES, 16, 3).train).toEqual(split.train)
  expect(leakingLinkedSplit(table, SHARES, 16, 4).train).not.toEqual(split.train)
})

describe('a stored split', () => {
  const parts = new Map(table.events.map(({ auditID }, i) => [auditID, ([0, 0, 1, 2, -1] as const)[i % 5] as 0 | 1 | 2]))
  const partAt = (line: number): number => parts.get(table.events[table.eventOf[line]!]?.auditID ?? '') ?? -1
  const split = storedLinkedSplit(table, parts, 4)

  test('learns from its own lines, and validates and tests on all of theirs', () => {
    const inside = (ranges: readonly { from: number; to: number }[]): number[] => ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i))
    const all = Array.from({ length: lines }, (_, line) => line)
    expect(all.filter(split.fitted)).toEqual(all.filter((line) => partAt(line) === 0))
    expect(inside(split.validation)).toEqual(all.filter((line) => partAt(line) === 1))
    expect(inside(split.test)).toEqual(all.filter((line) => partAt(line) === 2))
    expect([...split.train]).toEqual(all.filter((start) => start + 4 <= lines && [0, 1, 2, 3].some((i) => partAt(start + i) === 0)))
  })

  test('needs lines in every part', () => {
    expect(() => storedLinkedSplit(table, new Map([...parts].filter(([, part]) => part !== 2)), 4)).toThrow(expect.objectContaining({ code: 'log-too-short', message: expect.stringContaining('0 lines of requests for the test part') as string }))
  })
})
