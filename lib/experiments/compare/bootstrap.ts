import { differenceOf, intervalOf, LEVEL, type DifferenceInterval, type Interval } from '@/lib/model/metrics/interval'
import { PairScorer, type PairScore, type ScoredPairs } from './pair-scores'
import { drawPlaces } from '@/lib/model/metrics/resamples'

/** One figure of both models and their difference, B less A, on the same resamples. */
export interface ComparedFigure { readonly a: Interval; readonly b: Interval; readonly difference: DifferenceInterval }

export interface Bootstrap {
  /** What was drawn: lines, or whole groups of lines. */
  readonly units: number
  /** How many equal ones they are worth (Kish): far below `units` where few groups hold most lines, and then intervals are rough. */
  readonly evenUnits: number
  readonly resamples: number
  readonly level: number
  readonly accuracy: ComparedFigure
  readonly macroF1: ComparedFigure
}

export interface BootstrapOptions {
  /**
   * The group of each line, 0 to the number of groups - 1. Lines of a group are drawn together (cluster bootstrap): the lines of one
   * context stand or fall together, and drawing them one by one would promise more certainty than there is.
   */
  readonly groups: Int32Array
  readonly seed: number
  readonly resamples?: number
  readonly level?: number
  /** The groups drawn in a round, instead of the seeded ones. */
  readonly draw?: (round: number, units: number) => Int32Array
  /** Awaited now and then, so that a server answers others meanwhile. */
  readonly breathe?: () => Promise<void>
}

export const RESAMPLES = 2000
const BREATH = 20

/** Paired bootstrap: both models are scored on the same resampled lines, so that what they share cancels out of the difference. */
export async function pairedBootstrap(pairs: ScoredPairs, options: BootstrapOptions): Promise<Bootstrap> {
  const { groups, seed, resamples = RESAMPLES, level = LEVEL, breathe } = options
  const scorer = new PairScorer(pairs, groups)
  const { units } = scorer
  const places = new Int32Array(units)
  const draw = options.draw ?? ((round: number): Int32Array => drawPlaces(seed, round, units, places))
  const whole = scorer.score(Int32Array.from(places, (_, unit) => unit))
  const rounds: PairScore[] = []
  for (let round = 0; round < resamples; round++) {
    rounds.push(scorer.score(draw(round, units)))
    if (breathe && round % BREATH === BREATH - 1) await breathe()
  }
  const figure = (a: keyof PairScore, b: keyof PairScore): ComparedFigure => ({
    a: intervalOf(whole[a], Float64Array.from(rounds, (one) => one[a]), level),
    b: intervalOf(whole[b], Float64Array.from(rounds, (one) => one[b]), level),
    difference: differenceOf(whole[b] - whole[a], Float64Array.from(rounds, (one) => one[b] - one[a]), level),
  })
  return { units, evenUnits: evenUnits(groups, units), resamples, level, accuracy: figure('accuracyA', 'accuracyB'), macroF1: figure('macroF1A', 'macroF1B') }
}

function evenUnits(groups: Int32Array, units: number): number {
  const sizes = new Float64Array(units)
  for (const group of groups) sizes[group]!++
  return groups.length === 0 ? 0 : groups.length ** 2 / sizes.reduce((sum, size) => sum + size * size, 0)
}

/** Numbers groups by their names; a line without a name is a group of its own. */
export function groupNumbers(names: readonly (string | null)[]): Int32Array {
  const known = new Map<string, number>()
  let next = 0
  return Int32Array.from(names, (name) => {
    if (name === null) return next++
    const group = known.get(name) ?? next++
    known.set(name, group)
    return group
  })
}
