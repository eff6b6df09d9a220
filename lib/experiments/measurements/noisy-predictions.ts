import { SLOTS } from '@/lib/contexts/candidates'
import { labelKey } from '@/lib/labels/label-key'
import type { LinkedPrediction } from '@/lib/model/linked/linked-decode'
import { candidateLabel, type LinkedTable } from '@/lib/model/linked/linked-lines'
import { wantedLabel, type TruthById } from '@/lib/model/linked/linked-target'
import { drawFrom, LabelPool, wrongPlaces } from './wrong-labels'

/**
 * How a network's word is made wrong. `label`: any other label of the log, which points at a trigger only where a slot of the line holds one of that
 * action. `pointer`: the trigger in another slot, of another action, where the line has one: what can mislead the join most.
 */
export const WRONG_WAYS = ['label', 'pointer'] as const
export type WrongWay = (typeof WRONG_WAYS)[number]

interface Noise { readonly share: number; readonly seed: number; readonly way: WrongWay }

/** The predictions with a share of them wrong, as sure as they were. A wrong label is neither the true one nor the one predicted. */
export function noisyPredictions(table: LinkedTable, predictions: readonly LinkedPrediction[], truth: TruthById, { share, seed, way }: Noise): LinkedPrediction[] {
  const places = wrongPlaces(predictions.length, share, seed)
  const pool = new LabelPool([...truth.values()].map(({ label }) => label))
  return predictions.map((prediction, line) => {
    if (!places.has(line)) return prediction
    const not = [prediction.label, wantedLabel(table, line, truth)]
    const keys = new Set(not.flatMap((label) => (label ? [labelKey(label)] : [])))
    const slots = SLOTS.flatMap((_, slot) => {
      const label = candidateLabel(table, line, slot)
      return label && !keys.has(labelKey(label)) ? [{ slot, label }] : []
    })
    const pointed = way === 'pointer' ? drawFrom(slots, line, seed) : undefined
    const label = pointed?.label ?? pool.wrong(not, line, seed)
    if (!label) return prediction
    const slot = pointed?.slot ?? slots.find((one) => labelKey(one.label) === labelKey(label))?.slot ?? -1
    // A line that bears another's label follows from it, so that the word stays one that a network could give.
    return { ...prediction, label, slot, follows: Math.max(prediction.follows, prediction.confidence) }
  })
}
