import { describe, expect, it } from 'vitest'
import { getExperiment } from './catalogue'
import { planLaunch } from './launch'

const sweep = getExperiment('window-size')

describe('planLaunch', () => {
  it('unrolls windows, protocols and seeds, long windows last', () => {
    const { runs } = planLaunch(sweep, { scale: 'quick' })
    expect(runs.map((run) => run.axes.window)).toEqual([5, 5, 10, 10, 20, 20, 30, 30, 40, 40, 50, 50, 60, 60])
    expect(runs.slice(0, 2).map((run) => run.protocol)).toEqual(['paper', 'blocked'])
    expect(planLaunch(sweep, { scale: 'smoke', windows: [8], seeds: [1, 2], protocols: ['blocked'] }).runs.map((run) => run.name)).toEqual(['k8ntext W=8 blocked seed 1', 'k8ntext W=8 blocked seed 2'])
  })

  it('takes lines and epochs of the scale unless told otherwise; null is the whole log', () => {
    const params = (choices: { lines?: number | null; epochs?: number }) => planLaunch(sweep, { scale: 'quick', windows: [5], ...choices }).runs[0]?.params
    expect(params({})).toMatchObject({ lines: 18_478, epochs: sweep.scales.quick.base.epochs })
    expect(params({ lines: 900, epochs: 2 })).toMatchObject({ lines: 900, epochs: 2 })
    expect(params({ lines: null })?.lines).toBeNull()
  })

  it('refuses what makes no run', () => {
    expect(() => planLaunch(sweep, { scale: 'quick', windows: [1] })).toThrow(/Experiment window-size: window: /)
  })
})
