import { macroF1 } from './classification'
import { Confusion } from './confusion'

/** The five parts of a label, in the order of the network's heads. */
export const PARTS = ['resource', 'subresource', 'namespaced', 'single', 'verb'] as const

/**
 * Share of lines on which each part is right. Both lists hold five class indexes a line; a true class of -1 (a class the
 * coder has never seen) is never right.
 */
export function partAccuracy(truth: Int32Array, predicted: Int32Array): number[] {
  if (truth.length !== predicted.length || truth.length % PARTS.length !== 0) throw new RangeError(`${truth.length} true parts against ${predicted.length} predicted ones`)
  const lines = truth.length / PARTS.length
  const right = PARTS.map(() => 0)
  truth.forEach((value, i) => { if (value >= 0 && value === predicted[i]) right[i % PARTS.length]!++ })
  return right.map((count) => (lines === 0 ? 0 : count / lines))
}

/**
 * Macro F1 of each part by itself over the classes that it takes, true or predicted: f1_score(average="macro") for each
 * head. Their mean is our reading of the paper's "adapted version of the F1 score" (6.1.3); see `Evaluation`.
 */
export function partMacroF1(truth: Int32Array, predicted: Int32Array): number[] {
  const confusions = PARTS.map(() => new Confusion())
  truth.forEach((value, i) => confusions[i % PARTS.length]?.add(String(value), String(predicted[i] as number)))
  return confusions.map(macroF1)
}
