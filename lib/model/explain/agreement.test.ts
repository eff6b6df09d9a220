import { describe, expect, test } from 'vitest'
import { agreementOf, ranksOf } from './agreement'

describe('agreementOf', () => {
  test('ranks equal values alike', () => expect([...ranksOf([3, 1, 3, 0])]).toEqual([3.5, 2, 3.5, 1]))
  test('is 1 for one order and -1 for the opposite', () => {
    expect(agreementOf([1, 2, 3, 4], [10, 20, 21, 400])).toEqual({ rank: 1, top: 4, count: 4 })
    expect(agreementOf([1, 2, 3], [3, 2, 1]).rank).toBe(-1)
  })
  // scipy.stats.spearmanr([.1, .4, .4, .9, -.2, 0], [.2, .1, .5, .8, .1, -.3]) = 0.75
  test('agrees with SciPy on ties', () => expect(agreementOf([0.1, 0.4, 0.4, 0.9, -0.2, 0], [0.2, 0.1, 0.5, 0.8, 0.1, -0.3]).rank).toBeCloseTo(0.75, 12))
  test('counts what leads by size, whichever its sign', () => {
    expect(agreementOf([9, -8, 7, 6, 5, 0, 0, 0], [-9, 8, 0, 0, 0, 7, 6, 5]).top).toBe(2)
    expect(agreementOf([0, 0], [1, 2]).rank).toBeNull()
  })
})
