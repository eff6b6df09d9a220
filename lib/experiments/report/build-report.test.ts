import { describe, expect, it } from 'vitest'
import { listExperiments } from '../catalogue'
import { buildReport } from './build-report'
import { MADE_UP_SOURCE, madeUpRun, specOf } from './testing'
import type { BarsBody, HeatBody, LinesBody, ScatterBody, StripsBody, TableBody } from './report-types'
import type { RunRecord } from './run-record'

function bodyOf<T>(spec: string, runs: readonly RunRecord[], id: string): T {
  const item = buildReport(specOf(spec), runs, MADE_UP_SOURCE).items.find((one) => one.id === id)
  if (!item) throw new Error(`no item ${id}`)
  return item.body as T
}

const run = (number: number, window: number, protocol: string, seed: number, f1: number): RunRecord => madeUpRun(number, { preset: 'k8ntext', window, protocol, seed }, { metrics: { windowPartsF1: f1, lineAccuracy: f1 / 2 }, timings: { trainSeconds: 10 * window } })

describe('tables and lines', () => {
  const runs = [run(1, 20, 'paper', 1, 0.9), run(2, 20, 'paper', 2, 0.94), run(3, 20, 'blocked', 1, 0.6), run(4, 7, 'paper', 1, 0.8)]

  it('put ours beside the published value at the same place, with the runs behind each', () => {
    const table = bodyOf<TableBody>('window-size', runs, 'table-5')
    const row = table.rows.find(({ head }) => head[0] === 20)
    expect(row?.cells[0]).toEqual({ mean: 0.9681, deviation: 0.0093, values: [] })
    expect(row?.cells[1]?.mean).toBeCloseTo(0.92, 12)
    expect(row?.cells[1]?.deviation).toBeCloseTo(Math.hypot(0.02, 0.02), 12)
    expect(row?.cells[1]?.values).toEqual([{ run: 'run-1', number: 1, seed: 1, value: 0.9 }, { run: 'run-2', number: 2, seed: 2, value: 0.94 }])
    expect(row?.cells[2]).toMatchObject({ mean: 0.6, deviation: null })
    expect(table.columns.map(({ protocol }) => protocol)).toEqual([null, 'paper', 'blocked', 'paper', 'blocked', null, 'paper'])
  })

  it('have rows for windows that the paper did not try, in order', () => {
    expect(bodyOf<TableBody>('window-size', runs, 'table-5').rows.map(({ head }) => head[0])).toEqual([5, 7, 10, 20, 30, 40, 50, 60])
  })

  it('are a line a protocol and the published one last', () => {
    const { series } = bodyOf<LinesBody>('window-size', runs, 'f1')
    expect(series.map(({ title, published, points }) => [title, published, points.length])).toEqual([['paper protocol', false, 2], ['blocked protocol', false, 1], ['published', true, 7]])
  })

  it('show the published figures alone where there is no run, and say so', () => {
    const report = buildReport(specOf('window-size'), [], null)
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['open', 'open', 'open'])
    expect(report.items[0]?.body).toMatchObject({ series: [{ published: true }] })
  })
})

describe('points of one training', () => {
  const votes = (accuracy: number) => [{ axes: { vote: 'majority' }, measures: { lineAccuracy: accuracy } }, { axes: { vote: 'weighted' }, measures: { lineAccuracy: accuracy + 0.01 } }]
  const runs = [1, 2].map((fold) => madeUpRun(fold, { protocol: 'blocked', k: 2, fold, seed: 1 }, { metrics: { lineAccuracy: 0.5 }, timings: { trainSeconds: 3 }, points: votes(0.6 + fold / 10) }))

  it('count where a view names their axis, and not where it does not', () => {
    const table = bodyOf<TableBody>('k-fold', runs, 'by-k')
    const row = table.rows.find(({ head }) => head[0] === 2)
    expect(row?.cells.map((cell) => cell?.mean)).toEqual([undefined, expect.closeTo(0.75), expect.closeTo(0.76), undefined, 3])
    expect(row?.cells[1]?.values).toHaveLength(2)
  })

  it('put folds where their lines stand in the log, and keep published folds from passing for published means', () => {
    expect(bodyOf<StripsBody>('k-fold', runs, 'majority').strips).toMatchObject([{ k: 2, fold: 1, from: 0, to: 0.5, mean: 0.7 }, { k: 2, fold: 2, from: 0.5, to: 1, mean: 0.8 }])
    const byK = bodyOf<TableBody>('k-fold', runs, 'by-k').rows.map(({ head, cells }) => [head[0], cells[0]?.mean])
    expect(byK).toEqual([[2, undefined], [19, 0.893], [20, 0.9]])
  })
})

describe('heats, bars and classes', () => {
  it('keep a published cell that nothing stands beside', () => {
    const share = (number: number, testShare: number, f1: number) => madeUpRun(number, { protocol: 'paper', testShare, validationShare: 0.1, seed: 1 }, { metrics: { windowPartsF1: f1 } })
    const { cells } = bodyOf<HeatBody>('splits', [share(1, 0.1, 0.95), share(2, 0.3, 0.9)], 'f1')
    expect(cells.map(({ x, y, mean, published, values }) => [x, y, mean, published, values.length])).toEqual([[0.1, 0.1, 0.95, 0.9839, 1], [0.1, 0.3, 0.9, null, 1], [0.3, 0.3, 0.9332, 0.9332, 0]])
  })

  it('set the baseline apart and sort what is left out by effect', () => {
    const omit = (number: number, name: string, f1: number) => madeUpRun(number, { protocol: 'paper', omit: name, seed: 1 }, { metrics: { windowPartsF1: f1 } })
    const body = bodyOf<BarsBody>('feature-removal', [omit(1, 'none', 0.96), omit(2, 'verb', 0.97), omit(3, 'objectRef.subresource', 0.8), omit(4, 'dead', 0.1)], 'each')
    expect(body.baseline?.mean).toBe(0.96)
    expect(body.series[0]?.bars.map(({ title, mean }) => [title, mean])).toEqual([['objectRef.subresource', 0.8], ['verb', 0.97]])
  })

  it('weigh labels by the lines that runs met, and name hostile ones visibly', () => {
    const result = (label: string, support: number, recall: number) => ({ label, code: null, support, predicted: 1, precision: 1, recall, f1: 1 })
    const perClass = [result('/pods|exec|1|1|1', 10, 0.8), result('evil.example/x\u202e|  |3|0|0', 2, 0), result('/nodes||3|0|1', 0, 0)]
    const { series } = bodyOf<ScatterBody>('class-accuracy', [madeUpRun(1, { protocol: 'paper' }, { metrics: {}, perClass }), madeUpRun(2, { protocol: 'paper' }, { metrics: {}, perClass: [result('/pods|exec|1|1|1', 20, 1)] })], 'classes')
    expect(series[0]?.marks.map(({ x, y, title, runs }) => [x, y, title, runs.length])).toEqual([[15, 0.9, 'create pods/exec', 2], [2, 0, 'get x\\u202e.evil.example/   (cluster-wide, many)', 1]])
  })
})

describe('searches and eliminations', () => {
  it('list trials where they ended, the best first, and the course of the best', () => {
    const trial = (number: number, at: number, rung: number, score: number, epochs: number) => madeUpRun(number, { preset: 'p', window: 8, protocol: 'blocked', seed: 1, method: 'hyperband', bracket: 1, rung, trial: at, execution: 0, epochs, dropout: 0.1, learningRate: 0.001, unitsFirst: at, unitsSecond: 1 }, { metrics: { validationAccuracy: score, lineAccuracy: 0.5, epochs }, timings: { trainSeconds: epochs } })
    const runs = [trial(1, 1, 0, 0.5, 1), trial(2, 2, 0, 0.7, 1), trial(3, 2, 1, 0.8, 3)]
    expect(bodyOf<TableBody>('tuner', runs, 'trials-table').rows.map(({ head, cells }) => [head[1], head[2], cells[0]?.mean])).toEqual([[2, 1, 0.8], [1, 0, 0.5]])
    expect(bodyOf<LinesBody>('tuner', runs, 'trials').series[0]?.points.map(({ x, mean }) => [x, mean])).toEqual([[1, 0.5], [2, 0.7], [4, 0.8]])
  })

  it('show each round by what is needed least and most', () => {
    const out = (number: number, round: number, omit: string, score: number) => madeUpRun(number, { protocol: 'blocked', round, omit, dropped: 'none', seed: 1 }, { metrics: { validationAccuracy: score } })
    const table = bodyOf<TableBody>('feature-selection', [out(1, 0, 'none', 0.9), out(2, 1, 'verb', 0.7), out(3, 1, 'dead', 0.91), out(4, 1, 'user', 0.8)], 'rounds-table')
    expect(table.rows.map(({ head, cells }) => [...head, cells[0]?.mean])).toEqual([[0, 'none', '–', 'none', 1, 0.9], [1, 'dead', 'user', 'verb', 3, 0.91]])
  })
})

describe('findings', () => {
  const good = [[20, 0.96], [30, 0.98], [40, 0.981], [50, 0.986], [60, 0.982]].map(([window = 0, f1 = 0], index) => run(index + 1, window, 'paper', 1, f1))
  const verdicts = (runs: readonly RunRecord[]) => buildReport(specOf('window-size'), runs, MADE_UP_SOURCE).findings.map(({ verdict, measured }) => [verdict, measured])

  it('hold with their numbers', () => {
    expect(verdicts(good).slice(0, 2)).toEqual([
      ['holds', '5 of 5 places: 0.9600 at 20 (−0.9 deviations), 0.9800 at 30 (+0.1 deviations), 0.9810 at 40 (+0.0 deviations), 0.9860 at 50 (−0.1 deviations), 0.9820 at 60 (+0.0 deviations)'],
      ['holds', 'rank correlation 1.00 over 5 places'],
    ])
  })

  it('fail at one place outside, and stay open while one is missing', () => {
    expect(verdicts([...good.slice(1), run(9, 20, 'paper', 1, 0.5)])[0]?.[0]).toBe('fails')
    expect(verdicts(good.slice(1))[0]?.[0]).toBe('open')
    expect(verdicts([...good, run(9, 60, 'blocked', 1, 0.95)])[2]).toEqual(['fails', '0.9778 against 0.9500, +0.0278'])
  })
})

describe('every experiment that ships', () => {
  it('has a name of its own', () => {
    const names = listExperiments().map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(listExperiments().map((spec) => [spec.name, spec] as const))('%s has views with ids of their own and says what differs', (_, spec) => {
    const ids = buildReport(spec, [], null).items.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(spec.notes.length).toBeGreaterThan(0)
  })
})
