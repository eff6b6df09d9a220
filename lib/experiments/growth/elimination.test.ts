import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planLaunch } from '../launch'
import type { PlannedRun } from '../planned-run'
import type { RunSpec } from '../run-spec'
import { tinyExperiment } from '../testing/tiny-experiment'
import { replayElimination, type Elimination } from './elimination'
import { expectedRuns, isGrowthFinished, nextRunsOf } from './growth'
import type { GrownRun } from './growth-run'

const growth: Elimination = { kind: 'elimination', candidates: ['verb', 'user', 'bodies'], keep: 1, tolerance: 0.05, measure: 'lineAccuracy' }
const spec = (own: Elimination, seeds: number[]) => tinyExperiment({ growth: own, seeds, axes: { protocol: ['blocked'] } })
const begin = (own: Elimination, seeds = [1]): readonly PlannedRun[] => planLaunch(spec(own, seeds), { scale: 'smoke' }).runs

/** Stored runs, as the database has them; what is left out decides a run's figure. */
function store(runs: readonly PlannedRun[], valueOf: (omitted: readonly string[], seed: number) => number | null, first = 0): GrownRun[] {
  return runs.map((run, i): GrownRun => {
    const value = valueOf((run.params as RunSpec).omitFeatures, run.seed)
    return { id: `run${first + i}`, state: value === null ? 'failed' : 'done', axes: run.axes, params: JSON.parse(JSON.stringify(run.params)) as GrownRun['params'], metrics: value === null ? null : { lineAccuracy: value } }
  })
}

/** Grows to the end, in any order of what ends first. */
function growAll(own: Elimination, valueOf: (omitted: readonly string[], seed: number) => number | null, seeds = [1]): GrownRun[] {
  let runs = store(begin(own, seeds), valueOf)
  for (let step = nextRunsOf(own, runs); step.add.length > 0; step = nextRunsOf(own, runs)) runs = [...runs, ...store(step.add, valueOf, runs.length)]
  return runs
}

describe('an elimination', () => {
  it('begins with everything and with each candidate left out by itself', () => {
    const runs = begin(growth, [1, 2])
    expect(runs.map(({ axes, params }) => [axes.seed, axes.round, axes.omit, axes.dropped, (params as RunSpec).omitFeatures])).toEqual([1, 2].flatMap((seed) => [
      [seed, 0, 'none', 'none', []], ...growth.candidates.map((name) => [seed, 1, name, 'none', [name]]),
    ]))
    expect(runs[1]?.name).toBe('k8ntext-small W=30 blocked round=1 omit=verb dropped=none seed 1')
  })

  it('drops what is missed least, by the mean over seeds, and goes on from there', () => {
    const value = (omitted: readonly string[], seed: number): number => (omitted.includes('user') ? 0.8 : 0.7 + (seed === 1 && omitted.includes('verb') ? 0.15 : 0))
    const runs = store(begin(growth, [1, 2]), value)
    const { add, finished } = nextRunsOf(growth, runs)
    expect(finished).toBe(false)
    expect(add.map(({ seed, axes, params, from }) => [seed, axes.round, axes.omit, axes.dropped, (params as RunSpec).omitFeatures, from])).toEqual([1, 2].flatMap((seed) => [[seed, 2, 'verb', 'user', ['user', 'verb'], null], [seed, 2, 'bodies', 'user', ['user', 'bodies'], null]]))
    expect(nextRunsOf(growth, runs.toReversed()).add.map(({ name }) => name).sort()).toEqual(add.map(({ name }) => name).sort())
    const all = [...runs, ...store(add, value, runs.length)]
    expect(nextRunsOf(growth, all)).toEqual({ add: [], spent: [], finished: true })
    expect(replayElimination(growth, all).rounds.map(({ dropped }) => dropped)).toEqual(['user', 'verb'])
  })

  it('waits for whoever has not ended, and does without who failed', () => {
    const runs = store(begin(growth), (omitted) => (omitted.includes('user') ? null : omitted.includes('bodies') ? 0.9 : 0.5))
    expect(nextRunsOf(growth, runs).add[0]?.axes.dropped).toBe('bodies')
    for (const state of ['queued', 'running', 'stopped'] as const) for (let i = 0; i < runs.length; i++) expect(nextRunsOf(growth, runs.map((run, at) => (at === i ? { ...run, state } : run)))).toEqual({ add: [], spent: [], finished: false })
    expect(nextRunsOf(growth, store(begin(growth), () => null))).toEqual({ add: [], spent: [], finished: true })
  })

  it('stops where every candidate is missed too much', () => {
    const runs = growAll(growth, (omitted) => 0.9 - 0.06 * omitted.length)
    expect(runs).toHaveLength(4)
    expect(isGrowthFinished(growth, runs)).toBe(true)
    expect(growAll({ ...growth, tolerance: 0.2 }, (omitted) => 0.9 - 0.06 * omitted.length)).toHaveLength(4 + 2)
  })

  it('keeps to what a later round began with, whatever an earlier one comes to since', () => {
    const runs = growAll(growth, (omitted) => (omitted.includes('verb') ? 0.9 : 0.8))
    const repeated = runs.map((run) => (run.axes.round === 1 && run.axes.omit === 'user' ? { ...run, metrics: { lineAccuracy: 1 } } : run))
    expect(replayElimination(growth, repeated)).toEqual(replayElimination(growth, runs))
    expect(nextRunsOf(growth, repeated)).toMatchObject({ add: [], finished: true })
  })

  it('ends with what was to be kept or sooner, with no run twice and no more than were foretold', () => {
    const values = fc.func(fc.integer({ min: 0, max: 100 }))
    fc.assert(fc.property(values, fc.integer({ min: 1, max: 3 }), fc.double({ min: 0, max: 1, noNaN: true }), (score, keep, tolerance) => {
      const own: Elimination = { ...growth, candidates: ['verb', 'user', 'bodies', 'userAgent'], keep, tolerance }
      const seeds = [1, 2]
      const runs = growAll(own, (omitted, seed) => score([...omitted].sort().join(), seed) / 100, seeds)
      expect(new Set(runs.map(({ axes, params }) => JSON.stringify([axes.seed, axes.round, params.omitFeatures]))).size).toBe(runs.length)
      expect(runs.length).toBeLessThanOrEqual(expectedRuns(own, begin(own, seeds).length))
      const { left, open } = replayElimination(own, runs)
      expect([open, left.length >= keep]).toEqual([null, true])
      if (tolerance === 1) expect(left).toHaveLength(keep)
    }))
  })
})
