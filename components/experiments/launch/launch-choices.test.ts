import { describe, expect, it } from 'vitest'
import { getExperiment, listExperiments } from '@/lib/experiments/catalogue'
import { planLaunch } from '@/lib/experiments/launch'
import { SCALES } from '@/lib/experiments/spec/experiment-spec'
import { launchBody } from '@/app/api/contracts'
import { estimateMinutes, parseNumbers } from '../estimate'
import { firstChoices, forecast, ofScale, parseValues, toBody, valueProblem } from './launch-choices'

const DATASETS = [{ id: 'aaa', name: 'lab-a', events: 20_000, splits: [{ name: 'by user', version: 2 }] }, { id: 'bbb', name: 'lab-b', events: 9000, splits: [] }]
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
  it('holds lines out by a stored split in place of protocols and shares', () => {
    const protocols = getExperiment('protocols')
    const choices = { ...firstChoices(protocols, 'smoke', DATASETS, 'aaa'), storedSplit: { name: 'by user', version: 2 } }
    const body = launchBody.parse(toBody(protocols, choices))
    expect(body.scoredOn).toBeUndefined()
    const { runs } = planLaunch(protocols, { ...body })
    expect(forecast(protocols, choices, 20_000)).toMatchObject({ runs: runs.length })
    expect(new Set(runs.map(({ protocol, params }) => [protocol, 'storedSplit' in params ? params.storedSplit?.name : null].join(' ')))).toEqual(new Set(['stored by user']))
    expect(forecast(getExperiment('splits'), { ...firstChoices(getExperiment('splits'), 'smoke', DATASETS, 'aaa'), storedSplit: { name: 'by user', version: 2 } }, 20_000)).toMatchObject({ problem: expect.stringContaining('nothing to vary') as string })
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
