import type { EarlyStop } from './launch-options'

/**
 * The median stopping rule of Vizier (Golovin et al., "Google Vizier: a service for black-box optimization", KDD 2017, section 3.2.2): a run is hopeless at
 * epoch e where its best validation accuracy so far is below the median of the others' running averages over their first e epochs. `own` are the accuracies
 * of the run's epochs so far, `others` those of finished runs that were trained to their end. One that ended before e counts with all its epochs. The same
 * finished runs give the same answer; which ones are finished by then depends on how many workers there are.
 */
export function isHopeless(own: readonly number[], others: readonly (readonly number[])[], { graceEpochs, leastRuns }: EarlyStop): boolean {
  const peers = others.filter((epochs) => epochs.length > 0)
  if (own.length <= graceEpochs || peers.length < leastRuns) return false
  return Math.max(...own) < median(peers.map((epochs) => mean(epochs.slice(0, own.length))))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[sorted.length >> 1] as number
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] as number)) / 2
}
