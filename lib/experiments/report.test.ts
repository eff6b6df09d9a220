import { describe, expect, it } from 'vitest'
import { getExperiment, listExperiments } from './catalogue'
import { expandExperiment } from './expand'
import { reportMarkdown } from './markdown'
import { buildReport, spearman, type RunSummary } from './report'
import type { RunMetrics, RunSpec, RunTimings } from './run-spec'

const spec = getExperiment('window-size')
const settings = { earlyStoppingPatience: 8, reducePatience: 4, reduceFactor: 0.1, learningRate: 0.004, epochs: 130, batch: 32, split: { test: 0.1, validation: 0.1 } }

function run(id: string, runSpec: RunSpec, f1: number): RunSummary {
  const metrics = { windowPartsF1: f1, lineMacroF1: f1 / 2, lineAccuracy: f1 } as RunMetrics
  return { id, spec: runSpec, metrics, timings: { trainSeconds: 10, inferMillisPerLine: 0.1 } as RunTimings }
}

describe('expandExperiment', () => {
  it('unrolls every window and protocol at the quick scale', () => {
    const runs = expandExperiment(spec, 'quick', settings)
    expect(runs.map((r) => `${r.window}/${r.protocol}`)).toEqual([5, 10, 20, 30, 40, 50, 60].flatMap((w) => [`${w}/paper`, `${w}/blocked`]))
    expect(runs.every((r) => r.lines === 18_478)).toBe(true)
  })

  it('lets a launch narrow windows, protocols and seeds', () => {
    const runs = expandExperiment(spec, 'smoke', settings, { windows: [7], protocols: ['blocked'], seeds: [3, 4] })
    expect(runs.map((r) => [r.window, r.protocol, r.seed])).toEqual([[7, 'blocked', 3], [7, 'blocked', 4]])
  })

  it('refuses a setting that makes no run, naming it', () => {
    expect(() => expandExperiment(spec, 'smoke', settings, { windows: [1] })).toThrow(/window-size: window/)
  })

  it('repeats the published number of runs at the paper scale', () => {
    expect(expandExperiment(spec, 'paper', settings)).toHaveLength(7 * 2 * 20)
  })
})

describe('buildReport', () => {
  const [paper5, blocked5, paper20, blocked20] = expandExperiment(spec, 'smoke', settings)
  if (!paper5 || !blocked5 || !paper20 || !blocked20) throw new Error('the smoke scale has four runs')

  it('puts our protocols and the published value side by side', () => {
    const report = buildReport(spec, [run('a', paper5, 0.8), run('b', { ...paper5, seed: 2 }, 0.9), run('c', blocked5, 0.5)])
    const row = report.rows.find((r) => r.window === 5)
    expect(row?.published?.f1).toBe(0.8103)
    expect(row?.measures.paper.windowF1?.mean).toBeCloseTo(0.85)
    expect(row?.measures.paper.windowF1?.deviation).toBeCloseTo(Math.SQRT1_2 / 10)
    expect(row?.measures.paper.windowF1?.values.map((v) => v.run)).toEqual(['a', 'b'])
    expect(row?.measures.blocked.windowF1).toMatchObject({ mean: 0.5, deviation: null })
    expect(reportMarkdown(report)).toContain('| 5 | 0.8103 ± 0.0240 | 0.8500 ± 0.0707 | 0.5000 |')
  })

  it('adds rows for windows that the paper did not try', () => {
    const report = buildReport(spec, [run('a', { ...paper5, window: 7 }, 0.8)])
    expect(report.rows.map((r) => r.window)).toEqual([5, 7, 10, 20, 30, 40, 50, 60])
    expect(report.rankCorrelation).toBeNull()
  })
})

describe('spearman', () => {
  it('agrees with scipy.stats.spearmanr', () => {
    expect(spearman([1, 2, 3, 4], [10, 20, 30, 25])).toBeCloseTo(0.8, 12)
    expect(spearman([1, 2, 2, 4], [1, 3, 2, 4])).toBeCloseTo(0.9486832980505138, 12)
    expect(spearman([1, 2, 3], [3, 2, 1])).toBe(-1)
  })
})

describe('listExperiments', () => {
  it('has unique names', () => {
    const names = listExperiments().map((e) => e.name)
    expect(new Set(names).size).toBe(names.length)
    expect(() => getExperiment('nope')).toThrow('There is no experiment "nope". Those there are: window-size, tuner.')
  })
})
