import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logTicks, niceDomain } from './domain'
import { spread } from './labels'

const linear = { title: '', unit: null, scale: 'linear', domain: null } as const
const log = { ...linear, scale: 'log' } as const
const share = { ...linear, domain: [0, 1] as const }

describe('niceDomain', () => {
  it('has round ends', () => {
    expect(niceDomain([0.523, 0.981], share)).toEqual([0.5, 1])
    expect(niceDomain([3, 97], linear)).toEqual([0, 100])
    expect(niceDomain([3, 970], log)).toEqual([2, 1000])
    expect(niceDomain([], share)).toEqual([0, 1])
  })

  it('holds every value that can be, and no bound is passed', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
      const [low, high] = niceDomain(values, share)
      expect(low).toBeLessThan(high)
      expect([low >= 0, high <= 1, values.every((value) => value >= low - 1e-9 && value <= high + 1e-9)]).toEqual([true, true, true])
    }))
    fc.assert(fc.property(fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
      const [low, high] = niceDomain(values, log)
      expect(values.every((value) => value >= low * (1 - 1e-6) && value <= high * (1 + 1e-6))).toBe(true)
      expect(logTicks([low, high]).length).toBeGreaterThan(0)
    }))
  })
})

describe('spread', () => {
  it('keeps labels apart and in order', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 8 }), (wanted) => {
      const placed = spread(wanted, 12, 0, 200).toSorted((a, b) => a - b)
      expect(placed.every((place, index) => index === 0 || place - (placed[index - 1] ?? 0) >= 12 - 1e-9)).toBe(true)
    }))
  })
})
