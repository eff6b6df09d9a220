import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brushRange, rangeBrush } from './axis-brush'
import { axisScale, niceTicks } from './axis-scale'
import type { Brush } from './brush'
import { brushedRows } from './brushed-rows'
import type { Column, NumberColumn, WordColumn } from './column'
import { lineY } from './draw-lines'
import { nearestLine } from './nearest-line'
import { everyRow } from './order'
import { lineLayout } from './parallel-plot'
import { rampColor, rowColors } from './ramp'

const facts = { from: 'figures', title: 'T', short: 'T', hint: '', better: null, format: String } as const
const numbers = (...values: readonly number[]): NumberColumn => ({ ...facts, kind: 'number', key: 'size', values: Float64Array.from(values) })
const words = (...values: readonly (string | null)[]): WordColumn => {
  const list = [...new Set(values.filter((value) => value !== null))]
  return { ...facts, kind: 'word', key: 'kind', words: list, codes: Int32Array.from(values, (value) => (value === null ? -1 : list.indexOf(value))) }
}
const scaleOf = (column: Column, count: number) => axisScale(column, everyRow(count))

describe('an axis', () => {
  it('runs from the lowest to the highest, by logarithm over orders of magnitude', () => {
    const linear = scaleOf(numbers(2, 4, Number.NaN, 3), 4)
    expect([0, 1, 3].map(linear.at)).toEqual([0, 1, 0.5])
    expect([linear.at(2), linear.log]).toEqual([Number.NaN, false])
    const log = scaleOf(numbers(0.001, 1000, 1), 3)
    expect(log.log).toBe(true)
    expect(log.at(2)).toBeCloseTo(0.5, 12)
    expect(scaleOf(numbers(7, 7), 2).at(0)).toBe(0.5)
  })
  it('has a tick for each value of a setting, round ones where there are many', () => {
    expect(scaleOf(numbers(64, 32, 128, 32), 4).ticks.map((tick) => tick.text)).toEqual(['32', '64', '128'])
    const many = scaleOf(numbers(...Array.from({ length: 100 }, (_, i) => i / 100)), 100)
    expect(many.ticks.map((tick) => tick.text)).toEqual(['0', '0.25', '0.5', '0.75'])
  })
  it('has ticks within its ends, in order', () => {
    fc.assert(fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (low, span) => {
      const ticks = niceTicks(low, low + span)
      expect(ticks).toEqual(ticks.toSorted((a, b) => a - b))
      expect(ticks.length).toBeGreaterThan(0)
      expect(ticks.length).toBeLessThan(12)
    }))
  })
  it('gives each word a place in order, those of other rows none', () => {
    const scale = axisScale(words('b', 'a', null, 'z'), Int32Array.of(0, 1, 2))
    expect([scale.words, scale.at(0), scale.at(1), scale.at(2), scale.at(3)]).toEqual([['a', 'b'], 1, 0, Number.NaN, Number.NaN])
  })
})

describe('a brush', () => {
  it('of numbers is where it was put, to a thousandth of the axis', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(numbers(5, 100), numbers(0.98, 0.99), numbers(-3, 4), numbers(1, 1e6)), (a, b, column) => {
      const scale = scaleOf(column, 2)
      const wanted = { from: Math.min(a, b), to: Math.max(a, b) }
      const brush = rangeBrush(scale, { from: a, to: b })
      const range = brushRange(scale, brush ?? undefined)
      expect(Math.abs(range.from - wanted.from)).toBeLessThan(2e-3)
      expect(Math.abs(range.to - wanted.to)).toBeLessThan(2e-3)
    }))
  })
  it('of words holds those within, and all of them is no brush', () => {
    const scale = scaleOf(words('a', 'b', 'c'), 3)
    expect(rangeBrush(scale, { from: 0.4, to: 1 })).toEqual({ key: 'kind', words: ['b', 'c'] })
    expect(rangeBrush(scale, { from: 0, to: 0 })).toEqual({ key: 'kind', words: ['a'] })
    expect(rangeBrush(scale, { from: -1, to: 2 })).toBeNull()
    expect(brushRange(scale, { key: 'kind', words: ['b'] })).toEqual({ from: 0.5, to: 0.5 })
  })
  it('keeps the ends of its axis to the last digit', () => {
    const column = numbers(0.123456789012, 1, 0.5)
    const brush = rangeBrush(scaleOf(column, 3), { from: 0, to: 0.9 })
    const kept = brushedRows(everyRow(3), [brush as Brush], new Map([['size', column]]), 3)
    expect([...kept]).toEqual([0, 2])
  })
})

describe('colours', () => {
  const lightness = (color: string): number => {
    const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).map((part) => (Number(part) / 255) ** 2.2)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  it('of the ramp grow lighter all the way, in both themes', () => {
    for (const theme of ['light', 'dark'] as const) {
      const ramp = Array.from({ length: 21 }, (_, step) => lightness(rampColor(step / 20, theme)))
      expect(ramp).toEqual(ramp.toSorted((a, b) => a - b))
    }
  })
  it('of words are those of the palette, commonest first; what is beyond shares one and is counted', () => {
    const column = words(...'aabcdefghij'.split(''))
    const colors = rowColors(column, everyRow(11), 'light')
    expect(colors.legend.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', '3 more'])
    expect([0, 1, 10].map(colors.bucket)).toEqual([0, 0, 7])
  })
})

describe('the line under the pointer', () => {
  const scales = [scaleOf(numbers(0, 10, 5), 3), scaleOf(numbers(10, 0, 5), 3)]
  const layout = lineLayout(2, 400, 300)
  it('is the nearest within reach, none beyond', () => {
    const [left = 0, right = 0] = layout.xs
    const first = scales[0]
    if (!first) throw new Error('no scale')
    expect(nearestLine(everyRow(3), scales, layout, left + 1, lineY(first, 1, layout) + 3)).toBe(1)
    // Halfway all three cross.
    expect(nearestLine(everyRow(3), scales, layout, (left + right) / 2, layout.top)).toBeNull()
    expect(nearestLine(everyRow(3), scales, layout, left - 20, lineY(first, 1, layout))).toBeNull()
  })
})
