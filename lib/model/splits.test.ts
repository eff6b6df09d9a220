import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockedSplit, foldSplit, leakage, paperSplit, transferSplit, type Split } from './splits'
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
      expect(split.fitted).toEqual([split.trainLines])
      expect(leakage(split, lines)).toEqual({ testLines: split.testLines.to - split.testLines.from, leaked: 0 })
    }))
  })
  test('a log too short for its blocks says which and what to do', () => {
    expect(() => blockedSplit(300, 60, { test: 0.1, validation: 0.1, stride: 5 })).toThrow(/validation block holds .* smaller window/)
  })
})

describe('folds', () => {
  const shapes = fc.record({ lines: fc.integer({ min: 500, max: 3000 }), W: fc.integer({ min: 1, max: 30 }), stride: fc.integer({ min: 1, max: 40 }), k: fc.integer({ min: 2, max: 8 }) })
  test('no line is in two sets, no window holds lines of two, and the test blocks are the whole log', () => {
    fc.assert(fc.property(shapes, ({ lines, W, stride, k }) => {
      const tested = new Uint8Array(lines)
      for (let fold = 1; fold <= k; fold++) {
        const split = foldSplit(lines, W, { k, fold, validation: 0.1, stride })
        const [train, validation, test] = touched(split, lines) as [Uint8Array, Uint8Array, Uint8Array]
        for (let line = 0; line < lines; line++) {
          expect((train[line] as number) + (validation[line] as number) + (test[line] as number)).toBeLessThanOrEqual(1)
          tested[line]! += test[line] as number
        }
        // Whoever stands W - 1 lines from a test line, or nearer, is trained on by no window.
        const near = (line: number): boolean => train[line] === 1 || validation[line] === 1
        for (let gap = 1; gap < W; gap++) expect(near(split.testLines.from - gap) || near(split.testLines.to - 1 + gap)).toBe(false)
        expect(split.fitted.every(({ from, to }) => test.subarray(from, to).every((mark) => mark === 0) && validation.subarray(from, to).every((mark) => mark === 0))).toBe(true)
        expect(train.every((mark, line) => mark === 0 || split.fitted.some(({ from, to }) => line >= from && line < to))).toBe(true)
        expect(leakage(split, lines)).toEqual({ testLines: split.testLines.to - split.testLines.from, leaked: 0 })
      }
      expect(tested.every((mark) => mark === 1)).toBe(true)
    }), { numRuns: 30 })
  })
  test('both sides of a middle fold are trained on', () => {
    const split = foldSplit(1000, 10, { k: 5, fold: 2, validation: 0.1, stride: 1 })
    expect(split).toMatchObject({ testLines: { from: 200, to: 400 }, validationLines: { from: 900, to: 1000 }, fitted: [{ from: 0, to: 191 }, { from: 409, to: 891 }] })
    expect(split.train).toHaveLength(191 - 9 + 891 - 409 - 9)
  })
  test('folds that are not there, and logs too short for them, are refused', () => {
    expect(() => foldSplit(1000, 10, { k: 5, fold: 6, validation: 0.1, stride: 1 })).toThrow(/no fold 6 of 5/)
    expect(() => foldSplit(1000, 10, { k: 2, fold: 1, validation: 0.5, stride: 1 })).toThrow(/another share or more folds/)
    expect(() => foldSplit(100, 60, { k: 10, fold: 1, validation: 0.1, stride: 1 })).toThrow(/test block holds 10 lines/)
  })
})

describe('transfer', () => {
  test('all of the other log is tested on, and nothing of it fitted on', () => {
    const split = transferSplit(1000, 77, 10, { validation: 0.1, stride: 5, testStride: 50 })
    expect(split).toMatchObject({ protocol: 'transfer', fitted: [{ from: 0, to: 891 }], validationLines: { from: 900, to: 1000 }, testLines: { from: 0, to: 77 } })
    expect(coveredLines(split.test, 10, 77).every((mark) => mark === 1)).toBe(true)
    expect(leakage(split, 1000)).toEqual({ testLines: 77, leaked: 0 })
    expect(() => transferSplit(1000, 9, 10, { validation: 0.1, stride: 5 })).toThrow(/test block holds 9 lines/)
    expect(() => transferSplit(1000, 77, 10, { validation: 1, stride: 5 })).toThrow(/leave lines to train on/)
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
