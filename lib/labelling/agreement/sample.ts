import { compare } from '@/lib/model/metrics/confusion'
import { generator } from '@/lib/model/metrics/resamples'

/** How the requests of a second labelling are chosen. `stratified` takes from every class of label by its share, at least one of each. */
export interface SamplePlan {
  readonly method: 'random' | 'stratified'
  readonly seed: number
  readonly size: { readonly count: number } | { readonly share: number }
}

export interface Candidate {
  readonly auditID: string
  /** The class of its label; one name for all without a label. */
  readonly stratum: string
}

/**
 * The auditIDs of a sample in the order drawn, the same for the same candidates, whatever their order, and seed. A share is rounded, a count
 * is at most all. Strata get whole numbers by the largest remainders (Hare quota) after one each.
 */
export function drawSample(candidates: readonly Candidate[], plan: SamplePlan): string[] {
  const wanted = 'count' in plan.size ? plan.size.count : Math.round(plan.size.share * candidates.length)
  const count = Math.max(0, Math.min(candidates.length, wanted))
  const sorted = candidates.toSorted((a, b) => compare(a.auditID, b.auditID))
  if (plan.method === 'random') return shuffled(sorted, plan.seed, 0).slice(0, count).map(({ auditID }) => auditID)
  const strata = strataOf(sorted)
  const sizes = allot(strata.map((stratum) => stratum.length), count)
  const taken = strata.flatMap((stratum, at) => shuffled(stratum, plan.seed, at + 1).slice(0, sizes[at]))
  return shuffled(taken, plan.seed, 0).map(({ auditID }) => auditID)
}

function strataOf(candidates: readonly Candidate[]): Candidate[][] {
  const strata = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const own = strata.get(candidate.stratum)
    if (own) own.push(candidate)
    else strata.set(candidate.stratum, [candidate])
  }
  return [...strata].sort((a, b) => b[1].length - a[1].length || compare(a[0], b[0])).map(([, own]) => own)
}

/** Parts `count` among strata of these sizes; where there are more strata than places, the largest get one each. */
function allot(sizes: readonly number[], count: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const first = sizes.map((_, at) => (at < count ? 1 : 0))
  const left = count - Math.min(count, sizes.length)
  const quota = sizes.map((size) => (total === 0 ? 0 : (left * (size - 1)) / Math.max(1, total - sizes.length)))
  const allotted = quota.map((share, at) => (first[at] as number) + Math.floor(share))
  const missing = count - allotted.reduce((sum, one) => sum + one, 0)
  const byRemainder = quota.map((share, at) => ({ at, remainder: share - Math.floor(share) })).sort((a, b) => b.remainder - a.remainder || a.at - b.at)
  for (const { at } of byRemainder.slice(0, missing)) allotted[at]!++
  return allotted
}

/** Fisher and Yates's shuffle, seeded. */
function shuffled<T>(values: readonly T[], seed: number, round: number): T[] {
  const next = generator(seed, round)
  const order = [...values]
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor((next() / 2 ** 32) * (at + 1))
    ;[order[at], order[other]] = [order[other] as T, order[at] as T]
  }
  return order
}
