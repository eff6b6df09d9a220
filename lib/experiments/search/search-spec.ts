import { z } from 'zod'
import { hyperbandBrackets, randomBrackets, type Bracket, type Rung } from './brackets'
import { spaceSchema } from './space'

/** What a search costs, by method; a method that is left out is not carried out. */
export const searchSchema = z.strictObject({
  space: spaceSchema,
  hyperband: z.strictObject({ maxEpochs: z.int().min(1).max(10_000), eta: z.int().min(2).max(16) }).optional(),
  random: z.strictObject({ trials: z.int().min(1).max(10_000), epochs: z.int().min(1).max(10_000) }).optional(),
  /** Trainings of each trial, with seeds of their own; their mean counts. */
  executions: z.int().min(1).max(20),
})
export type SearchSpec = z.infer<typeof searchSchema>

export const SEARCH_METHODS = ['hyperband', 'random'] as const
export type SearchMethod = (typeof SEARCH_METHODS)[number]

export function methodsOf(search: SearchSpec): SearchMethod[] {
  return SEARCH_METHODS.filter((method) => search[method] !== undefined)
}

export function bracketsOf(search: SearchSpec, method: SearchMethod): Bracket[] {
  if (method === 'hyperband') return search.hyperband ? hyperbandBrackets(search.hyperband) : []
  return search.random ? randomBrackets(search.random) : []
}

function runsIn(search: SearchSpec, rungs: (bracket: Bracket) => readonly Rung[]): number {
  const brackets = methodsOf(search).flatMap((method) => bracketsOf(search, method))
  return search.executions * brackets.flatMap(rungs).reduce((sum, { trials }) => sum + trials, 0)
}

/** Runs of one search when no trial fails, for each of its methods. */
export function runsOfSearch(search: SearchSpec): number {
  return runsIn(search, ({ rungs }) => rungs)
}

/** Runs of a launch when no trial fails, from how many first rungs have: windows, protocols and seeds each have a search. */
export function countSearchRuns(search: SearchSpec, begun: number): number {
  const first = runsIn(search, ({ rungs }) => rungs.slice(0, 1))
  return first === 0 ? 0 : Math.ceil(begun / first) * runsOfSearch(search)
}

/** A search with only these methods, and with other epochs for its longest trials. */
export function narrowSearch(search: SearchSpec, methods: readonly SearchMethod[], epochs: number | undefined): SearchSpec {
  const { hyperband, random, ...rest } = search
  return {
    ...rest,
    ...(hyperband && methods.includes('hyperband') ? { hyperband: { ...hyperband, maxEpochs: epochs ?? hyperband.maxEpochs } } : {}),
    ...(random && methods.includes('random') ? { random: { ...random, epochs: epochs ?? random.epochs } } : {}),
  }
}
