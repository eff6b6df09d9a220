import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isHopeless } from './early-stop'

const rule = { graceEpochs: 2, leastRuns: 3 }
const others = [[0.5, 0.7, 0.9], [0.4, 0.6, 0.8], [0.1, 0.2, 0.3]]

describe('a run beside finished ones', () => {
  it('is hopeless when its best is below the median of their running averages', () => {
    // Running averages over three epochs: .7, .6, .2.
    expect(isHopeless([0.1, 0.59, 0.2], others, rule)).toBe(true)
    expect(isHopeless([0.1, 0.61, 0.2], others, rule)).toBe(false)
    expect(isHopeless([0.1, 0.6, 0.2], others, rule), 'as good as the median').toBe(false)
  })

  it('is left alone in its first epochs and while too few have finished', () => {
    expect(isHopeless([0, 0], others, rule)).toBe(false)
    expect(isHopeless([0, 0, 0], others.slice(1), rule)).toBe(false)
    expect(isHopeless([0, 0, 0], [...others.slice(1), []], rule), 'without an epoch nothing is known').toBe(false)
  })

  it('is compared at its own epoch, and with all epochs of those that ended sooner', () => {
    expect(isHopeless([0.3, 0.3, 0.3], [[0.2, 0.2, 0.2, 0.9, 0.9], [0.2, 0.2, 0.2, 0.9], [0.2]], rule)).toBe(false)
    // An even number: the mean of the two in the middle, .2 and .5.
    expect(isHopeless([0.3, 0.34, 0.3], [[0.1], [0.2], [0.5], [0.6]], rule)).toBe(true)
    expect(isHopeless([0.3, 0.36, 0.3], [[0.1], [0.2], [0.5], [0.6]], rule)).toBe(false)
  })

  it('is never hopeless when it is as good as the best of all, and does not depend on their order', () => {
    const accuracies = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(accuracies, fc.array(accuracies, { maxLength: 7 }), (own, peers) => {
      expect(isHopeless([...own, ...peers.flat()], peers, rule)).toBe(false)
      expect(isHopeless(own, peers.toReversed(), rule)).toBe(isHopeless(own, peers, rule))
    }))
  })
})
