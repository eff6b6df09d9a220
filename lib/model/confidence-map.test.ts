import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitConfidence, mapConfidence, RAW_CONFIDENCE } from './confidence-map'
import golden from './golden/metrics.json'
import { calibration } from './metrics/calibration'

describe('fitConfidence', () => {
  test.each(golden.confidences)('is Platt scaling, as scikit-learn fits it', ({ confidence, right, map: [slope, intercept] }) => {
    const map = fitConfidence(confidence, right)
    expect(map.slope).toBeCloseTo(slope!, 5)
    expect(map.intercept).toBeCloseTo(intercept!, 5)
  })
  test('mends confidences that are far too low', () => {
    const { confidence, right } = golden.confidences[0]!
    const map = fitConfidence(confidence, right)
    const before = calibration(confidence, right).error
    const after = calibration(confidence.map((value) => mapConfidence(map, value)), right).error
    expect(before).toBeGreaterThan(0.3)
    expect(after).toBeLessThan(0.06)
  })
  test('keeps the order of confidences, stays within 0..1, whatever it was fitted on', () => {
    const lines = fc.array(fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() }), { maxLength: 40 })
    fc.assert(fc.property(lines, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (seen, a, b) => {
      const map = fitConfidence(seen.map((line) => line.confidence), seen.map((line) => line.right))
      const [low, high] = [mapConfidence(map, Math.min(a, b)), mapConfidence(map, Math.max(a, b))]
      expect(low).toBeLessThanOrEqual(high)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
    }))
  })
  test('nothing to fit on leaves them as they are', () => {
    expect(mapConfidence(fitConfidence([], []), 0.37)).toBe(0.37)
    expect(mapConfidence(RAW_CONFIDENCE, 0)).toBe(0)
  })
})
