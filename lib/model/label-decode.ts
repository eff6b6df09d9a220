import { HEADS, type LabelCoder } from './label-coder'

/**
 * How five distributions become one label. `paper`: each head's most probable class by itself, so that a tuple may be
 * impossible. `valid`: the most probable tuple whose (resource, sub-resource, verb) the resource table allows.
 */
export const DECODE_MODES = ['paper', 'valid'] as const
export type DecodeMode = (typeof DECODE_MODES)[number]

/** A tuple number (see LabelCoder.tupleOf) and its probability, the heads taken as independent. */
export interface Decoded { readonly tuple: number; readonly confidence: number }

function argmax(values: ArrayLike<number>, from: number, count: number): number {
  let best = 0
  for (let i = 1; i < count; i++) if ((values[from + i] as number) > (values[from + best] as number)) best = i
  return best
}

/** Decodes the [5 x classes] probabilities that begin at `offset`. Ties go to the lower class. */
export function decodeDistribution(coder: LabelCoder, probabilities: ArrayLike<number>, offset: number, mode: DecodeMode): Decoded {
  const k = coder.classes
  let [r, s, v] = [argmax(probabilities, offset, k), argmax(probabilities, offset + k, k), argmax(probabilities, offset + 4 * k, k)]
  // In `valid` mode a flag is 0 or 1; any other class of the shared list would be no label.
  const flagClasses = mode === 'valid' ? 2 : k
  const n = argmax(probabilities, offset + 2 * k, flagClasses)
  const u = argmax(probabilities, offset + 3 * k, flagClasses)
  if (mode === 'valid' && !coder.allows(r, s, v)) [r, s, v] = bestTriple(coder, probabilities, offset)
  const confidence = at(probabilities, offset, 0, k, r) * at(probabilities, offset, 1, k, s) * at(probabilities, offset, 2, k, n)
    * at(probabilities, offset, 3, k, u) * at(probabilities, offset, HEADS - 1, k, v)
  return { tuple: coder.tupleOf(r, s, n, u, v), confidence: Math.min(1, confidence) }
}

function at(probabilities: ArrayLike<number>, offset: number, head: number, k: number, index: number): number {
  return probabilities[offset + head * k + index] as number
}

function bestTriple(coder: LabelCoder, probabilities: ArrayLike<number>, offset: number): [number, number, number] {
  const { triples, classes: k } = coder
  let best = -1
  let place = 0
  for (let i = 0; i < triples.length; i += 3) {
    const probability = at(probabilities, offset, 0, k, triples[i] as number) * at(probabilities, offset, 1, k, triples[i + 1] as number) * at(probabilities, offset, 4, k, triples[i + 2] as number)
    if (probability > best) { best = probability; place = i }
  }
  return [triples[place] as number, triples[place + 1] as number, triples[place + 2] as number]
}
