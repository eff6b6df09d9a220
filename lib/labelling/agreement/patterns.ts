import { classOf, ratingKey, type AgreementPart, type Rating, type RatingTable } from './ratings'

/**
 * A table folded to its distinct rows: thousands of requests are rated in a few dozen ways, so that a figure over a resample
 * costs what its distinct rows cost.
 */
export interface Patterns {
  readonly raters: number
  /** Distinct ratings. */
  readonly ratings: readonly Rating[]
  /** Distinct rows, `raters` places each: which rating, or -1 for none. */
  readonly rows: Int32Array
  /** How many units have each row. */
  readonly weights: Float64Array
  /** The row of each unit. */
  readonly rowOf: Int32Array
}

/** The rows of one part of the label: classes instead of ratings. */
export interface PartRows {
  readonly raters: number
  readonly classes: readonly string[]
  /** `raters` places a row: which class, or -1 for none. */
  readonly rows: Int32Array
}

/** @throws RangeError where raters have lists of unequal length */
export function foldTable(table: RatingTable): Patterns {
  const raters = table.raters.length
  const units = table.ratings[0]?.length ?? 0
  if (table.ratings.length !== raters || table.ratings.some((one) => one.length !== units)) throw new RangeError(`${raters} raters need as many lists of ${units} ratings`)
  const ratings = new Numbering<Rating>()
  const known = new Map<string, number>()
  const rows: number[] = []
  const weights: number[] = []
  const rowOf = Int32Array.from({ length: units }, (_, unit) => {
    const row = table.ratings.map((one) => (one[unit] ? ratings.of(ratingKey(one[unit]), one[unit]) : -1))
    const key = row.join(' ')
    const place = known.get(key) ?? known.size
    if (place === known.size) {
      known.set(key, place)
      rows.push(...row)
      weights.push(0)
    }
    weights[place]!++
    return place
  })
  return { raters, ratings: ratings.values, rows: Int32Array.from(rows), weights: Float64Array.from(weights), rowOf }
}

export function partRows(patterns: Patterns, part: AgreementPart): PartRows {
  const classes = new Numbering<string>()
  const classOfRating = patterns.ratings.map((rating) => { const name = classOf(rating, part); return classes.of(name, name) })
  return { raters: patterns.raters, classes: classes.values, rows: patterns.rows.map((rating) => (rating < 0 ? -1 : (classOfRating[rating] as number))) }
}

/** Numbers things in the order they come. */
class Numbering<T> {
  readonly values: T[] = []
  readonly #known = new Map<string, number>()

  of(key: string, value: T): number {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, this.values.length)
    return this.values.push(value) - 1
  }
}
