import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getExperiment, listExperiments } from '@/lib/experiments/catalogue'
import { buildReport } from '@/lib/experiments/report/build-report'
import type { RunRecord } from '@/lib/experiments/report/run-record'
import { planLaunch } from '@/lib/experiments/launch'
import { SCALES } from '@/lib/experiments/spec/experiment-spec'
import { launchBody } from '@/app/api/contracts'
import { runLine, type RunSource } from '@/components/runs/run-line'
import { estimateMinutes, parseNumbers } from './estimate'
import { firstChoices, forecast, ofScale, parseValues, toBody, valueProblem } from './launch/launch-choices'
import { failuresOf, placeText, timeLeft, varyingAxes, type LaunchRun } from './progress/launch-run'
import { costAxis, costItems } from './report/cost-items'
import { itemData } from './report/item-data'
import { itemTexts } from './report/item-texts'
import { wholeRows } from './report/report-items'
import { ranges } from './report/source-line'
import { batchSecondsLeft } from './room/batch-progress'
import { headlineOf } from './room/headline'

const DATASETS = [{ id: 'aaa', name: 'lab-a', events: 20_000 }, { id: 'bbb', name: 'lab-b', events: 9000 }]
const windowSize = getExperiment('window-size')

describe('numbers in the launch form', () => {
  it('reads numbers and ranges', () => {
    expect(parseNumbers('60, 5 10-12,10; x, 9-1')).toEqual([5, 10, 11, 12, 60])
    expect(parseNumbers('1-99999999')).toEqual([])
  })
  it('scales the measured time', () => {
    expect(estimateMinutes({ expectedMinutes: 18 }, { runs: 14, lines: 18_000, epochs: 12 }, { runs: 7, lines: 9000, epochs: 12 })).toBe(4.5)
    expect(estimateMinutes({ expectedMinutes: 18 }, { runs: 14, lines: null, epochs: null }, { runs: 14, lines: 100, epochs: 1 })).toBe(18)
  })
  it('adds values of the kind that an axis has', () => {
    expect(parseValues('7, 9-11', [5, 10])).toEqual([7, 9, 10, 11])
    expect(parseValues('.35 0.5', [0.1])).toEqual([0.35, 0.5])
    expect(parseValues('majority', ['weighted'])).toEqual(['majority'])
    expect(parseValues('many', [1])).toEqual([])
  })
})

describe('a forecast of a launch', () => {
  it.each(listExperiments().map((spec) => [spec.name, spec] as const))('of %s has at every scale the runs that the launch will have, and takes what was measured', (_, spec) => {
    for (const scale of SCALES) {
      const choices = firstChoices(spec, scale, DATASETS, 'aaa')
      const made = forecast(spec, choices, 20_000)
      if ('problem' in made) throw new Error(`${spec.name}, ${scale}: ${made.problem}`)
      const body = launchBody.parse(toBody(spec, choices))
      expect(planLaunch(spec, { ...body, axes: { ...body.axes, ...(body.scoredOn ? { scoredOn: [body.scoredOn] } : {}) } }).runs).toHaveLength(made.begun)
      expect(made.minutes).toBeCloseTo(spec.scales[scale].expectedMinutes, 6)
    }
  })
  it('follows the axes that were narrowed', () => {
    const choices = firstChoices(windowSize, 'quick', DATASETS, 'aaa')
    const all = forecast(windowSize, choices, 20_000)
    const one = forecast(windowSize, { ...choices, axes: { ...choices.axes, window: (choices.axes.window ?? []).slice(0, 1) } }, 20_000)
    if ('problem' in all || 'problem' in one) throw new Error('no forecast')
    expect(one.runs * (choices.axes.window?.length ?? 0)).toBe(all.runs)
    expect(one.minutes).toBeLessThan(all.minutes)
  })
  it('says what is missing instead of a number', () => {
    const choices = firstChoices(windowSize, 'smoke', DATASETS, 'aaa')
    expect(forecast(windowSize, { ...choices, axes: { ...choices.axes, window: [] } }, 1000)).toEqual({ problem: 'Choose at least one value of window.' })
    expect(forecast(windowSize, { ...choices, seeds: 'none' }, 1000)).toMatchObject({ problem: expect.stringContaining('seed') })
    expect(forecast(windowSize, { ...choices, axes: { ...choices.axes, window: [1] } }, 1000)).toMatchObject({ problem: expect.stringContaining('window') })
  })
  it('refuses a product that no launch may hold without unrolling it', () => {
    const choices = { ...firstChoices(windowSize, 'smoke', DATASETS, 'aaa'), seeds: '1-100' }
    const windows = Array.from({ length: 500 }, (_, index) => index + 2)
    expect(forecast(windowSize, { ...choices, axes: { ...choices.axes, window: windows } }, 1000)).toMatchObject({ problem: expect.stringMatching(/would have [\d,]+ runs/) })
  })
  it('knows by the axis whether a value can be one of it', () => {
    const choices = firstChoices(windowSize, 'smoke', DATASETS, 'aaa')
    expect(valueProblem(windowSize, choices, 'window', 33)).toBeNull()
    expect(valueProblem(windowSize, choices, 'window', 5000)).toContain('window')
    expect(valueProblem(windowSize, choices, 'protocol', 'sideways')).toContain('sideways')
    expect(valueProblem(windowSize, choices, 'nonsense', 1)).toContain('nonsense')
  })
  it('puts budget, priority and early stop into what it asks for, and nothing that was left empty', () => {
    const choices = { ...firstChoices(windowSize, 'smoke', DATASETS, 'aaa'), budgetMinutes: '2', budgetRuns: '7', priority: '5', earlyStop: true }
    expect(toBody(windowSize, choices)).toMatchObject({ budget: { seconds: 120, runs: 7 }, priority: 5, earlyStop: true })
    const plain = toBody(windowSize, firstChoices(windowSize, 'smoke', DATASETS, 'aaa'))
    for (const key of ['budget', 'priority', 'earlyStop', 'engine', 'scoredOn']) expect(plain).not.toHaveProperty(key)
    expect(ofScale(windowSize, 'smoke').axes).toEqual(windowSize.scales.smoke.axes)
  })
})

const source: RunSource = {
  id: 'r1', number: 1, name: 'k8ntext W=5', experimentId: 'x', experimentName: 'window-size', datasetId: 'aaa', datasetName: 'lab-a', preset: 'k8ntext', protocol: 'paper', seed: 1, axes: { window: 5 },
  state: 'done', attempt: 1, worker: null, cancelRequested: false, progress: null, engine: 'wasm', timings: null, metrics: null, error: null, tags: [], pinned: false, epochs: 0, createdAt: '2026-01-01T00:00:00Z', startedAt: null, finishedAt: null,
} as RunSource
const run = (change: Partial<RunSource>, endedEarly: string | null = null): LaunchRun => {
  const whole = { ...source, ...change }
  return { line: runLine(whole), kind: 'train', axes: whole.axes, endedEarly }
}

describe('the progress of a launch', () => {
  const now = Date.parse('2026-01-01T00:01:00Z')
  const done = (id: string, seconds: number): LaunchRun => run({ id, startedAt: '2026-01-01T00:00:00Z', finishedAt: new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1000).toISOString() })
  it('takes the mean of what ended for each run that waits', () => {
    expect(timeLeft([done('a', 10), done('b', 20), run({ id: 'c', state: 'queued' }), run({ id: 'd', state: 'queued' })], now, 999)).toBeCloseTo(30)
  })
  it('takes what the experiment expects before one has ended, and nothing is left when all have', () => {
    expect(timeLeft([run({ state: 'queued' })], now, 7)).toBeCloseTo(7)
    expect(timeLeft([done('a', 10)], now, 7)).toBe(0)
  })
  it('tells runs apart by what differs alone', () => {
    const runs = [run({ axes: { window: 5, protocol: 'paper', seed: 1 } }), run({ axes: { window: 10, protocol: 'paper', seed: 2 } })]
    expect(varyingAxes(runs)).toEqual(['window', 'seed'])
    expect(runs.map((one) => placeText(one, ['window', 'seed']))).toEqual(['window 5, seed 1', 'window 10, seed 2'])
    expect(placeText(run({}), [])).toBe('k8ntext W=5')
  })
  it('puts failures that say the same together, and runs cut short apart from them', () => {
    const error = { code: 'x', message: 'Out of memory.' }
    const { failed, early } = failuresOf([run({ id: 'a', state: 'failed', error }), run({ id: 'b', state: 'failed', error }), run({ id: 'c' }, 'hopeless'), run({ id: 'd' })])
    expect(failed).toMatchObject([{ why: 'Out of memory.', runs: [{ line: { id: 'a' } }, { line: { id: 'b' } }] }])
    expect(early).toHaveLength(1)
    expect(early[0]?.why).toContain('far behind')
  })
  it('estimates a batch by how its ended part went', () => {
    const launch = (done: number, open: number): never => ({ createdAt: '2026-01-01T00:00:00Z', runs: { queued: open, running: 0, done, failed: 0, stopped: 0, total: done + open, endedEarly: 0 } }) as never
    // half of 100 s expected is done after 60 s: a fifth slower than expected
    expect(batchSecondsLeft([{ launch: launch(1, 1), title: '', expectedSeconds: 100 }], now)).toBeCloseTo(60)
    expect(batchSecondsLeft([{ launch: launch(0, 2), title: '', expectedSeconds: 100 }], now)).toBeCloseTo(100)
  })
})

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
