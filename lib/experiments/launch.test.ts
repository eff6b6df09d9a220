import { describe, expect, it } from 'vitest'
import { planLaunch, type PlanChoices } from './launch'
import { tinyExperiment } from './testing/tiny-experiment'

const sweep = tinyExperiment({ base: { lines: 1500, epochs: 2 }, axes: { window: [5, 20], protocol: ['paper', 'blocked'] }, by: { window: { 20: { stride: 4 } } } }, { protocols: ['paper', 'blocked'] })

describe('planLaunch', () => {
  it('unrolls windows, protocols and seeds, long windows last', () => {
    const { runs } = planLaunch(sweep, { scale: 'quick' })
    expect(runs.map((run) => [run.kind, run.axes.window, run.protocol])).toEqual([['train', 5, 'paper'], ['train', 5, 'blocked'], ['train', 20, 'paper'], ['train', 20, 'blocked']])
    expect(planLaunch(sweep, { scale: 'smoke', axes: { window: [8], protocol: ['blocked'] }, seeds: [1, 2] }).runs.map((run) => run.name)).toEqual(['k8ntext-small W=8 blocked seed 1', 'k8ntext-small W=8 blocked seed 2'])
  })

  it('takes lines, epochs and engine of the scale unless told otherwise; null is the whole log', () => {
    const params = (choices: Partial<PlanChoices>) => planLaunch(sweep, { scale: 'smoke', axes: { window: [5] }, ...choices }).runs[0]?.params
    expect(params({})).toMatchObject({ lines: 1500, epochs: 2 })
    expect(params({ lines: 900, epochs: 7, engine: 'wasm' })).toMatchObject({ lines: 900, epochs: 7, engine: 'wasm' })
    expect(params({ lines: null })).toMatchObject({ lines: null })
  })

  it('sweeps over axes that the scale does not have, and stores what is carried out', () => {
    const { runs, spec } = planLaunch(sweep, { scale: 'smoke', axes: { window: [5], protocol: ['blocked'], dropout: [0.1, 0.5] }, seeds: [4] })
    expect(runs.map(({ name, axes, params }) => [name, axes.dropout, 'network' in params && params.network])).toEqual([
      ['k8ntext-small W=5 blocked dropout=0.1 seed 4', 0.1, { dropout: 0.1 }], ['k8ntext-small W=5 blocked dropout=0.5 seed 4', 0.5, { dropout: 0.5 }],
    ])
    expect(spec).toMatchObject({ scales: { smoke: { axes: { window: [5], protocol: ['blocked'], dropout: [0.1, 0.5] }, seeds: [4] } } })
  })

  it('plans measurements, with the swept settings alone as axes', () => {
    const timing = tinyExperiment({ base: { lines: 100, query: 'q1', repetitions: 2 }, axes: { query: ['q1', 'q3'] } }, { runs: { kind: 'measure', measurement: 'query-time' }, protocols: [] })
    expect(planLaunch(timing, { scale: 'smoke', seeds: [3], lines: 50 }).runs[1]).toEqual({
      kind: 'measure', name: 'query-time query=q3 seed 3', preset: 'query-time', protocol: 'whole', seed: 3, axes: { query: 'q3', seed: 3 },
      params: { kind: 'measure', seed: 3, measure: { measurement: 'query-time', lines: 50, query: 'q3', repetitions: 2 } },
    })
  })

  it('refuses what makes no run', () => {
    expect(() => planLaunch(sweep, { scale: 'quick', axes: { window: [1] } })).toThrow(/Experiment tiny: window: /)
    expect(() => planLaunch(sweep, { scale: 'quick', axes: { protocol: ['transfer'] } })).toThrow(/does not follow the protocol transfer/)
    expect(() => planLaunch(sweep, { scale: 'quick', axes: { form: ['logged'] } })).toThrow(/cannot be swept over "form": take one of window, /)
    expect(() => planLaunch(sweep, { scale: 'quick', axes: { testShare: [0.9], validationShare: [0.1] } })).toThrow(/no combination/)
  })
})
