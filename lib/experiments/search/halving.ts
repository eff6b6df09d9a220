import type { Bracket } from './brackets'

/** How a trial ended a rung; one whose runs failed is lost and never promoted. */
export type Score = { readonly kind: 'scored'; readonly value: number } | { readonly kind: 'lost' }

/** A trial at a rung of a bracket; trials are numbered through all brackets. */
export interface Place { readonly bracket: number; readonly rung: number; readonly trial: number }

/** What has happened: a trial entered a rung, or ended it. */
export type Observation = { readonly kind: 'entered'; readonly at: Place } | { readonly kind: 'ended'; readonly at: Place; readonly score: Score }

/** Where a bracket stands. `cut` has chosen who goes on; nobody of them has begun. */
export type BracketState =
  | { readonly kind: 'new'; readonly trials: readonly number[] }
  | { readonly kind: 'racing'; readonly rung: number; readonly scores: ReadonlyMap<number, Score | null> }
  | { readonly kind: 'cut'; readonly rung: number; readonly survivors: readonly number[] }
  | { readonly kind: 'finished'; readonly best: number | null }

export interface SearchState { readonly plan: readonly Bracket[]; readonly brackets: readonly BracketState[] }

/** A trial that should enter a rung, on top of what it trained for the rung before. */
export interface Proposal extends Place { readonly epochs: number }

export function startSearch(plan: readonly Bracket[]): SearchState {
  let next = 0
  const brackets = plan.map(({ rungs }): BracketState => ({ kind: 'new', trials: Array.from({ length: rungs[0]?.trials ?? 0 }, () => next++) }))
  return { plan, brackets }
}

/** The state after an observation. What concerns a rung that is decided already changes nothing. */
export function observe(state: SearchState, observation: Observation): SearchState {
  const { bracket } = observation.at
  const [before, plan] = [state.brackets[bracket], state.plan[bracket]]
  if (!before || !plan) return state
  const after = observation.kind === 'entered' ? enter(before, observation.at) : end(before, plan, observation.at, observation.score)
  return after === before ? state : { ...state, brackets: state.brackets.with(bracket, after) }
}

function enter(state: BracketState, { rung, trial }: Place): BracketState {
  const reached = state.kind === 'new' ? -1 : state.kind === 'finished' ? Number.POSITIVE_INFINITY : state.rung
  if (rung > reached) return { kind: 'racing', rung, scores: new Map([[trial, null]]) }
  if (state.kind !== 'racing' || rung < reached || state.scores.has(trial)) return state
  return { ...state, scores: new Map(state.scores).set(trial, null) }
}

function end(state: BracketState, plan: Bracket, { rung, trial }: Place, score: Score): BracketState {
  if (state.kind !== 'racing' || state.rung !== rung || !state.scores.has(trial)) return state
  const scores = new Map(state.scores).set(trial, score)
  if ([...scores.values()].includes(null)) return { ...state, scores }
  const ranked = ranking(scores)
  const next = plan.rungs[rung + 1]
  if (next === undefined || ranked.length === 0) return { kind: 'finished', best: ranked[0] ?? null }
  return { kind: 'cut', rung, survivors: ranked.slice(0, next.trials) }
}

/** Trials that scored, the best first; of equals the earlier one. */
function ranking(scores: ReadonlyMap<number, Score | null>): number[] {
  const scored = [...scores].flatMap(([trial, score]) => (score?.kind === 'scored' ? [{ trial, value: score.value }] : []))
  return scored.sort((a, b) => b.value - a.value || a.trial - b.trial).map(({ trial }) => trial)
}

/** What should be trained next. Asking twice without an observation between gives the same. */
export function propose({ plan, brackets }: SearchState): Proposal[] {
  return brackets.flatMap((state, bracket) => {
    const [rung, trials] = state.kind === 'new' ? [0, state.trials] : state.kind === 'cut' ? [state.rung + 1, state.survivors] : [0, []]
    return trials.map((trial) => ({ bracket, rung, trial, epochs: plan[bracket]?.rungs[rung]?.epochs ?? 0 }))
  })
}

export function isFinished({ brackets }: SearchState): boolean {
  return brackets.every((bracket) => bracket.kind === 'finished')
}
