import { describe, expect, test } from 'vitest'
import { randomWord, shuffled, threefry } from './random'

describe('threefry', () => {
  // Known answers of the Random123 library for threefry2x32, 20 rounds.
  test.each([
    [[0, 0, 0, 0], [0x6b200159, 0x99ba4efe]],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0x1cb996fc, 0xbb002be7]],
    [[0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3], [0xc4923a9c, 0x483df7a0]],
  ] as const)('key and counter %j', ([k0, k1, c0, c1], want) => {
    expect(threefry(k0, k1, c0, c1)).toEqual([...want])
  })
})

test('a shuffle keeps every value and depends on seed, purpose and round', () => {
  const values = Int32Array.from({ length: 500 }, (_, i) => i * 3)
  const once = shuffled(values, 7, 'shuffle', 0)
  expect([...once].sort((a, b) => a - b)).toEqual([...values])
  expect(shuffled(values, 7, 'shuffle', 0)).toEqual(once)
  for (const other of [shuffled(values, 8, 'shuffle', 0), shuffled(values, 7, 'split', 0), shuffled(values, 7, 'shuffle', 1)]) {
    expect(other).not.toEqual(once)
  }
})

test('every place of a shuffle is reached about equally often', () => {
  const counts = new Int32Array(5)
  for (let round = 0; round < 5000; round++) counts[shuffled(Int32Array.of(0, 1, 2, 3, 4), 1, 'shuffle', round).indexOf(0)]!++
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

test('words of different purposes differ', () => {
  expect(randomWord(1, 'dropout', 0, 0)).not.toBe(randomWord(1, 'shuffle', 0, 0))
})
