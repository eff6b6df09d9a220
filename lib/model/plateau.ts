import type { TrainingSettings } from './training-settings'

/** What early stopping and rate reduction remember between epochs; plain data, so that a checkpoint can hold it. */
export interface Plateau {
  readonly learningRate: number
  /** Lowest validation loss so far and its epoch (from 1), null before the first. */
  readonly best: number | null
  readonly bestEpoch: number
  readonly wait: number
  readonly reduceBest: number | null
  readonly reduceWait: number
}

export function startPlateau(learningRate: number): Plateau {
  return { learningRate, best: null, bestEpoch: 0, wait: 0, reduceBest: null, reduceWait: 0 }
}

/**
 * One epoch's validation loss, taken as Keras's EarlyStopping (min_delta 0) and ReduceLROnPlateau take it: `improved`
 * says whether the weights are to be kept, `stop` whether patience is used up.
 */
export function nextPlateau(state: Plateau, loss: number, epoch: number, settings: TrainingSettings): { readonly state: Plateau; readonly improved: boolean; readonly stop: boolean } {
  const improved = state.best === null || loss < state.best
  const wait = improved ? 0 : state.wait + 1
  const fell = state.reduceBest === null || loss < state.reduceBest - settings.reduceMinDelta
  const reduceWait = fell ? 0 : state.reduceWait + 1
  const reduce = reduceWait >= settings.reducePatience
  return {
    improved,
    stop: wait >= settings.earlyStoppingPatience,
    state: {
      learningRate: reduce ? state.learningRate * settings.reduceFactor : state.learningRate,
      best: improved ? loss : state.best,
      bestEpoch: improved ? epoch : state.bestEpoch,
      wait,
      reduceBest: fell ? loss : state.reduceBest,
      reduceWait: reduce ? 0 : reduceWait,
    },
  }
}
