import type { JsonObject } from '@/lib/audit/event'
import type { PlannedRun } from '../planned-run'
import type { AxisValue } from '../points'
import { plannedTraining } from '../planned-training'
import { runSpecSchema } from '../run-spec'
import type { Growth } from '../spec/growth-spec'
import { groups, type Base, type GrownRun, type GrowthStep, type NextRun, type RunStanding } from './growth-run'

export type Elimination = Extract<Growth, { kind: 'elimination' }>

/** A round that is over: what was dropped in it, and the mean of the measure without it. */
export interface Round { readonly round: number; readonly dropped: string; readonly value: number }

/** Where an elimination stands: what its runs alone say. */
export interface EliminationState {
  readonly rounds: readonly Round[]
  /** Candidates that are still in, in their given order. */
  readonly left: readonly string[]
  /** The round that is open, counted from 1; null where it has ended. */
  readonly open: number | null
}

/** Left out where nothing is: the run that all others are told against. */
const NONE = 'none'
/** Axes that an elimination adds; runs that agree in all others are of one elimination. */
const OWN = new Set(['round', 'omit', 'dropped', 'seed'])

/** The first runs: with everything, and with each candidate left out by itself. */
export function beginElimination(growth: Elimination, bases: readonly Base[]): PlannedRun[] {
  return bases.flatMap((base) => [eliminationRun(base, { round: 0, omit: NONE, before: [] }), ...roundRuns(base, 1, [], growth.candidates)])
}

/** What follows from the runs there are; it depends on them alone, so that anybody may ask at any time. */
export function nextEliminationRuns(growth: Elimination, runs: readonly GrownRun[]): GrowthStep {
  const steps = eliminationsIn(runs).map((own) => stepOf(growth, own))
  return { add: steps.flatMap(({ add }) => add), spent: [], finished: steps.every(({ finished }) => finished) }
}

export function isEliminationFinished(growth: Elimination, runs: readonly RunStanding[]): boolean {
  return eliminationsIn(runs).every((own) => replayElimination(growth, own).open === null)
}

/** Runs that an elimination begins with, a seed. */
export function firstEliminationRuns({ candidates }: Elimination): number {
  return candidates.length + 1
}

/** Runs of an elimination that goes on until `keep` are left, a seed; one that stops sooner has fewer. */
export function mostEliminationRuns({ candidates, keep }: Elimination): number {
  let count = 1
  for (let left = candidates.length; left > keep; left--) count += left
  return count
}

/** The runs of each elimination of a launch. */
function eliminationsIn<R extends RunStanding>(runs: readonly R[]): R[][] {
  const own = runs.filter(({ axes }) => typeof axes.round === 'number' && typeof axes.omit === 'string')
  return [...groups(own, ({ axes }) => JSON.stringify(Object.entries(axes).filter(([name]) => !OWN.has(name)).sort()))].map(([, of]) => of)
}

function stepOf(growth: Elimination, runs: readonly GrownRun[]): GrowthStep {
  const { rounds, left, open } = replayElimination(growth, runs)
  const begun = runs.some(({ axes }) => axes.round === open)
  if (open === null || begun) return { add: [], spent: [], finished: open === null }
  const dropped = rounds.map((round) => round.dropped)
  const firsts = runs.filter(({ axes }) => axes.round === 0)
  return { add: firsts.flatMap((first) => roundRuns(baseOf(first), open, dropped, left)), spent: [], finished: false }
}

/** Goes through the rounds as they ended. What a later round began with is what the one before it dropped, whatever was repeated since. */
export function replayElimination(growth: Elimination, runs: readonly RunStanding[]): EliminationState {
  const rounds: Round[] = []
  let left: readonly string[] = growth.candidates
  let best = meanOf(runs.filter(({ axes }) => axes.round === 0), growth.measure) ?? Number.NEGATIVE_INFINITY
  const state = (open: number | null): EliminationState => ({ rounds, left, open })
  for (let round = 1; left.length > growth.keep; round++) {
    const own = runs.filter(({ axes }) => axes.round === round)
    const next = runs.find(({ axes }) => axes.round === round + 1)?.axes.dropped
    if (own.length === 0 || (next === undefined && !allEnded(runs, round))) return state(round)
    const scores = scoresOf(own, growth, left)
    const winner = typeof next === 'string' ? scores.find(({ omit }) => omit === next) ?? { omit: next, value: best } : scores[0]
    if (!winner || (next === undefined && winner.value < best - growth.tolerance)) return state(null)
    rounds.push({ round, dropped: winner.omit, value: winner.value })
    left = left.filter((name) => name !== winner.omit)
    best = Math.max(best, winner.value)
  }
  return state(null)
}

/** Of a round, and of the run with everything, which the first round is told against. */
function allEnded(runs: readonly RunStanding[], round: number): boolean {
  return runs.every(({ axes, state }) => (axes.round !== round && axes.round !== 0) || state === 'done' || state === 'failed')
}

interface Scored { readonly omit: string; readonly value: number }

/** Candidates of a round that no run lost, the best first; of equals the one named first. */
function scoresOf(runs: readonly RunStanding[], growth: Elimination, left: readonly string[]): Scored[] {
  const scored = left.flatMap((omit): Scored[] => {
    const value = meanOf(runs.filter(({ axes }) => axes.omit === omit), growth.measure)
    return value === null ? [] : [{ omit, value }]
  })
  return scored.sort((a, b) => b.value - a.value)
}

/** The mean over seeds; null where one has no such figure. */
function meanOf(runs: readonly RunStanding[], measure: string): number | null {
  const values = runs.map(({ state, metrics }) => (state === 'done' ? (metrics as Readonly<Record<string, number | undefined>> | null)?.[measure] : undefined))
  if (values.length === 0 || !values.every((value) => value !== undefined)) return null
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

interface Place { readonly round: number; readonly omit: string; readonly before: readonly string[] }

function roundRuns(base: Base, round: number, before: readonly string[], left: readonly string[]): NextRun[] {
  return left.map((omit) => ({ ...eliminationRun(base, { round, omit, before }), from: null }))
}

function eliminationRun({ swept, params }: Base, { round, omit, before }: Place): PlannedRun {
  const omitFeatures = [...params.omitFeatures, ...before, ...(omit === NONE ? [] : [omit])]
  const axes = { ...swept, round, omit, dropped: before.at(-1) ?? NONE }
  return plannedTraining({ swept: axes, params: { ...params, omitFeatures } })
}

/** A stored first run as the settings it was made of. */
function baseOf({ axes, params }: { readonly axes: JsonObject; readonly params: JsonObject }): Base {
  const swept = Object.entries(axes).filter((entry): entry is [string, AxisValue] => !OWN.has(entry[0]) && (typeof entry[1] === 'number' || typeof entry[1] === 'string'))
  return { swept: Object.fromEntries(swept), params: runSpecSchema.parse(params) }
}
