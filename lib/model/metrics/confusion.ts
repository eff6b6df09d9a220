/** One cell of a sparse confusion matrix. */
export interface ConfusionCell { readonly truth: string; readonly predicted: string; readonly count: number }

/**
 * Counts of (truth, predicted) pairs of class names. Sparse: with hundreds of label tuples nearly every cell is zero.
 * Every score of this folder is computed from it, so counting may be done line by line.
 */
export class Confusion {
  readonly #rows = new Map<string, Map<string, number>>()
  #total = 0

  add(truth: string, predicted: string, count = 1): void {
    let row = this.#rows.get(truth)
    if (!row) this.#rows.set(truth, (row = new Map()))
    row.set(predicted, (row.get(predicted) ?? 0) + count)
    this.#total += count
  }

  get total(): number { return this.#total }

  count(truth: string, predicted: string): number { return this.#rows.get(truth)?.get(predicted) ?? 0 }

  /** Cells above zero, largest first, then by name. */
  cells(): ConfusionCell[] {
    const cells = [...this.#rows].flatMap(([truth, row]) => [...row].map(([predicted, count]) => ({ truth, predicted, count })))
    return cells.sort((a, b) => b.count - a.count || compare(a.truth, b.truth) || compare(a.predicted, b.predicted))
  }

  /** Lines by true class and by predicted class, and those that agree. */
  margins(): { readonly truth: Map<string, number>; readonly predicted: Map<string, number>; readonly agreed: number } {
    const truth = new Map<string, number>()
    const predicted = new Map<string, number>()
    let agreed = 0
    for (const [name, row] of this.#rows) {
      for (const [guess, count] of row) {
        truth.set(name, (truth.get(name) ?? 0) + count)
        predicted.set(guess, (predicted.get(guess) ?? 0) + count)
        if (name === guess) agreed += count
      }
    }
    return { truth, predicted, agreed }
  }
}

/** The confusion of two equally long lists of class names. */
export function confusionOf(truth: readonly string[], predicted: readonly string[]): Confusion {
  if (truth.length !== predicted.length) throw new RangeError(`${truth.length} true classes against ${predicted.length} predicted ones`)
  const confusion = new Confusion()
  truth.forEach((name, i) => confusion.add(name, predicted[i] as string))
  return confusion
}

export function compare(a: string, b: string): number { return a < b ? -1 : a > b ? 1 : 0 }
