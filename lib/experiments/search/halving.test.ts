import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochsOf, hyperbandBrackets, randomBrackets } from './brackets'
import { isFinished, observe, propose, startSearch, type Observation, type Place, type Proposal, type Score, type SearchState } from './halving'
import { DIMENSIONS, samplePoints, type SearchSpace } from './space'

const scored = (value: number): Score => ({ kind: 'scored', value })
const LOST: Score = { kind: 'lost' }
const entered = (at: Place): Observation => ({ kind: 'entered', at })

/** Carries a search to its end; `scoreOf` plays the training. */
function play(state: SearchState, scoreOf: (at: Proposal) => Score): { state: SearchState; log: Proposal[] } {
  const log: Proposal[] = []
  for (let now = state; ; ) {
    const proposals = propose(now)
    if (proposals.length === 0) return { state: now, log }
    log.push(...proposals)
    for (const at of proposals) now = observe(now, entered(at))
    for (const at of proposals) now = observe(now, { kind: 'ended', at, score: scoreOf(at) })
  }
}

describe('the brackets', () => {
  it('are those of table 1 of Li et al. for 81 epochs and eta 3', () => {
    const table = hyperbandBrackets({ maxEpochs: 81, eta: 3 }).map(({ rungs }) => rungs.map((rung) => [rung.trials, rung.epochs]))
    expect(table).toEqual([
      [[81, 1], [27, 3], [9, 9], [3, 27], [1, 81]],
      [[34, 3], [11, 9], [3, 27], [1, 81]],
      [[15, 9], [5, 27], [1, 81]],
      [[8, 27], [2, 81]],
      [[5, 81]],
    ])
  })

  it('cost no bracket more than its share, as survivors go on from where they were', () => {
    const brackets = hyperbandBrackets({ maxEpochs: 81, eta: 3 })
    expect(brackets.map((bracket) => epochsOf([bracket]))).toEqual([81 + 54 + 54 + 54 + 54, 102 + 66 + 54 + 54, 135 + 90 + 54, 216 + 108, 405])
  })

  it('round epochs that eta does not divide, and refuse an eta that halves nothing', () => {
    expect(hyperbandBrackets({ maxEpochs: 10, eta: 3 })[0]?.rungs).toEqual([{ trials: 9, epochs: 1 }, { trials: 3, epochs: 3 }, { trials: 1, epochs: 10 }])
    expect(hyperbandBrackets({ maxEpochs: 1, eta: 3 })).toEqual([{ rungs: [{ trials: 1, epochs: 1 }] }])
    expect(() => hyperbandBrackets({ maxEpochs: 9, eta: 1 })).toThrow(/eta/)
  })
})

describe('a search', () => {
  it('promotes the best of each rung, bracket by bracket, the earlier of equals', () => {
    const { log, state } = play(startSearch(hyperbandBrackets({ maxEpochs: 9, eta: 3 })), ({ trial }) => scored(trial % 4))
    const trials = (bracket: number, rung: number) => log.filter((at) => at.bracket === bracket && at.rung === rung).map((at) => at.trial)
    expect(trials(0, 0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(trials(0, 1)).toEqual([3, 7, 2])
    expect(trials(0, 2)).toEqual([3])
    expect(trials(1, 0)).toEqual([9, 10, 11, 12, 13])
    expect(trials(1, 1)).toEqual([11])
    expect(trials(2, 0)).toEqual([14, 15, 16])
    expect(isFinished(state)).toBe(true)
    expect(state.brackets[1]).toEqual({ kind: 'finished', best: 11 })
  })

  it('goes on without the trials that failed, and ends where all did', () => {
    const plan = hyperbandBrackets({ maxEpochs: 9, eta: 3 })
    const { log } = play(startSearch(plan), ({ trial }) => (trial < 7 ? LOST : scored(trial)))
    expect(log.filter((at) => at.bracket === 0 && at.rung === 1).map((at) => at.trial)).toEqual([8, 7])
    const none = play(startSearch(plan), () => LOST)
    expect(none.log.every((at) => at.rung === 0)).toBe(true)
    expect(none.state.brackets[0]).toEqual({ kind: 'finished', best: null })
  })

  it('waits for a rung to be whole', () => {
    let state = startSearch(hyperbandBrackets({ maxEpochs: 3, eta: 3 }))
    const first = propose(state).filter((at) => at.bracket === 0)
    for (const at of first) state = observe(state, entered(at))
    for (const at of first.slice(1)) state = observe(state, { kind: 'ended', at, score: scored(1) })
    expect(propose(state).filter((at) => at.bracket === 0)).toEqual([])
  })

  it('holds to what was decided, whatever is heard of an earlier rung', () => {
    let state = startSearch([{ rungs: [{ trials: 2, epochs: 1 }, { trials: 1, epochs: 3 }] }])
    const [a, b] = [{ bracket: 0, rung: 0, trial: 0 }, { bracket: 0, rung: 0, trial: 1 }]
    for (const at of [a, b]) state = observe(state, entered(at))
    // Rung 1 was begun by somebody who saw trial 1 fail; it is tried again and does better.
    state = observe(state, entered({ bracket: 0, rung: 1, trial: 0 }))
    const settled = observe(observe(state, entered(b)), { kind: 'ended', at: b, score: scored(9) })
    expect(settled).toBe(state)
    expect(propose(settled)).toEqual([])
  })

  it('decides the same in whatever order results come in', () => {
    const plan = hyperbandBrackets({ maxEpochs: 9, eta: 3 })
    const begun = propose(startSearch(plan)).reduce((state, at) => observe(state, entered(at)), startSearch(plan))
    const ends = propose(startSearch(plan)).map((at): Observation => ({ kind: 'ended', at, score: at.trial % 5 === 2 ? LOST : scored((at.trial * 7) % 11) }))
    const decided = propose(ends.reduce(observe, begun))
    fc.assert(fc.property(fc.shuffledSubarray(ends, { minLength: ends.length }), (order) => {
      expect(propose(order.reduce(observe, begun))).toEqual(decided)
    }))
  })

  it('is random search where a bracket has one rung', () => {
    const { log, state } = play(startSearch(randomBrackets({ trials: 4, epochs: 7 })), ({ trial }) => scored(-trial))
    expect(log.map((at) => [at.trial, at.epochs])).toEqual([[0, 7], [1, 7], [2, 7], [3, 7]])
    expect(state.brackets).toEqual([{ kind: 'finished', best: 0 }])
  })
})

describe('sampling', () => {
  const space: SearchSpace = { unitsFirst: [1, 2, 3], unitsSecond: [1, 2], dropout: [0.1, 0.2], learningRate: [0.01, 0.001] }

  it('is decided by seed and round, and prefixes agree', () => {
    expect(samplePoints(space, 5, 1, 0)).toEqual(samplePoints(space, 9, 1, 0).slice(0, 5))
    expect(samplePoints(space, 5, 1, 0)).not.toEqual(samplePoints(space, 5, 2, 0))
    expect(samplePoints(space, 5, 1, 0)).not.toEqual(samplePoints(space, 5, 1, 1))
  })

  it('takes every point once before any twice', () => {
    const keys = samplePoints(space, 48, 7, 0).map((point) => DIMENSIONS.map((name) => point[name]).join())
    expect(new Set(keys.slice(0, 24)).size).toBe(24)
    expect(new Set(keys.slice(24)).size).toBe(24)
  })
})
