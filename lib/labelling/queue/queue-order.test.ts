import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heldBack } from './hold-back'
import { queueOrder, RANDOM_EVERY, type QueuedRequest } from './queue-order'
import { requestKind, senderKind } from './request-kind'

const requests = fc.uniqueArray(fc.record({ request: fc.nat(5000), uncertainty: fc.double({ min: 0, max: 3, noNaN: true }), kind: fc.constantFrom('a', 'b', 'c') }), { selector: ({ request }) => request, maxLength: 60 })

describe('the queue', () => {
  test('offers every request once, and as many as asked for', () => {
    fc.assert(fc.property(requests, fc.nat(80), fc.nat(), (given, count, seed) => {
      const order = queueOrder(given, { count, seed })
      expect(order).toHaveLength(Math.min(count, given.length))
      expect(new Set(order).size).toBe(order.length)
      expect(order.every((request) => given.some((one) => one.request === request))).toBe(true)
    }))
  })

  test('depends on the requests and the seed, not on the order in which they are given', () => {
    fc.assert(fc.property(requests, fc.nat(), (given, seed) => {
      expect(queueOrder([...given].reverse(), { seed })).toEqual(queueOrder(given, { seed }))
    }))
  })

  test('a shorter queue is the beginning of a longer one', () => {
    fc.assert(fc.property(requests, fc.nat(60), fc.nat(), (given, count, seed) => {
      expect(queueOrder(given, { count, seed })).toEqual(queueOrder(given, { seed }).slice(0, count))
    }))
  })

  test('begins with the most uncertain, and a hundred copies of one line do not fill it', () => {
    const copies = Array.from({ length: 100 }, (_, request): QueuedRequest => ({ request, uncertainty: 2, kind: 'copy' }))
    const rare = Array.from({ length: 8 }, (_, i): QueuedRequest => ({ request: 100 + i, uncertainty: 0.5, kind: `rare ${i}` }))
    const order = queueOrder([...copies, ...rare], { count: 18, seed: 1 })
    expect(order[0]).toBe(0)
    expect(rare.filter(({ request }) => order.includes(request))).toHaveLength(8)
    expect(queueOrder([...copies, ...rare.map((one) => ({ ...one, kind: 'copy' }))], { count: 18, seed: 1 }).filter((request) => request >= 100).length).toBeLessThan(3)
  })

  test('one place in ten is random: without uncertainty to go by it is no order of the log, with it the certain ones are met too', () => {
    const given = Array.from({ length: 1000 }, (_, request): QueuedRequest => ({ request, uncertainty: request < 500 ? 1 : 0, kind: String(request) }))
    const order = queueOrder(given, { count: 500, seed: 7 })
    const drawn = order.filter((_, place) => place % RANDOM_EVERY === RANDOM_EVERY - 1)
    expect(drawn).toHaveLength(50)
    const certain = order.filter((request) => request >= 500)
    expect(certain.length).toBeGreaterThan(10)
    expect(certain.every((request) => drawn.includes(request))).toBe(true)
    expect(queueOrder(given, { count: 500, seed: 8 })).not.toEqual(order)
  })
})

describe('the held-back sample', () => {
  const ids = Array.from({ length: 4000 }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`)

  test('is five in a hundred, at most 200, and stays while the log is turned round or grows', () => {
    expect(heldBack(ids.slice(0, 1000))).toHaveLength(50)
    const held = heldBack(ids).map((request) => ids[request])
    expect(held).toHaveLength(200)
    const turned = [...ids].reverse()
    expect(new Set(heldBack(turned).map((request) => turned[request]))).toEqual(new Set(held))
  })

  test('is spread over the log like chance, and differs by seed', () => {
    const held = heldBack(ids)
    const quarters = [0, 1, 2, 3].map((quarter) => held.filter((request) => Math.floor(request / 1000) === quarter).length)
    // 50 each; five deviations of a binomial are 31
    expect(quarters.every((count) => Math.abs(count - 50) < 31)).toBe(true)
    expect(heldBack(ids, 1)).not.toEqual(held)
    expect(heldBack([])).toEqual([])
  })
})

test('kinds take nodes, people and accounts together, and tell components apart', () => {
  expect(['system:node:n1', 'alice', 'system:anonymous', 'system:serviceaccount:shop:bot', 'system:serviceaccount:kube-system:job-controller', 'system:apiserver'].map(senderKind))
    .toEqual(['system:node:', 'person', 'system:anonymous', 'account', 'system:serviceaccount:kube-system:job-controller', 'system:apiserver'])
  const parts = { verb: 'get', resource: 'pods', subresource: '', user: 'alice', said: 3 }
  expect(requestKind(parts)).toBe(requestKind({ ...parts, user: 'bob' }))
  expect(requestKind(parts)).not.toBe(requestKind({ ...parts, said: 4 }))
})
