import { countOf, pairsIn } from '@/lib/contexts/score'

/** How well one grouping of things agrees with the true one. Shares between 0 and 1, unrounded; ARI may fall below 0. */
export interface PartitionScores {
  readonly bCubedPrecision: number
  readonly bCubedRecall: number
  readonly bCubedF1: number
  readonly pairPrecision: number
  readonly pairRecall: number
  readonly pairF1: number
  readonly adjustedRand: number
}

/**
 * Scores a grouping against the true one, both as a name for each thing. B-cubed (Bagga and Baldwin 1998) averages over things,
 * pairwise F1 counts pairs that stand together, ARI (Hubert and Arabie 1985) takes chance off. Groupings without any pair agree fully.
 */
export function partitionScores(truth: readonly string[], predicted: readonly string[]): PartitionScores {
  if (truth.length !== predicted.length) throw new RangeError(`${truth.length} true groups against ${predicted.length} predicted ones`)
  const [gold, found, both] = [countOf(truth), countOf(predicted), countOf(truth.map((name, i) => pairKey(name, predicted[i] as string)))]
  let [precision, recall] = [0, 0]
  truth.forEach((name, i) => {
    const guess = predicted[i] as string
    const shared = both.get(pairKey(name, guess)) ?? 0
    precision += shared / (found.get(guess) ?? 1)
    recall += shared / (gold.get(name) ?? 1)
  })
  const n = truth.length
  const [bCubedPrecision, bCubedRecall] = n === 0 ? [0, 0] : [precision / n, recall / n]
  const [hits, goldPairs, foundPairs] = [pairsIn(both), pairsIn(gold), pairsIn(found)]
  const [pairPrecision, pairRecall] = [ratio(hits, foundPairs), ratio(hits, goldPairs)]
  return { bCubedPrecision, bCubedRecall, bCubedF1: harmonic(bCubedPrecision, bCubedRecall), pairPrecision, pairRecall, pairF1: harmonic(pairPrecision, pairRecall), adjustedRand: adjustedRand(hits, goldPairs, foundPairs, (n * (n - 1)) / 2) }
}

function adjustedRand(hits: number, goldPairs: number, foundPairs: number, all: number): number {
  const expected = all === 0 ? 0 : (goldPairs * foundPairs) / all
  const most = (goldPairs + foundPairs) / 2
  // Both all alone or both all together: they are the same grouping.
  return most === expected ? 1 : (hits - expected) / (most - expected)
}

// The length tells where the first name ends, whatever it is made of.
function pairKey(a: string, b: string): string { return `${a.length} ${a}${b}` }

function ratio(part: number, whole: number): number { return whole === 0 ? 1 : part / whole }

function harmonic(a: number, b: number): number { return a + b === 0 ? 0 : (2 * a * b) / (a + b) }
