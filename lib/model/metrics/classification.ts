import { compare, type Confusion } from './confusion'

/** Scores of one class; a share with nothing to count is 0, as scikit-learn's zero_division=0. */
export interface ClassScore {
  readonly label: string
  readonly support: number
  readonly predicted: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** Every class that is true or predicted somewhere, most frequent first. */
export function perClass(confusion: Confusion): ClassScore[] {
  const { truth, predicted } = confusion.margins()
  const scores = [...new Set([...truth.keys(), ...predicted.keys()])].map((label) => {
    const support = truth.get(label) ?? 0
    const guessed = predicted.get(label) ?? 0
    const right = confusion.count(label, label)
    return { label, support, predicted: guessed, precision: ratio(right, guessed), recall: ratio(right, support), f1: ratio(2 * right, support + guessed) }
  })
  return scores.sort((a, b) => b.support - a.support || compare(a.label, b.label))
}

/** Share of lines whose whole label is right: five of five parts. */
export function tupleAccuracy(confusion: Confusion): number {
  return ratio(confusion.margins().agreed, confusion.total)
}

/** Mean F1 over the classes that are true or predicted somewhere: scikit-learn's f1_score(average="macro"). */
export function macroF1(confusion: Confusion): number {
  const scores = perClass(confusion)
  return ratio(scores.reduce((sum, score) => sum + score.f1, 0), scores.length)
}

/** Mean F1 weighted by how often each class is true: f1_score(average="weighted"). */
export function weightedF1(confusion: Confusion): number {
  return ratio(perClass(confusion).reduce((sum, score) => sum + score.f1 * score.support, 0), confusion.total)
}

/** Cohen's kappa: agreement above chance; 1 where chance alone already agrees always. */
export function cohensKappa(confusion: Confusion): number {
  const { truth, predicted, agreed } = confusion.margins()
  const total = confusion.total
  if (total === 0) return 0
  let chance = 0
  for (const [label, count] of truth) chance += (count / total) * ((predicted.get(label) ?? 0) / total)
  return chance === 1 ? 1 : (agreed / total - chance) / (1 - chance)
}
