import { cohensKappa } from '@/lib/model/metrics/classification'
import { Confusion } from '@/lib/model/metrics/confusion'
import type { PartRows } from './patterns'

/*
 * Agreement over rows of classes, each row counted `weights[row]` times. All are nominal and null where nothing can be compared.
 * Where everybody always says the same one thing, chance is 1 and so is every figure, as in NLTK (scikit-learn and statsmodels
 * have NaN there).
 */

interface Counted { readonly units: number; readonly value: number | null }

/** Counts of each class in a row, in place; the number of its ratings. */
function countRow({ raters, rows }: PartRows, row: number, counts: Float64Array): number {
  counts.fill(0)
  let rated = 0
  for (let rater = 0; rater < raters; rater++) {
    const at = rows[row * raters + rater] as number
    if (at < 0) continue
    counts[at]!++
    rated++
  }
  return rated
}

/** Share of the pairs of raters with a rating each that say the same: NLTK's avg_Ao where nothing is missing. */
export function percentAgreement(part: PartRows, weights: Float64Array): Counted {
  const counts = new Float64Array(part.classes.length)
  let [pairs, same, units] = [0, 0, 0]
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] as number
    const rated = weight === 0 ? 0 : countRow(part, row, counts)
    if (rated < 2) continue
    units += weight
    pairs += weight * rated * (rated - 1)
    for (const count of counts) same += weight * count * (count - 1)
  }
  return { units, value: pairs === 0 ? null : same / pairs }
}

/** Fleiss' kappa (1971) over the units that every rater rated: statsmodels' fleiss_kappa. */
export function fleissKappa(part: PartRows, weights: Float64Array): Counted {
  const { raters, classes } = part
  if (raters < 2) return { units: 0, value: null }
  const counts = new Float64Array(classes.length)
  const totals = new Float64Array(classes.length)
  let [units, observed] = [0, 0]
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] as number
    if (weight === 0 || countRow(part, row, counts) < raters) continue
    units += weight
    let squares = 0
    for (let at = 0; at < counts.length; at++) {
      squares += (counts[at] as number) ** 2
      totals[at]! += weight * (counts[at] as number)
    }
    observed += (weight * (squares - raters)) / (raters * (raters - 1))
  }
  if (units === 0) return { units, value: null }
  const chance = totals.reduce((sum, total) => sum + (total / (units * raters)) ** 2, 0)
  return { units, value: beyondChance(observed / units, chance, varies(totals)) }
}

/** Krippendorff's alpha for nominal data (1980); units with fewer than two ratings are left out: NLTK's AnnotationTask.alpha. */
export function krippendorffAlpha(part: PartRows, weights: Float64Array): Counted {
  const counts = new Float64Array(part.classes.length)
  const totals = new Float64Array(part.classes.length)
  let [units, values, observed] = [0, 0, 0]
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] as number
    const rated = weight === 0 ? 0 : countRow(part, row, counts)
    if (rated < 2) continue
    units += weight
    values += weight * rated
    let squares = 0
    for (let at = 0; at < counts.length; at++) {
      squares += (counts[at] as number) ** 2
      totals[at]! += weight * (counts[at] as number)
    }
    observed += (weight * (rated * rated - squares)) / (rated - 1)
  }
  if (units === 0) return { units, value: null }
  const squares = totals.reduce((sum, total) => sum + total * total, 0)
  const expected = (values * values - squares) / (values * (values - 1))
  return { units, value: varies(totals) ? 1 - observed / values / expected : 1 }
}

/** The confusion of two raters over the units that both rated. */
export function pairConfusion({ raters, classes, rows }: PartRows, weights: Float64Array, a: number, b: number): Confusion {
  const confusion = new Confusion()
  for (let row = 0; row < weights.length; row++) {
    const [first, second] = [rows[row * raters + a] as number, rows[row * raters + b] as number]
    if (first >= 0 && second >= 0 && weights[row] !== 0) confusion.add(classes[first] as string, classes[second] as string, weights[row])
  }
  return confusion
}

/** Cohen's kappa of two raters: scikit-learn's cohen_kappa_score. */
export function pairKappa(confusion: Confusion): Counted {
  return { units: confusion.total, value: confusion.total === 0 ? null : cohensKappa(confusion) }
}

export function pairPercent(confusion: Confusion): Counted {
  return { units: confusion.total, value: confusion.total === 0 ? null : confusion.margins().agreed / confusion.total }
}

function varies(totals: Float64Array): boolean {
  return totals.filter((total) => total > 0).length > 1
}

function beyondChance(observed: number, chance: number, varied: boolean): number {
  return varied ? (observed - chance) / (1 - chance) : 1
}
