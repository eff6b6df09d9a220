/**
 * How the windows that hold a line agree on its label. `weighted`: each window's label counts by how near its middle the
 * line stands (the published code). `majority`: each counts 1 (the paper's text). `probability`: the distributions are
 * summed by the same weights and decoded once (ours). Ties go to the label met first, windows in log order.
 */
export const VOTES = ['weighted', 'majority', 'probability'] as const
export type Vote = (typeof VOTES)[number]

/** Keeps a vote for lines that only stand first in windows, whose published weight is 0; too small to outvote another. */
const LEAST = 1e-6

/** Triangular weights 1 - |j - W/2| / (W/2) over the places j of a window, never below a tiny guard. */
export function voteWeights(W: number, vote: Vote): Float64Array {
  const half = W / 2
  return Float64Array.from({ length: W }, (_, j) => (vote === 'majority' ? 1 : Math.max(LEAST, 1 - Math.abs(j - half) / half)))
}

/** What was voted for: a tuple, its summed weight and that weight times the tuple's probability. */
export interface Ballot { readonly tuple: number; weight: number; probability: number }

/** A line's outcome; `confidence` is in 0..1, `margin` the share of weight by which the winner leads the runner-up. */
export interface Outcome { readonly tuple: number; readonly confidence: number; readonly runnerUp: number | null; readonly margin: number }

/** Adds one window's vote to a line's ballots, which stay in the order of their first vote. */
export function castVote(ballots: Ballot[], tuple: number, weight: number, probability: number): void {
  const known = ballots.find((ballot) => ballot.tuple === tuple)
  if (known) {
    known.weight += weight
    known.probability += weight * probability
  } else ballots.push({ tuple, weight, probability: weight * probability })
}

/**
 * Counts a line's ballots. Confidence is the winner's mean probability over all votes, a vote for another label counting
 * as 0: it falls both where windows disagree and where they are unsure.
 */
export function countVotes(ballots: readonly Ballot[]): Outcome | null {
  let first: Ballot | null = null
  let second: Ballot | null = null
  let total = 0
  for (const ballot of ballots) {
    total += ballot.weight
    if (first === null || ballot.weight > first.weight) { second = first; first = ballot }
    else if (second === null || ballot.weight > second.weight) second = ballot
  }
  if (first === null) return null
  return { tuple: first.tuple, confidence: Math.min(1, first.probability / total), runnerUp: second?.tuple ?? null, margin: (first.weight - (second?.weight ?? 0)) / total }
}
