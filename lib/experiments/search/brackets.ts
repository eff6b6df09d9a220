import { AuditweaveError } from '@/lib/audit/errors'

/** A stage of successive halving: so many trials, each trained to so many epochs all told. */
export interface Rung { readonly trials: number; readonly epochs: number }

/** One run of successive halving: each rung keeps the best of the one before it. */
export interface Bracket { readonly rungs: readonly Rung[] }

/**
 * The brackets of Hyperband (Li et al., "Hyperband: a novel bandit-based approach to hyperparameter optimization", JMLR 18,
 * 2018, algorithm 1) with epochs as the resource: from many trials cut early to a few trained to the end.
 * @throws AuditweaveError 'bad-experiment' where eta is below 2
 */
export function hyperbandBrackets({ maxEpochs, eta }: { readonly maxEpochs: number; readonly eta: number }): Bracket[] {
  if (!(eta >= 2)) throw new AuditweaveError('bad-experiment', `Hyperband keeps one trial of eta, which must be 2 or more, not ${eta}.`)
  let most = 0
  while (eta ** (most + 1) <= maxEpochs) most++
  return Array.from({ length: most + 1 }, (_, at) => halving({ maxEpochs, eta, most, cuts: most - at }))
}

function halving({ maxEpochs, eta, most, cuts }: { maxEpochs: number; eta: number; most: number; cuts: number }): Bracket {
  const trials = Math.ceil(((most + 1) * eta ** cuts) / (cuts + 1))
  const rungs = Array.from({ length: cuts + 1 }, (_, rung) => ({
    trials: Math.max(1, Math.floor(trials / eta ** rung)),
    epochs: Math.max(1, Math.round(maxEpochs / eta ** (cuts - rung))),
  }))
  return { rungs }
}

/** Random search: every trial trained to the end. */
export function randomBrackets({ trials, epochs }: { readonly trials: number; readonly epochs: number }): Bracket[] {
  return [{ rungs: [{ trials, epochs }] }]
}

/** Epochs that a search trains where every survivor goes on from its checkpoint. */
export function epochsOf(brackets: readonly Bracket[]): number {
  const cost = ({ rungs }: Bracket): number => rungs.reduce((sum, rung, i) => sum + rung.trials * (rung.epochs - (rungs[i - 1]?.epochs ?? 0)), 0)
  return brackets.reduce((sum, bracket) => sum + cost(bracket), 0)
}
