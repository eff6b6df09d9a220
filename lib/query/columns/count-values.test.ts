import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Bitmap } from './bitmap'
import { countValues } from './count-values'
import { DictionaryBuilder } from './dictionary-builder'
import { histogramOf } from './histogram'
import { seenValues } from './seen-values'

const value = fc.oneof(fc.constantFrom('a', 'b', 'Ab', '__proto__', 200, true), fc.constant(undefined), fc.array(fc.constantFrom('a', 'c'), { minLength: 1, maxLength: 2 }))
const rows = fc.array(value, { minLength: 1, maxLength: 40 })

function columnOf(values: readonly unknown[]) {
  const builder = new DictionaryBuilder()
  for (const one of values) builder.push(one as string)
  return builder.column()
}

describe('facets', () => {
  test('count what a loop over the rows counts', () => {
    fc.assert(fc.property(rows, fc.array(fc.nat(39)), (values, picked) => {
      const among = new Bitmap(values.length)
      for (const row of picked) if (row < values.length) among.add(row)
      const wanted = new Map<unknown, number>()
      for (const row of among.toArray()) for (const item of Array.isArray(values[row]) ? new Set(values[row] as unknown[]) : [values[row] ?? null]) wanted.set(item, (wanted.get(item) ?? 0) + 1)
      const { distinct, values: counted } = countValues(columnOf(values), among, 100)
      expect(new Map(counted.map(({ value: one, count }) => [one, count]))).toEqual(wanted)
      expect(distinct).toBe(wanted.size)
      expect(counted.map(({ count }) => count)).toEqual(counted.map(({ count }) => count).toSorted((a, b) => b - a))
    }))
  })

  test('values seen hold what was typed, and those that begin with it come first', () => {
    const column = columnOf(['xa', 'ab', 'ab', 'b', 'xa', 'xa', ['Ac', 'ab'], undefined])
    expect(seenValues(column, 9, 'a')).toEqual([{ value: 'ab', count: 3 }, { value: 'Ac', count: 1 }, { value: 'xa', count: 3 }])
    expect(seenValues(column, 1)).toEqual([{ value: 'ab', count: 3 }])
  })
})

describe('the histogram', () => {
  test('counts every row with a time once, in steps that all lie in the log', () => {
    const times = fc.array(fc.oneof(fc.integer({ min: 1e15, max: 1e15 + 1e11 }), fc.constant(Number.NaN)), { minLength: 1, maxLength: 60 })
    fc.assert(fc.property(times, fc.integer({ min: 1, max: 200 }), (micros, most) => {
      const all = Bitmap.all(micros.length)
      const even = all.filter((row) => row % 2 === 0)
      const found = histogramOf((row) => micros[row] ?? Number.NaN, all, even, most)
      const timed = micros.filter((one) => !Number.isNaN(one))
      if (found === null) {
        expect(timed).toEqual([])
        return
      }
      expect(found.all.length).toBeLessThanOrEqual(most + 1)
      expect(found.all.reduce((sum, one) => sum + one, 0)).toBe(timed.length)
      expect(found.matched.reduce((sum, one) => sum + one, 0)).toBe(even.toArray().filter((row) => !Number.isNaN(micros[row])).length)
      const at = (one: number): number => Math.floor((one - found.fromMicros) / found.stepMicros)
      expect(found.all[at(Math.min(...timed))]).toBeGreaterThan(0)
      expect(at(Math.max(...timed))).toBe(found.all.length - 1)
    }))
  })
})
