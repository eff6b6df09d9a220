import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCsv } from './csv'
import { seriesLook, verbName } from './palette'
import { smooth, spreadLabels, toFigureData, toWideRows, wholeTicks } from './plot-data'
import type { PlotSeries } from './plot-types'

const series = (key: string, points: [number, number][]): PlotSeries => ({ key, label: key, color: '#000', marker: 'dot', points: points.map(([x, y]) => ({ x, y, deviation: null, values: [] })) })

describe('plot data', () => {
  it('joins series by x, in order', () => {
    expect(toWideRows([series('a', [[10, 1], [5, 2]]), series('b', [[5, 3]])])).toEqual([{ x: 5, a: 2, b: 3 }, { x: 10, a: 1 }])
  })
  it('gives every repetition a row of its own', () => {
    const one = { ...series('a', []), points: [{ x: 5, y: 0.5, deviation: 0.1, values: [{ value: 0.4, label: 'run 1', href: null }, { value: 0.6, label: 'run 2', href: null }] }] }
    expect(toFigureData([one], 'W', 'F1').rows).toEqual([['a', 5, 0.4, 0.1, 'run 1'], ['a', 5, 0.6, 0.1, 'run 2']])
  })
  it('keeps labels apart, in order and inside', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 12 }), (wanted) => {
      const placed = spreadLabels(wanted, 15, 0, 300)
      const sorted = placed.toSorted((a, b) => a - b)
      for (let i = 1; i < sorted.length; i++) expect((sorted[i] ?? 0) - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9)
      expect(Math.max(0, ...placed)).toBeLessThanOrEqual(300)
    }))
  })
  it('ticks whole numbers, ends included', () => {
    expect(wholeTicks(1, 6)).toEqual([1, 2, 3, 4, 5, 6])
    expect(wholeTicks(1, 130)).toEqual([1, 20, 40, 60, 80, 100, 120, 130])
    expect(wholeTicks(1, 1)).toEqual([1])
  })
  it('smooths by a moving average', () => {
    expect(smooth([1, 3, 3], 0)).toEqual([1, 3, 3])
    expect(smooth([1, 3, 3], 0.5)).toEqual([1, 2, 2.5])
  })
})

describe('csv', () => {
  it('quotes, disarms formulas and shows what cannot be seen', () => {
    const rows = [['x,"y"', 1], ['=cmd|calc', null], [' +1', undefined], ['line\nbreak', -2], ['\u202Eevil', 0]] as const
    expect(toCsv(['a', 'b'], rows).split('\r\n')).toEqual(['a,b', '"x,""y""",1', `"'=cmd|calc",`, `"' +1",`, String.raw`line\u000abreak,-2`, String.raw`\u202eevil,0`, ''])
  })
})

describe('looks', () => {
  it('gives each of sixteen series a look of its own', () => {
    expect(new Set(Array.from({ length: 16 }, (_, i) => JSON.stringify(seriesLook(i)))).size).toBe(16)
  })
  it('knows verbs', () => {
    expect(['deletecollection', 'impersonate', null, 'get'].map(verbName)).toEqual(['delete', 'other', 'other', 'get'])
  })
})
