import { groups, type Base, type GrownRun, type GrowthStep, type NextRun, type RunStanding } from '../growth/growth-run'
import type { PlannedRun } from '../planned-run'
import { runSpecSchema, type RunSpec } from '../run-spec'
import { isFinished, observe, propose, startSearch, type Proposal, type Score, type SearchState } from './halving'
import { bracketsOf, methodsOf, SEARCH_METHODS, type SearchSpec } from './search-spec'
import { samplePoints, type Parameters } from './space'
import { searchKey, searchPlace, trialAxes, trialRun, type SearchPlace, type TrialAxes } from './trial-run'

type Placed<R extends RunStanding> = R & { readonly at: TrialAxes }
type PlacedRun = Placed<RunStanding>

/** The runs of each search of a launch. */
function searchesIn<R extends RunStanding>(runs: readonly R[]): Placed<R>[][] {
  const placed = runs.flatMap((run): Placed<R>[] => {
    const at = trialAxes(run.axes)
    return at ? [{ ...run, at }] : []
  })
  return [...groups(placed, (run) => searchKey(searchPlace(run.axes, run.at))).values()]
}

/** The first runs of every search of a launch: one a way of searching for each of its settings. */
export function beginSearches(search: SearchSpec, bases: readonly Base[]): PlannedRun[] {
  return bases.flatMap(({ swept, params }) => methodsOf(search).flatMap((method) => {
    const { preset, window, protocol, seed } = params
    const place = { method, seed, swept: { preset, window, protocol, ...swept } }
    return runsOf(search, place, params, propose(startSearch(bracketsOf(search, method))), [])
  }))
}

/**
 * What follows from the runs that a launch has by now. It depends on them alone, so anybody may ask at any time; whoever adds
 * runs must see to it that nobody adds them twice.
 */
export function nextRuns(search: SearchSpec, runs: readonly GrownRun[]): GrowthStep {
  const steps = searchesIn(runs).map((own) => stepOf(search, own))
  return { add: steps.flatMap((step) => step.add), spent: steps.flatMap((step) => step.spent), finished: steps.every((step) => step.finished) }
}

/** Whether the launch has all the runs that its search will ever have, and all have ended. */
export function isSearchFinished(search: SearchSpec, runs: readonly RunStanding[]): boolean {
  return searchesIn(runs).every((own) => isFinished(replay(search, own)))
}

function stepOf(search: SearchSpec, runs: readonly Placed<GrownRun>[]): GrowthStep {
  const [first] = runs
  if (!first) return { add: [], spent: [], finished: true }
  const state = replay(search, runs)
  const add = runsOf(search, searchPlace(first.axes, first.at), runSpecSchema.parse(first.params), propose(state), runs)
  const continued = new Set(add.map((run) => run.from))
  return { add, spent: spentRuns(state, runs).filter((id) => !continued.has(id)), finished: isFinished(state) }
}

function replay(search: SearchSpec, runs: readonly PlacedRun[]): SearchState {
  const rungs = [...groups(runs, ({ at }) => at.rung)].sort(([a], [b]) => a - b)
  let state = startSearch(runs[0] ? bracketsOf(search, runs[0].at.method) : [])
  for (const [, entrants] of rungs) {
    const trials = [...groups(entrants, ({ at }) => at.trial).values()]
    for (const [one] of trials) if (one) state = observe(state, { kind: 'entered', at: one.at })
    for (const executions of trials) {
      const [one] = executions
      const score = scoreOf(executions)
      if (one && score) state = observe(state, { kind: 'ended', at: one.at, score })
    }
  }
  return state
}

/** The mean over a trial's executions; null while one may still end, lost where one failed. */
function scoreOf(executions: readonly PlacedRun[]): Score | null {
  if (executions.some(({ state }) => state !== 'done' && state !== 'failed')) return null
  const values = executions.map(({ state, metrics }) => (state === 'done' ? metrics?.validationAccuracy : undefined))
  if (!values.every((value) => value !== undefined)) return { kind: 'lost' }
  return { kind: 'scored', value: values.reduce((sum, value) => sum + value, 0) / values.length }
}

function runsOf(search: SearchSpec, place: SearchPlace, base: RunSpec, proposals: readonly Proposal[], runs: readonly PlacedRun[]): NextRun[] {
  const trials = bracketsOf(search, place.method).reduce((sum, { rungs }) => sum + (rungs[0]?.trials ?? 0), 0)
  const points = samplePoints(search.space, trials, place.seed, SEARCH_METHODS.indexOf(place.method))
  return proposals.flatMap((proposal) => Array.from({ length: search.executions }, (_, execution): NextRun => {
    const before = runs.find(({ at }) => at.trial === proposal.trial && at.execution === execution && at.rung === proposal.rung - 1)
    return { ...trialRun(base, place, proposal, points[proposal.trial] as Parameters, execution), from: before?.id ?? null }
  }))
}

/** Ended runs of rungs that are decided: their survivors have copies of their own. */
function spentRuns({ brackets }: SearchState, runs: readonly PlacedRun[]): string[] {
  return runs.flatMap(({ id, at, state }) => {
    const bracket = brackets[at.bracket]
    const decided = bracket?.kind === 'finished' || (bracket?.kind === 'cut' && at.rung <= bracket.rung) || (bracket?.kind === 'racing' && at.rung < bracket.rung)
    return decided && state === 'done' ? [id] : []
  })
}
