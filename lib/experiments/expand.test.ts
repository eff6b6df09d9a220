import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { PAPER_FEATURES } from '@/lib/features/catalogue'
import { isMeasureSpec } from './any-run-spec'
import { AXES } from './axes'
import { listExperiments } from './catalogue'
import { expandExperiment } from './expand'
import { FEATURE_GROUPS, omittedFeatures } from './feature-groups'
import { runSpecSchema, type RunSpec } from './run-spec'
import { SCALES } from './spec/experiment-spec'
import { tinyExperiment } from './testing/tiny-experiment'

const trainings = (axes: Record<string, (number | string)[]>, more: object = {}): RunSpec[] =>
  expandExperiment(tinyExperiment({ axes, ...more }), 'smoke').flatMap(({ params }) => (isMeasureSpec(params) ? [] : [params]))

describe('expandExperiment', () => {
  it('gives the product of any axes, less what no run can be, seeds last', () => {
    const shares = fc.uniqueArray(fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10), { minLength: 1 })
    const seeds = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 3 })
    fc.assert(fc.property(shares, shares, fc.uniqueArray(fc.integer({ min: 2, max: 60 }), { minLength: 1, maxLength: 3 }), seeds, (testShare, validationShare, window, given) => {
      const possible = testShare.flatMap((test) => validationShare.filter((validation) => Math.round((test + validation) * 10) < 10).flatMap((validation) => window.map((lines) => [test, validation, lines])))
      if (possible.length === 0) return
      const runs = trainings({ testShare, validationShare, window }, { seeds: given })
      expect(runs.map(({ split, window: lines, seed }) => [split.test, split.validation, lines, seed])).toEqual(given.flatMap((seed) => possible.map((place) => [...place, seed])))
      for (const run of runs) expect(runSpecSchema.parse(run)).toEqual(run)
    }), { numRuns: 25 })
  })

  it('has as many folds as there are, each of its own k', () => {
    const runs = trainings({ k: [2, 4], fold: [1, 2, 3, 4] })
    expect(runs.map(({ fold }) => [fold?.k, fold?.fold])).toEqual([[2, 1], [2, 2], [4, 1], [4, 2], [4, 3], [4, 4]])
    expect(trainings({ protocol: ['paper', 'blocked'], k: [2], fold: [1] }).map(({ protocol }) => protocol)).toEqual(['blocked'])
  })

  it('lets settings follow from any axis, and the axis itself have the last word', () => {
    const by = { preset: { 'k8ntext-chunks': { epochs: 3 } }, window: { 20: { stride: 4, batch: 8 } } }
    const runs = trainings({ preset: ['k8ntext-small', 'k8ntext-chunks'], window: [10, 20], batch: [5] }, { by, base: { epochs: 2, batch: 1 } })
    expect(runs.map(({ preset, window, epochs, stride, batch, phase }) => [preset, window, epochs, stride, batch, phase])).toEqual([
      ['k8ntext-small', 10, 2, 5, 5, undefined], ['k8ntext-small', 20, 2, 4, 5, undefined], ['k8ntext-chunks', 10, 3, 30, 5, 'random'], ['k8ntext-chunks', 20, 3, 4, 5, 'random'],
    ])
  })

  it('names a data set to score on where the protocol is transfer, and there alone', () => {
    const runs = trainings({ protocol: ['blocked', 'transfer'] }, { base: { scoredOn: 'other' } })
    expect(runs.map(({ scoredOn }) => scoredOn)).toEqual([undefined, 'other'])
    expect(() => trainings({ protocol: ['transfer'] })).toThrow(/scoredOn: the transfer protocol needs/)
  })

  it('holds lines out by a stored split, whatever else would say how', () => {
    const storedSplit = { name: 'by user', version: 3 }
    const spec = tinyExperiment({ axes: { protocol: ['paper', 'blocked'], testShare: [0.1, 0.2], window: [10, 20] }, base: { fold: { k: 2, fold: 1 } } })
    const runs = expandExperiment(spec, 'smoke', { storedSplit, axes: { protocol: ['paper'], window: [20] } })
    expect(runs.map(({ swept, params }) => [swept, params])).toEqual([[{ window: 20 }, expect.objectContaining({ protocol: 'stored', storedSplit, window: 20 })]])
    expect(runs[0]?.params).not.toHaveProperty('fold')
    expect(() => expandExperiment(tinyExperiment({ axes: { testShare: [0.1, 0.2] } }), 'smoke', { storedSplit })).toThrow(/leaves nothing to vary/)
    expect(() => trainings({ protocol: ['stored'] })).toThrow(/storedSplit: the stored protocol needs a split/)
  })

  it('leaves out of the linked network\'s runs what it cannot', () => {
    expect(trainings({ preset: ['linked', 'k8ntext-small'], omit: ['none', 'bodies'] }).map(({ preset, omitFeatures }) => [preset, omitFeatures])).toEqual([['linked', []], ['k8ntext-small', []], ['k8ntext-small', ['bodies']]])
  })

  it('keeps windows at inference within the window in measurements', () => {
    const spec = tinyExperiment({ base: { preset: 'k8ntext-small', batch: 8, repetitions: 1 }, axes: { window: [5, 20], inferStride: [1, 10] } }, { runs: { kind: 'measure', measurement: 'inference-time' }, protocols: [] })
    expect(expandExperiment(spec, 'smoke').map(({ swept }) => [swept.window, swept.inferStride])).toEqual([[5, 1], [20, 1], [20, 10]])
  })

  it('unrolls every experiment that ships at every scale', () => {
    for (const spec of listExperiments()) for (const scale of SCALES) expect(expandExperiment(spec, scale).length, `${spec.name} ${scale}`).toBeGreaterThan(0)
  })
})

describe('axes', () => {
  test('every single setting of a training that is a number can be swept', () => {
    const numbers = Object.entries(runSpecSchema.shape).filter(([, schema]) => ['number', 'nullable'].includes(schema.def.type)).map(([name]) => name)
    expect(numbers.length).toBeGreaterThan(10)
    for (const name of numbers) expect(AXES[name]?.train?.({}, 3), name).toEqual({ [name]: 3 })
  })

  test('units of one layer leave the others as the preset has them', () => {
    expect(trainings({ unitsSecond: [2] }, { base: { preset: 'k8ntext' } })[0]?.network).toEqual({ unitsPerFeature: [4, 2] })
    expect(trainings({ unitsFirst: [1], unitsSecond: [2] })[0]?.network).toEqual({ unitsPerFeature: [1, 2] })
    expect(() => trainings({ unitsSecond: [2] })).toThrow(/no units by \|F\|/)
  })
})

test('groups of features hold features, and no group is called as one', () => {
  for (const [group, names] of Object.entries(FEATURE_GROUPS)) {
    expect(names.length, group).toBeGreaterThan(1)
    expect(names.every((name) => PAPER_FEATURES.includes(name)), group).toBe(true)
    expect(PAPER_FEATURES).not.toContain(group)
  }
  expect(omittedFeatures(['dead', 'verb', 'ownerReferences', 'nothing']).length).toBe(10 + 1 + 1)
})
