import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAuditweaveError } from '@/lib/audit/errors'
import { contextId } from '@/lib/contexts/context-id'
import { Partition } from './partition'
import { entangled, planCorrection } from './plan-correction'
import type { CorrectionAct, CorrectionPlan } from './types'

const REQUESTS = Array.from({ length: 12 }, (_, index) => `r${index}`)
const IDS = REQUESTS.map(contextId)

/** Some requests of contexts of their own, some that follow, some outside, one without an object. */
const partitions = fc.array(fc.nat(11), { minLength: 12, maxLength: 12 }).map((homes) => {
  const partition = new Partition()
  const triggers = new Set(homes.filter((_, index) => index % 3 !== 2).map((home) => REQUESTS[home] as string))
  for (const trigger of triggers) partition.addContext(contextId(trigger), trigger).addRequest(trigger, { context: contextId(trigger), role: 'trigger' })
  REQUESTS.forEach((request, index) => {
    if (triggers.has(request)) return
    const home = REQUESTS[homes[index] ?? 0] as string
    if (index === 11) partition.addRequest(request, { context: null, role: 'nonresource' })
    else if (triggers.has(home)) partition.addRequest(request, { context: contextId(home), role: 'consequence' })
    else partition.addRequest(request, { context: null, role: 'background' })
  })
  return partition
})

const some = fc.uniqueArray(fc.constantFrom(...REQUESTS), { minLength: 1, maxLength: 5 })
const contexts = fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1, maxLength: 4 })
const acts: fc.Arbitrary<CorrectionAct> = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), requests: some, to: fc.constantFrom(...IDS) }),
  some.chain((requests) => fc.record({ kind: fc.constant('split' as const), requests: fc.constant(requests), trigger: fc.constantFrom(...requests) })),
  contexts.chain((ids) => fc.record({ kind: fc.constant('merge' as const), contexts: fc.constant(ids), into: fc.constantFrom(...ids) })),
  fc.record({ kind: fc.constant('background' as const), requests: some }),
  fc.record({ kind: fc.constant('confirm' as const), contexts }),
)

function tryPlan(partition: Partition, act: CorrectionAct): CorrectionPlan | null {
  try {
    return planCorrection(partition, act)
  } catch (error) {
    if (isAuditweaveError(error)) return null
    throw error
  }
}

function snapshot(partition: Partition): unknown {
  return { contexts: [...partition.contexts].sort(), requests: [...partition.requests].sort(), members: [...partition.contexts.keys()].sort().map((id) => [...partition.membersOf(id)].sort()) }
}

/** Every request stands in one place; every context holds its trigger, and nothing stands in a context that is not there. */
function checkPartition(partition: Partition): void {
  for (const [id, trigger] of partition.contexts) {
    expect(partition.placement(trigger)?.context).toBe(id)
    expect(id).toBe(contextId(trigger))
  }
  const counted = [...partition.contexts.keys()].reduce((sum, id) => sum + partition.membersOf(id).size, 0)
  const placed = [...partition.requests.values()].filter(({ context }) => context !== null)
  expect(counted).toBe(placed.length)
  for (const { context, role } of partition.requests.values()) {
    if (context !== null) expect(partition.contexts.has(context)).toBe(true)
    if (context === null) expect(role).not.toBe('trigger')
  }
  expect(partition.placement('r11')?.role === 'nonresource' && partition.placement('r11')?.context !== null).toBe(false)
}

describe('corrections of contexts', () => {
  it('leave a partition, and refuse or carry out every act without another kind of failure', () => {
    let carriedOut = 0
    fc.assert(fc.property(partitions, fc.array(acts, { maxLength: 12 }), (partition, list) => {
      checkPartition(partition)
      for (const act of list) {
        const before = snapshot(partition)
        const plan = tryPlan(partition, act)
        expect(snapshot(partition)).toEqual(before)
        if (plan === null) continue
        carriedOut++
        partition.apply(plan)
        checkPartition(partition)
        expect(partition.requests.size).toBe(12)
      }
    }), { numRuns: 300 })
    expect(carriedOut).toBeGreaterThan(200)
  })

  it('are undone exactly, the newest first', () => {
    fc.assert(fc.property(partitions, fc.array(acts, { maxLength: 12 }), (partition, list) => {
      const done: { plan: CorrectionPlan; before: unknown }[] = []
      for (const act of list) {
        const plan = tryPlan(partition, act)
        if (plan === null) continue
        done.push({ plan, before: snapshot(partition) })
        partition.apply(plan)
      }
      for (const { plan, before } of done.toReversed()) {
        partition.revert(plan)
        expect(snapshot(partition)).toEqual(before)
      }
    }), { numRuns: 300 })
  })

  it('are undone in any order where no later act touches the same: what is left is as if it had never been', () => {
    let undone = 0
    fc.assert(fc.property(partitions, fc.array(acts, { minLength: 2, maxLength: 12 }), fc.nat(), (partition, list, pick) => {
      const begin = clone(partition)
      const done: { act: CorrectionAct; plan: CorrectionPlan }[] = []
      for (const act of list) {
        const plan = tryPlan(partition, act)
        if (plan === null) continue
        partition.apply(plan)
        done.push({ act, plan })
      }
      const at = done.length === 0 ? -1 : pick % done.length
      const one = done[at]
      if (one === undefined || done.slice(at + 1).some(({ plan }) => entangled(one.plan, plan))) return
      undone++
      partition.revert(one.plan)
      for (const { act } of done.filter((_, place) => place !== at)) begin.apply(planCorrection(begin, act))
      expect(snapshot(partition)).toEqual(snapshot(begin))
    }), { numRuns: 300 })
    expect(undone).toBeGreaterThan(50)
  })

  it('refuse to take a trigger from those that follow it, and say how it is done', () => {
    const partition = new Partition().addContext('c', 't').addRequest('t', { context: 'c', role: 'trigger' }).addRequest('a', { context: 'c', role: 'consequence' })
    expect(() => planCorrection(partition, { kind: 'background', requests: ['t'] })).toThrow(/t is the trigger of c, where one more request stays\. Take those too/)
    expect(planCorrection(partition, { kind: 'background', requests: ['t', 'a'] }).gone).toEqual([{ id: 'c', trigger: 't' }])
    expect(() => planCorrection(partition, { kind: 'background', requests: ['\u202e'] })).toThrow(/no request \\u202e/)
  })
})

function clone(partition: Partition): Partition {
  const copy = new Partition()
  for (const [id, trigger] of partition.contexts) copy.addContext(id, trigger)
  for (const [auditID, placement] of partition.requests) copy.addRequest(auditID, placement)
  return copy
}
