import type { JsonObject } from '@/lib/audit/event'
import type { RunMetrics, RunTimings } from '../run-spec'
import type { SearchMethod } from './search-spec'
import { DIMENSIONS, type Parameters } from './space'
import { searchKey, searchPlace, trialAxes, type TrialAxes } from './trial-run'

/** What is read of a run; those that have no figures yet are passed over. */
export interface TrialSource {
  readonly id: string
  readonly axes: JsonObject
  readonly metrics: Pick<RunMetrics, 'epochs' | 'validationAccuracy' | 'lineAccuracy'> | null
  readonly timings: Pick<RunTimings, 'trainSeconds'> | null
}

type EndedTrial = { readonly [K in keyof TrialSource]: NonNullable<TrialSource[K]> }

/** A trial at the last rung that it ended: one line of a table, or of parallel coordinates over DIMENSIONS and `score`. */
export interface TrialRow extends Parameters {
  /** Which search of the launch, as `searchKey` names it. */
  readonly search: string
  readonly method: SearchMethod
  readonly bracket: number
  readonly rung: number
  readonly trial: number
  /** Trained all told, early stopping counted. */
  readonly epochs: number
  /** Validation accuracy, the best of its epochs; the mean over executions. */
  readonly score: number
  /** Tuple accuracy over the test lines, which the search does not see. */
  readonly lineAccuracy: number
  readonly trainSeconds: number
  readonly runs: readonly string[]
}

/** A trial that was better than all before it, and what had been spent until then. */
export interface BestSoFar { readonly epochs: number; readonly seconds: number; readonly score: number; readonly trial: number; readonly runs: readonly string[] }

export interface SearchCurve {
  readonly search: string
  /** Ascending in epochs and score; the last one repeats the best at all that was spent. */
  readonly best: readonly BestSoFar[]
}

export interface SearchReport {
  /** The best first within each search. */
  readonly trials: readonly TrialRow[]
  readonly curves: readonly SearchCurve[]
}

interface TrialRun { readonly run: EndedTrial; readonly at: TrialAxes; readonly search: string }

/** Folds the finished runs of a search into its trials and the course of the best, in the order in which the algorithm takes brackets and rungs. */
export function buildSearchReport(runs: readonly TrialSource[]): SearchReport {
  const placed = runs.flatMap(({ id, axes, metrics, timings }): TrialRun[] => {
    const at = trialAxes(axes)
    return at && metrics && timings ? [{ run: { id, axes, metrics, timings }, at, search: searchKey(searchPlace(axes, at)) }] : []
  })
  const searches = [...new Set(placed.map(({ search }) => search))].map((search) => {
    const own = placed.filter((run) => run.search === search)
    return { search, steps: stepsOf(search, own) }
  })
  return {
    trials: searches.flatMap(({ steps }) => lastRungs(steps)),
    curves: searches.map(({ search, steps }) => ({ search, best: bestSoFar(steps) })),
  }
}

/** A trial at a rung, its executions together, with what it cost beyond the rung before. */
interface Step { readonly row: TrialRow; readonly epochs: number; readonly seconds: number }

function stepsOf(search: string, runs: readonly TrialRun[]): Step[] {
  const places = [...new Map(runs.map(({ at }) => [`${at.bracket}/${at.rung}/${at.trial}`, at])).values()]
  const ordered = places.sort((a, b) => a.bracket - b.bracket || a.rung - b.rung || a.trial - b.trial)
  return ordered.map((place) => {
    const here = runs.filter(({ at }) => at.trial === place.trial && at.rung === place.rung)
    const before = runs.filter(({ at }) => at.trial === place.trial && at.rung === place.rung - 1)
    const spent = (of: (run: EndedTrial) => number): number => total(here, of) - total(before, of)
    return { row: trialRow(search, place, here), epochs: spent(({ metrics }) => metrics.epochs), seconds: spent(({ timings }) => timings.trainSeconds) }
  })
}

function trialRow(search: string, { method, bracket, rung, trial, ...axes }: TrialAxes, runs: readonly TrialRun[]): TrialRow {
  const mean = (of: (run: EndedTrial) => number): number => total(runs, of) / runs.length
  const point = Object.fromEntries(DIMENSIONS.map((name) => [name, axes[name]])) as Parameters
  return {
    search, method, bracket, rung, trial, ...point,
    epochs: total(runs, ({ metrics }) => metrics.epochs),
    score: mean(({ metrics }) => metrics.validationAccuracy ?? 0),
    lineAccuracy: mean(({ metrics }) => metrics.lineAccuracy),
    trainSeconds: total(runs, ({ timings }) => timings.trainSeconds),
    runs: runs.map(({ run }) => run.id),
  }
}

function total(runs: readonly TrialRun[], of: (run: EndedTrial) => number): number {
  return runs.reduce((sum, { run }) => sum + of(run), 0)
}

function lastRungs(steps: readonly Step[]): TrialRow[] {
  const last = new Map(steps.map(({ row }) => [row.trial, row]))
  return [...last.values()].sort((a, b) => b.score - a.score || a.trial - b.trial)
}

function bestSoFar(steps: readonly Step[]): BestSoFar[] {
  const points: BestSoFar[] = []
  let [epochs, seconds] = [0, 0]
  for (const step of steps) {
    epochs += step.epochs
    seconds += step.seconds
    if (step.row.score > (points.at(-1)?.score ?? -1)) points.push({ epochs, seconds, score: step.row.score, trial: step.row.trial, runs: step.row.runs })
  }
  const last = points.at(-1)
  return last && last.epochs < epochs ? [...points, { ...last, epochs, seconds }] : points
}
