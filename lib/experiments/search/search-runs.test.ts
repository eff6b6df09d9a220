import { describe, expect, it } from 'vitest'
import { getExperiment } from '../catalogue'
import { planLaunch } from '../launch'
import type { GrownRun } from '../growth/growth-run'
import type { PlannedRun } from '../planned-run'
import type { RunSpec } from '../run-spec'
import { buildSearchReport, type TrialSource } from './search-report'
import { isSearchFinished, nextRuns } from './search-runs'
import { countSearchRuns, type SearchSpec } from './search-spec'
import { trialAxes } from './trial-run'

const tuner = getExperiment('tuner')
const searchOf = (scale: 'smoke' | 'paper'): SearchSpec => (tuner.scales[scale].growth as { search: SearchSpec }).search
const smoke = searchOf('smoke')
const trained = (run: PlannedRun): RunSpec => run.params as RunSpec

/** Stored runs, as the database has them; a trial's score is given by `scoreOf`. */
function store(runs: readonly PlannedRun[], begin: number, state: GrownRun['state'], scoreOf = (trial: number) => trial): GrownRun[] {
  return runs.map((run, i) => ({
    id: `run${begin + i}`, state, axes: run.axes, params: JSON.parse(JSON.stringify(run.params)) as GrownRun['params'],
    metrics: state === 'done' ? { validationAccuracy: scoreOf(trialAxes(run.axes)?.trial ?? 0) } : null,
  }))
}

describe('planLaunch of a search', () => {
  it('begins every bracket of every method, with the trial\'s parameters', () => {
    const { runs, spec } = planLaunch(tuner, { scale: 'smoke' })
    expect(runs.map((run) => `${run.axes.method} ${run.axes.bracket}/${run.axes.rung}/${run.axes.trial} ${trained(run).epochs}`)).toEqual([
      'hyperband 0/0/0 1', 'hyperband 0/0/1 1', 'hyperband 0/0/2 1', 'hyperband 1/0/3 3', 'hyperband 1/0/4 3', 'random 0/0/0 3', 'random 0/0/1 3',
    ])
    for (const { axes, params } of runs) {
      expect((params as RunSpec).network).toEqual({ loss: 'crossEntropy', unitsPerFeature: [axes.unitsFirst, axes.unitsSecond], dropout: axes.dropout })
      expect(params).toMatchObject({ learningRate: axes.learningRate, earlyStoppingPatience: 8, window: 8, protocol: 'blocked' })
    }
    expect(spec).toMatchObject({ scales: { smoke: { growth: { kind: 'search', search: { hyperband: { maxEpochs: 3 } } } } } })
    expect(planLaunch(tuner, { scale: 'smoke' }).runs).toEqual(runs)
  })

  it('takes other seeds, methods, epochs and an engine, and stores what is carried out', () => {
    const { runs, spec } = planLaunch(tuner, { scale: 'smoke', methods: ['hyperband'], epochs: 9, seeds: [4, 5], engine: 'wasm' })
    expect(runs).toHaveLength(2 * (9 + 5 + 3))
    expect(new Set(runs.map((run) => run.axes.method))).toEqual(new Set(['hyperband']))
    expect(runs.map(trained).every((params) => params.engine === 'wasm' && params.epochs <= 9)).toBe(true)
    const [first, other] = [runs[0], runs[17]].map((run) => run && trained(run).network)
    expect(first).not.toEqual(other)
    const { random: _random, ...rest } = smoke
    expect((spec as { scales: Record<string, unknown> }).scales.smoke).toMatchObject({ growth: { search: { ...rest, hyperband: { maxEpochs: 9, eta: 3 } } }, seeds: [4, 5] })
    expect((spec as { scales: { smoke: { growth: { search: object } } } }).scales.smoke.growth.search).not.toHaveProperty('random')
  })

  it('has the space, the executions and the protocols of the paper\'s code at the paper scale', () => {
    const search = searchOf('paper')
    expect(search.space).toEqual({ unitsFirst: [1, 2, 3, 4, 5, 6, 7, 8], unitsSecond: [1, 2, 3, 4, 5, 6, 7, 8], dropout: [0.1, 0.2, 0.3, 0.4, 0.5], learningRate: [0.001, 0.005, 0.0001] })
    const { runs } = planLaunch(tuner, { scale: 'paper' })
    expect(new Set(runs.map((run) => run.protocol))).toEqual(new Set(['paper', 'blocked']))
    const executions = runs.filter((run) => run.protocol === 'paper' && run.axes.method === 'random' && run.axes.trial === 0)
    expect(executions.map((run) => [run.axes.execution, run.seed])).toEqual([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]])
    expect(countSearchRuns(smoke, 7)).toBe(8)
    expect(countSearchRuns(smoke, 14)).toBe(16)
  })
})

describe('nextRuns', () => {
  const begun = planLaunch(tuner, { scale: 'smoke' }).runs

  it('has nothing to add before a rung has ended', () => {
    expect(nextRuns(smoke, store(begun, 0, 'running'))).toEqual({ add: [], spent: [], finished: false })
  })

  it('hands the best of a rung on from its run, and forgets the others', () => {
    const runs = store(begun, 0, 'done', (trial) => -trial)
    const { add, spent, finished } = nextRuns(smoke, runs)
    expect(add.map(({ from, priority, axes, params }) => ({ from, priority, rung: axes.rung, trial: axes.trial, epochs: (params as RunSpec).epochs }))).toEqual([{ from: 'run0', priority: 1, rung: 1, trial: 0, epochs: 3 }])
    expect(add[0]?.params).toEqual({ ...begun[0]?.params, epochs: 3 })
    expect(spent).toEqual(['run1', 'run2', 'run3', 'run4', 'run5', 'run6'])
    expect(finished).toBe(false)
    expect(nextRuns(smoke, runs)).toEqual({ add, spent, finished })
    const all = [...runs, ...store(add, 7, 'done')]
    expect(nextRuns(smoke, all)).toMatchObject({ add: [], finished: true })
    expect(isSearchFinished(smoke, all)).toBe(true)
    expect(isSearchFinished(smoke, runs)).toBe(false)
  })

  it('goes on without failed runs, and waits for stopped ones', () => {
    const runs = store(begun, 0, 'done')
    const failed = runs.map((run, i) => (i === 2 ? { ...run, state: 'failed' as const, metrics: null } : run))
    expect(nextRuns(smoke, failed).add.map((run) => run.from)).toEqual(['run1'])
    const stopped = runs.map((run, i) => (i === 0 ? { ...run, state: 'stopped' as const, metrics: null } : run))
    expect(nextRuns(smoke, stopped)).toMatchObject({ add: [], finished: false })
  })

  it('means over executions, each of which goes on from its own', () => {
    const twice: SearchSpec = { ...smoke, executions: 2 }
    const plan = planLaunch({ ...tuner, scales: { ...tuner.scales, smoke: { ...tuner.scales.smoke, growth: { kind: 'search', search: twice } } } }, { scale: 'smoke', methods: ['hyperband'] }).runs
    // Trial 1 has the best single execution, trial 2 the best mean.
    const scores: Record<number, [number, number]> = { 0: [0, 0], 1: [0.9, 0.1], 2: [0.6, 0.6] }
    const runs = store(plan, 0, 'done').map((run) => {
      const at = trialAxes(run.axes)
      return { ...run, metrics: { validationAccuracy: scores[at?.trial ?? 0]?.[at?.execution ?? 0] ?? 0 } }
    })
    expect(nextRuns(twice, runs).add.map((run) => [run.axes.trial, run.axes.execution, run.from])).toEqual([[2, 0, 'run4'], [2, 1, 'run5']])
  })
})

describe('the report of a search', () => {
  const begun = planLaunch(tuner, { scale: 'smoke', methods: ['hyperband'] }).runs
  const scores = [0.2, 0.5, 0.4, 0.45, 0.3]
  const source = (run: PlannedRun, id: string, score: number): TrialSource => ({
    id, axes: run.axes, timings: { trainSeconds: trained(run).epochs * 2 }, metrics: { validationAccuracy: score, lineAccuracy: score / 2, epochs: trained(run).epochs },
  })
  const survivor = nextRuns(smoke, store(begun, 0, 'done', (trial) => scores[trial] ?? 0)).add[0] as PlannedRun
  const report = buildSearchReport([...begun.map((run, i) => source(run, `run${i}`, scores[i] ?? 0)), source(survivor, 'last', 0.6), { ...source(survivor, 'unfinished', 1), metrics: null }])

  it('shows each trial once, where it ended, the best first', () => {
    expect(report.trials.map((row) => [row.trial, row.rung, row.score, row.epochs, row.runs[0]])).toEqual([[1, 1, 0.6, 3, 'last'], [3, 0, 0.45, 3, 'run3'], [2, 0, 0.4, 1, 'run2'], [4, 0, 0.3, 3, 'run4'], [0, 0, 0.2, 1, 'run0']])
    expect(report.trials[0]).toMatchObject({ unitsFirst: survivor.axes.unitsFirst, learningRate: survivor.axes.learningRate, lineAccuracy: 0.3 })
  })

  it('counts what a survivor trained before once', () => {
    expect(report.curves).toEqual([{
      search: 'hyperband k8ntext-table W=8 blocked seed 1',
      best: [{ epochs: 1, seconds: 2, score: 0.2, trial: 0, runs: ['run0'] }, { epochs: 2, seconds: 4, score: 0.5, trial: 1, runs: ['run1'] }, { epochs: 5, seconds: 10, score: 0.6, trial: 1, runs: ['last'] }, { epochs: 11, seconds: 22, score: 0.6, trial: 1, runs: ['last'] }],
    }])
  })
})
