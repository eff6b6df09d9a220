import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getExperiment } from '@/lib/experiments/catalogue'
import { buildReport } from '@/lib/experiments/report/build-report'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import { headlineOf } from '../room/headline'
import { costAxis, costItems } from './cost-items'
import { itemData } from './item-data'
import { itemTexts } from './item-texts'
import { wholeRows } from './report-items'
import { ranges } from './source-line'
import { trialColumns } from './trial-columns'

const windowSize = getExperiment('window-size')

const METRICS = { windowPartsF1: 0.5, linePartsF1: 0.5, lineMacroF1: 0.5, lineAccuracy: 0.5 } as RunRecord['metrics']
function record(number: number, window: number, seed: number, seconds: number, change: Partial<RunRecord> = {}): RunRecord {
  const phases = [{ phase: 'train', wallSeconds: seconds, cpuSeconds: seconds * 2, peakMemoryBytes: 1e8 }, { phase: 'infer', wallSeconds: 1, cpuSeconds: 2, peakMemoryBytes: 1.5e8 }]
  return {
    id: `r${number}`, number, kind: 'train', seed, axes: { window, seed, protocol: 'paper', preset: 'k8ntext' }, metrics: METRICS === null ? null : { ...METRICS, windowPartsF1: window / 100 + seed / 1000 },
    timings: { loadSeconds: 0, preprocessSeconds: 0, trainSeconds: seconds, inferSeconds: 1, inferMillisPerLine: 0.2, totalSeconds: seconds + 1, cpuSeconds: seconds * 2 + 2, peakMemoryBytes: 2e8, phases }, perClass: null, points: [], engine: 'wasm', ...change,
  }
}
const RECORDS = [record(1, 5, 1, 10), record(2, 5, 2, 14), record(3, 60, 1, 30)]

describe('what a launch cost', () => {
  const items = costItems(RECORDS, () => 1000)
  it('stands against the axis that was swept, with the runs behind each mean', () => {
    const wall = items.find(({ id }) => id === 'cost-wall')
    if (wall?.body.kind !== 'lines') throw new Error('no lines')
    expect(wall.body.x.title).toBe('Window')
    const train = wall.body.series.find(({ title }) => title === 'train')
    expect(train?.points.map(({ x, mean }) => [x, mean])).toEqual([[5, 12], [60, 30]])
    expect(train?.points[0]?.deviation).toBeCloseTo(Math.sqrt(8))
    expect(train?.points[0]?.values.map((one) => one.number)).toEqual([1, 2])
  })
  it('counts seconds for 1,000 lines by the lines of the run, and leaves them out where nobody knows them', () => {
    const perLine = (lines: number | null): number | undefined => {
      const body = costItems(RECORDS, () => lines).find(({ id }) => id === 'cost-per-line')?.body
      return body?.kind === 'lines' ? body.series.find(({ title }) => title === 'whole run')?.points[0]?.mean : undefined
    }
    expect(perLine(2000)).toBeCloseTo(6.5)
    expect(perLine(null)).toBeUndefined()
  })
  it('has nothing to say of runs without timings', () => {
    expect(costItems([record(1, 5, 1, 10, { timings: null })], () => 1)).toEqual([])
  })
  it('prefers the axis with numbers, and never the seed', () => {
    expect(costAxis([{ axes: { seed: 1, protocol: 'a', window: 5 } }, { axes: { seed: 2, protocol: 'b', window: 6 } }])).toBe('window')
    expect(costAxis([{ axes: { seed: 1, query: 'a' } }, { axes: { seed: 2, query: 'b' } }])).toBe('query')
  })
})

describe('the report on the page', () => {
  const at = { launch: 'l1', scale: 'smoke', dataset: { name: 'lab-a', version: 1, sha256: null }, at: '2026-01-01T00:00:00Z' }
  const report = buildReport(windowSize, RECORDS, at)
  it('shows every run of every item as data, each figure of ours with a run', () => {
    for (const item of report.items) {
      const { header, rows } = itemData(item.body)
      for (const row of rows) expect(row, item.id).toHaveLength(header.length)
      const runs = rows.map((row) => row[header.indexOf('run')]).filter((cell) => cell !== null)
      expect(new Set(runs), item.id).toEqual(new Set(['run 1', 'run 2', 'run 3']))
    }
  })
  it('makes files of every item that say where they come from', () => {
    for (const item of report.items) {
      const { csv, latex, markdown } = itemTexts(report, item)
      expect(csv?.(), item.id).toContain('l1')
      expect(latex?.(), item.id).toContain('\\')
      expect(markdown?.(), item.id).toContain('l1')
    }
  })
  it('has a headline with its place: the best mean of the first item that has any', () => {
    const headline = headlineOf(report)
    expect(headline?.figures[0]).toMatchObject({ at: expect.stringContaining('60') })
    expect(headlineOf(buildReport(windowSize, [], null))).toBeNull()
  })
  it('leaves no gap beside an item', () => {
    const item = (kind: string): never => ({ body: { kind } }) as never
    expect(wholeRows([item('lines'), item('lines'), item('table'), item('lines'), item('table')])).toEqual([false, false, true, true, true])
    expect(wholeRows([item('lines'), item('heat'), item('lines')])).toEqual([false, false, true])
  })
  it('writes seeds as ranges that hold them all', () => {
    expect(ranges([1, 2, 3, 7, 8, 12])).toBe('1 to 3, 7, 8, 12')
    fc.assert(fc.property(fc.uniqueArray(fc.nat(200), { maxLength: 40 }), (seeds) => {
      const sorted = seeds.toSorted((a, b) => a - b)
      const read = ranges(sorted).split(', ').filter(Boolean).flatMap((part) => {
        const [from = 0, to = from] = part.split(' to ').map(Number)
        return Array.from({ length: to - from + 1 }, (_, index) => from + index)
      })
      expect(read).toEqual(sorted)
    }))
  })
})

describe('the trials of a search', () => {
  const cell = (value: number) => ({ mean: value, deviation: null, values: [{ run: `run-${value}`, number: 1, seed: 1, value }] })
  const body = { kind: 'table' as const, heads: ['Search', 'Trial', 'Dropout', 'Epochs'], columns: [{ key: 'validationAccuracy', title: 'Validation', measure: 'validationAccuracy', published: false, protocol: null }], rows: [
    { key: 'a', head: ['hyperband', 1, 0.1, 9], cells: [cell(0.5)] }, { key: 'b', head: ['random', 2, 0.4, 9], cells: [cell(0.75)] },
  ] }
  it('become the axes along which they differ, the figure last, each with its run', () => {
    const { axes, table, score, names } = trialColumns(body)
    expect(axes.map((column) => column.title)).toEqual(['Search', 'Dropout', 'Validation'])
    expect(score?.kind === 'number' ? [...score.values] : []).toEqual([0.5, 0.75])
    expect(table.ids).toEqual(['run-0.5', 'run-0.75'])
    expect(names[1]).toBe('random, trial 2')
  })
})
