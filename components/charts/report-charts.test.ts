import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BarsBody, LinesBody, Summary } from '@/lib/experiments/report/report-types'
import { barDomain, barFoot, barRows } from './bar-layout'
import { markText, neighbour, type PlotMark } from './plot-mark'
import { rampColor, rampInk } from './ramp'
import { rampDomain, shareOf } from './ramp-legend'
import { placesOf, placeSeries, reachOf, wideRows } from './series-data'
import { axisOf, linearTicks, logTicks } from './ticks'
import { axisTitle, formatMean, formatValue } from './value-format'

const summary = (...values: number[]): Summary => ({ mean: values.reduce((a, b) => a + b, 0) / values.length, deviation: values.length > 1 ? 0.1 : null, values: values.map((value, index) => ({ run: `r${index}`, number: index + 1, seed: index, value })) })

describe('ticks', () => {
  it('are round, even and inside', () => {
    expect(linearTicks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(linearTicks(0.972, 0.988, 4)).toEqual([0.975, 0.98, 0.985])
    fc.assert(fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (low, span) => {
      const ticks = linearTicks(low, low + span)
      expect(ticks.length).toBeLessThanOrEqual(8)
      const slack = 1e-6 * (Math.abs(low) + span)
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(low - slack)
        expect(tick).toBeLessThanOrEqual(low + span + slack)
      }
    }))
  })
  it('of a logarithmic axis are decades, and their doubles and fives where decades are few', () => {
    expect(logTicks(1, 10_000)).toEqual([1, 10, 100, 1000, 10_000])
    expect(logTicks(3, 40)).toEqual([5, 10, 20])
    expect(logTicks(0.2, 0.29)).toEqual([0.2])
    expect(logTicks(0, 5)).toEqual([])
  })
  it('give room to values that differ by next to nothing', () => {
    const { domain } = axisOf([99999.999999999, 99999.99999999901], false)
    expect(domain[1]).toBeGreaterThan(domain[0])
  })
  it('hold every value of their axis', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 1e-3, max: 1e5, noNaN: true }), { minLength: 1 }), fc.boolean(), (values, log) => {
      const { domain } = axisOf(values, log)
      expect(domain[0]).toBeLessThanOrEqual(Math.min(...values) * (1 + 1e-9))
      expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...values) * (1 - 1e-9))
      expect(domain[1]).toBeGreaterThan(domain[0])
    }))
  })
})

describe('marks', () => {
  const mark = (key: string, x: number, y: number): PlotMark => ({ key, x, y, title: key, value: '1', notes: [], runs: [], format: String })
  const marks = [mark('a', 0, 0), mark('b', 10, 0), mark('c', 20, 5), mark('d', 0, 10)]
  it('lead to the nearest by arrow keys, and stay where there is none', () => {
    const [a, b] = marks
    if (!a || !b) throw new Error('no marks')
    expect(neighbour(marks, a, 'ArrowRight').key).toBe('b')
    expect(neighbour(marks, b, 'ArrowRight').key).toBe('c')
    expect(neighbour(marks, a, 'ArrowDown').key).toBe('d')
    expect(neighbour(marks, a, 'ArrowLeft').key).toBe('a')
  })
  it('of a grid are all reached by arrows', () => {
    const grid = Array.from({ length: 20 }, (_, index) => mark(String(index), (index % 5) * 40, Math.floor(index / 5) * 36))
    const reached = new Set<string>()
    const go = (from: PlotMark): void => {
      if (reached.has(from.key)) return
      reached.add(from.key)
      for (const direction of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'] as const) go(neighbour(grid, from, direction))
    }
    if (grid[7]) go(grid[7])
    expect(reached.size).toBe(20)
  })
  it('say value, runs and notes', () => {
    expect(markText({ ...mark('W 5', 0, 0), value: '0.9 ± 0.1', runs: summary(1, 2).values, notes: ['paper 0.8'] })).toBe('W 5: 0.9 ± 0.1, 2 runs; paper 0.8')
  })
})

describe('the ramp', () => {
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).map((channel) => {
      const c = Number(channel) / 255
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  it('grows lighter from end to end, and its letters are always readable', () => {
    let before = -1
    for (let share = 0; share <= 1.0001; share += 0.01) {
      const own = luminance(rampColor(share))
      expect(own).toBeGreaterThanOrEqual(before - 1e-6)
      before = own
      const contrast = rampInk(share) === '#000' ? (own + 0.05) / 0.05 : 1.05 / (own + 0.05)
      expect(contrast).toBeGreaterThan(4.5)
    }
  })
  it('spans the figures, or the whole scale where they use much of it', () => {
    expect(rampDomain([0.9, 0.95], [0, 1])).toEqual([0.9, 0.95])
    expect(rampDomain([0.1, 0.95], [0, 1])).toEqual([0, 1])
    expect(rampDomain([0.5], null)).toEqual([0, 1])
    expect(shareOf(0.5, rampDomain([0.5], null))).toBe(0.5)
  })
})

const y = { title: 'F1', unit: null, scale: 'linear', domain: [0, 1] } as const
const lines = (x: readonly (number | string)[]): LinesBody => ({ kind: 'lines', x: { title: 'W', unit: 'lines', scale: 'linear', domain: null }, y, series: [
  { key: 'p', title: 'paper', published: true, points: x.map((at) => ({ x: at, ...summary(0.5), values: [] })) },
  { key: 'o', title: 'ours', published: false, points: x.map((at) => ({ x: at, ...summary(0.4, 0.8) })) },
] })

describe('lines', () => {
  it('stand at their numbers in order, or one step apart where places are names', () => {
    expect(placesOf(lines([60, 5])).ticks).toEqual([5, 60])
    const named = placesOf(lines(['full', 'metadata']))
    expect([named.named, named.ticks, named.at('metadata')]).toEqual([true, [0, 1], 1])
  })
  it('draw what the paper published hollow and dashed, and give ours the colours in order', () => {
    expect(placeSeries(lines([5]))).toMatchObject([{ marker: 'hollow', dash: expect.any(String) }, { marker: 'dot', color: '#009e73' }])
  })
  it('reach as far as deviations and single values, above zero on a logarithmic axis', () => {
    const placed = { x: 1, y: 0.05, point: { x: 1, mean: 0.05, deviation: 0.1, values: summary(0.02, 0.3).values } }
    expect(reachOf(placed, false)).toEqual([0.05 - 0.1, 0.3])
    expect(reachOf(placed, true)).toEqual([0.02, 0.3])
  })
  it('leave out what a logarithmic axis has no place for', () => {
    const body = lines([5])
    const zero = { ...body, y: { ...y, scale: 'log' as const, domain: null }, series: [{ key: 'z', title: 'z', published: false, points: [{ x: 5, ...summary(0) }, { x: 6, ...summary(2) }] }] }
    expect(placeSeries(zero)[0]?.points.map((point) => point.x)).toEqual([6])
    expect(wideRows(placeSeries(zero))).toEqual([{ x: 6, z: 2 }])
  })
})

describe('bars', () => {
  const body = (change: Partial<BarsBody> = {}): BarsBody => ({ kind: 'bars', horizontal: true, value: y, category: { title: 'feature' }, baseline: null, series: [{ key: 'a', title: 'a', published: false, bars: [{ category: 'x', title: 'x', ...summary(0.97, 0.99) }, { category: 'y', title: 'y', ...summary(0.98) }] }], ...change })
  it('begin at zero on the whole scale, or at the baseline on an axis that shows the differences', () => {
    expect(barDomain(body())).toEqual([0, 1])
    expect(barFoot(body(), [0, 1])).toBe(0)
    const told = body({ baseline: summary(0.98) })
    const [low, high] = barDomain(told)
    expect(low).toBeLessThan(0.98 - 0.1)
    expect(high).toBeGreaterThan(0.98 + 0.1)
    expect(barFoot(told, [low, high])).toBe(0.98)
  })
  it('begin at the lowest decade of a logarithmic axis', () => {
    const log = body({ value: { title: 't', unit: 'ms', scale: 'log', domain: null } })
    expect(barDomain(log)).toEqual([0.1, 10])
    expect(barFoot(log, [0.1, 10])).toBe(0.1)
  })
  it('stand together by category', () => {
    const two = body({ series: [...body().series, { key: 'b', title: 'b', published: false, bars: [{ category: 'y', title: 'y', ...summary(0.5) }] }] })
    expect(barRows(two).map(({ key, bars }) => [key, bars.map(({ series }) => series)])).toEqual([['x', [0]], ['y', [0, 1]]])
  })
})

describe('values', () => {
  it('have the unit once and the digits that count', () => {
    expect(formatValue(y, 0.98765)).toBe('0.9877')
    expect(formatMean({ unit: 's', domain: null }, 12.3456, 0.5)).toBe('12.35 ± 0.5 s')
    expect(formatMean({ unit: 'bytes', domain: null }, 2e8, 1e6)).toBe('200 MB ± 1.0 MB')
    expect(axisTitle({ title: 'time', unit: 's', scale: 'log', domain: null })).toBe('time (s), log scale')
  })
})
