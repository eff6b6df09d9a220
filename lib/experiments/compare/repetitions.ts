import { differenceOf, type DifferenceInterval } from '@/lib/model/metrics/interval'
import { drawPlaces, generator } from '@/lib/model/metrics/resamples'

/** A figure of one repetition; `seed` tells which repetitions of two settings belong together. */
export interface Repetition { readonly seed: number; readonly value: number }

export interface RepetitionComparison {
  readonly meanA: number
  readonly meanB: number
  /** B less A, with a bootstrap interval over repetitions. */
  readonly difference: DifferenceInterval
  /** Permutation test of the difference of means, two-sided. `exact` looked at every permutation. */
  readonly permutation: { readonly p: number; readonly exact: boolean; readonly permutations: number }
  /** Whether repetitions of one seed were compared with each other. */
  readonly paired: boolean
}

/** Permutations that are all looked at; above it so many are drawn. */
const MOST_EXACT = 200_000
const SAMPLED = 20_000
const RESAMPLES = 10_000

/**
 * Two settings, each repeated over seeds. Paired where both have the same seeds (the same split and initial weights); otherwise
 * the two lists are taken for independent. Null where either has fewer than two repetitions: nothing can be said of its spread.
 */
export function compareRepetitions(a: readonly Repetition[], b: readonly Repetition[], seed: number): RepetitionComparison | null {
  if (a.length < 2 || b.length < 2) return null
  const bySeed = new Map(b.map((one) => [one.seed, one.value]))
  const paired = a.length === b.length && bySeed.size === b.length && a.every((one) => bySeed.has(one.seed)) && new Set(a.map((one) => one.seed)).size === a.length
  const [valuesA, valuesB] = [a.map((one) => one.value), paired ? a.map((one) => bySeed.get(one.seed) as number) : b.map((one) => one.value)]
  const differences = valuesA.map((value, i) => (valuesB[i] ?? 0) - value)
  const rounds = Float64Array.from({ length: RESAMPLES }, (_, round) => {
    if (paired) return meanAt(differences, drawn(seed, round, differences.length))
    return meanAt(valuesB, drawn(seed, 2 * round + 1, valuesB.length)) - meanAt(valuesA, drawn(seed, 2 * round, valuesA.length))
  })
  const [meanA, meanB] = [mean(valuesA), mean(valuesB)]
  return { meanA, meanB, difference: differenceOf(meanB - meanA, rounds), permutation: paired ? signFlips(differences, seed) : regroupings(valuesA, valuesB, seed), paired }
}

/** Paired: under the null hypothesis each difference might as well have the other sign. */
export function signFlips(differences: readonly number[], seed: number): RepetitionComparison['permutation'] {
  const n = differences.length
  const exact = 2 ** n <= MOST_EXACT
  const permutations = exact ? 2 ** n : SAMPLED
  const tally = new Tally(mean(differences))
  const next = generator(seed, 0)
  for (let round = 0; round < permutations; round++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += (exact ? (round >> i) & 1 : next() >>> 31) ? -(differences[i] as number) : differences[i] as number
    tally.add(sum / n)
  }
  return { p: tally.p(exact), exact, permutations }
}

/** Unpaired: under the null hypothesis any of the values might as well belong to either side. */
export function regroupings(a: readonly number[], b: readonly number[], seed: number): RepetitionComparison['permutation'] {
  const all = [...a, ...b]
  const total = all.reduce((sum, value) => sum + value, 0)
  const ways = choose(all.length, a.length)
  const exact = ways <= MOST_EXACT
  const tally = new Tally(mean(b) - mean(a))
  const add = (sumA: number): void => tally.add((total - sumA) / b.length - sumA / a.length)
  if (exact) everyChoice(all, a.length, add)
  else {
    const next = generator(seed, 0)
    for (let round = 0; round < SAMPLED; round++) add(randomSum(all, a.length, next))
  }
  return { p: tally.p(exact), exact, permutations: exact ? ways : SAMPLED }
}

/** Counts statistics at least as far out as the observed one on either side; twice the smaller share, as scipy's permutation_test. */
class Tally {
  #count = 0
  #low = 0
  #high = 0
  readonly #slack: number

  constructor(readonly observed: number) { this.#slack = 1e-12 * Math.max(1e-3, Math.abs(observed)) }

  add(statistic: number): void {
    this.#count++
    if (statistic <= this.observed + this.#slack) this.#low++
    if (statistic >= this.observed - this.#slack) this.#high++
  }

  p(exact: boolean): number {
    // A sampled test counts the observed order among the permutations, so that p is never 0.
    const own = exact ? 0 : 1
    return Math.min(1, (2 * (Math.min(this.#low, this.#high) + own)) / (this.#count + own))
  }
}

function everyChoice(values: readonly number[], take: number, visit: (sum: number) => void, from = 0, sum = 0): void {
  if (take === 0) return visit(sum)
  for (let i = from; i <= values.length - take; i++) everyChoice(values, take - 1, visit, i + 1, sum + (values[i] as number))
}

function randomSum(values: readonly number[], take: number, next: () => number): number {
  const left = [...values]
  let sum = 0
  for (let i = 0; i < take; i++) {
    const pick = i + Math.floor((next() / 2 ** 32) * (left.length - i))
    sum += left[pick] as number
    left[pick] = left[i] as number
  }
  return sum
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return Math.round(ways)
}

function mean(values: readonly number[]): number { return values.reduce((sum, value) => sum + value, 0) / values.length }

function meanAt(values: readonly number[], places: Int32Array): number {
  let sum = 0
  for (const place of places) sum += values[place] as number
  return sum / places.length
}

function drawn(seed: number, round: number, count: number): Int32Array { return drawPlaces(seed, round, count, new Int32Array(count)) }
