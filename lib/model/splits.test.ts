import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockedSplit, leakage, paperSplit, type Split } from './splits'
import { coveredLines, coveringStarts, windowStarts, windowStartsIn } from './windows'

const touched = (split: Split, lines: number) =>
  [split.train, split.validation, split.test].map((starts) => coveredLines(starts, split.window, lines))

describe('windows', () => {
  test('stride 1 gives N - W + 1 windows', () => {
    expect(windowStarts(100, 60, 1)).toHaveLength(41)
    expect([...windowStarts(10, 4, 3)]).toEqual([0, 3, 6])
    expect(windowStarts(59, 60, 1)).toHaveLength(0)
  })
  test('inference covers every line whatever the stride', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 300 }), (W, wish, more) => {
      const lines = W + more
      const stride = Math.min(wish, W)
      expect(coveredLines(coveringStarts(lines, W, stride), W, lines).every((mark) => mark === 1)).toBe(true)
    }))
  })
  test('a stride that would skip lines is refused at inference', () => {
    expect(() => coveringStarts(100, 5, 6)).toThrow(/skip lines/)
    expect(() => windowStarts(100, 5, 0)).toThrow(/Stride/)
    expect(() => windowStartsIn({ from: 0, to: 9 }, 0, 1)).toThrow(/Window size/)
  })
})

describe('blocked', () => {
  test('no line stands in two sets, and blocks are W - 1 lines apart', () => {
    const shapes = fc.record({ lines: fc.integer({ min: 400, max: 3000 }), W: fc.integer({ min: 1, max: 30 }), stride: fc.integer({ min: 1, max: 40 }) })
    fc.assert(fc.property(shapes, ({ lines, W, stride }) => {
      const split = blockedSplit(lines, W, { test: 0.15, validation: 0.15, stride })
      const sets = touched(split, lines)
      let shared = 0
      for (let line = 0; line < lines; line++) if (sets.reduce((sum, set) => sum + (set[line] as number), 0) > 1) shared++
      expect(shared).toBe(0)
      expect(split.validationLines.from - split.trainLines.to).toBe(W - 1)
      expect(split.testLines.from - split.validationLines.to).toBe(W - 1)
      expect(split.fitted).toEqual(split.trainLines)
      expect(leakage(split, lines)).toEqual({ testLines: split.testLines.to - split.testLines.from, leaked: 0 })
    }))
  })
  test('a log too short for its blocks says which and what to do', () => {
    expect(() => blockedSplit(300, 60, { test: 0.1, validation: 0.1, stride: 5 })).toThrow(/validation block holds .* smaller window/)
  })
})

describe('paper', () => {
  const starts = windowStarts(2000, 20, 1)
  const split = paperSplit(starts, { test: 0.1, validation: 0.1, seed: 3, window: 20, lines: 2000 })
  test('every window is in one set, in the shares asked for', () => {
    expect([...split.train, ...split.validation, ...split.test].sort((a, b) => a - b)).toEqual([...starts])
    expect(split.test).toHaveLength(198)
    expect(split.validation).toHaveLength(198)
  })
  test('the seed decides', () => {
    expect(paperSplit(starts, { test: 0.1, validation: 0.1, seed: 3, window: 20, lines: 2000 })).toEqual(split)
    expect(paperSplit(starts, { test: 0.1, validation: 0.1, seed: 4, window: 20, lines: 2000 }).test).not.toEqual(split.test)
  })
  test('nearly every test line is trained on, which is the point of showing both', () => {
    expect(leakage(split, 2000).leaked).toBeGreaterThan(0.99)
  })
  test('shares that leave nothing to train on are refused', () => {
    expect(() => paperSplit(starts, { test: 0.6, validation: 0.4, seed: 0, window: 20, lines: 2000 })).toThrow(/share/)
  })
})
