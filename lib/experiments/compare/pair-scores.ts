/** Equally long lists of class numbers 0 to `classes` - 1. */
export interface ScoredPairs {
  readonly classes: number
  readonly want: Int32Array
  readonly a: Int32Array
  readonly b: Int32Array
}

export interface PairScore { readonly accuracyA: number; readonly accuracyB: number; readonly macroF1A: number; readonly macroF1B: number }

/**
 * Lines as units that are drawn whole, each as counts of cells: a cell is a (wanted, A's, B's) triple of classes. Scores need the
 * counts of cells alone, and there are far fewer cells than lines, so that a bootstrap over thousands of rounds stays quick.
 */
export class PairScorer {
  readonly units: number
  readonly #classes: number
  readonly #cells: readonly (readonly [want: number, a: number, b: number])[]
  readonly #counts: Float64Array
  /** The cells of unit u and their counts stand at `#from[u]` to `#from[u + 1]`. */
  readonly #from: Int32Array
  readonly #cellOf: Int32Array
  readonly #times: Int32Array

  constructor(pairs: ScoredPairs, groups: Int32Array) {
    this.#classes = pairs.classes
    this.units = groups.reduce((most, group) => Math.max(most, group + 1), 0)
    const cells = new Map<number, number>()
    const triples: [number, number, number][] = []
    const members: Map<number, number>[] = Array.from({ length: this.units }, () => new Map())
    for (let line = 0; line < groups.length; line++) {
      const [want, a, b] = [pairs.want[line] as number, pairs.a[line] as number, pairs.b[line] as number]
      const key = (want * pairs.classes + a) * pairs.classes + b
      const cell = cells.get(key) ?? triples.push([want, a, b]) - 1
      cells.set(key, cell)
      const unit = members[groups[line] as number] as Map<number, number>
      unit.set(cell, (unit.get(cell) ?? 0) + 1)
    }
    this.#cells = triples
    this.#counts = new Float64Array(triples.length)
    this.#from = new Int32Array(this.units + 1)
    members.forEach((unit, u) => { this.#from[u + 1] = (this.#from[u] as number) + unit.size })
    this.#cellOf = Int32Array.from(members.flatMap((unit) => [...unit.keys()]))
    this.#times = Int32Array.from(members.flatMap((unit) => [...unit.values()]))
  }

  /** Both models over the units drawn, each as often as it stands there; macro F1 as scikit-learn's over those lines. */
  score(drawn: Int32Array): PairScore {
    const counts = this.#counts.fill(0)
    for (let i = 0; i < drawn.length; i++) {
      const unit = drawn[i] as number
      for (let at = this.#from[unit] as number; at < (this.#from[unit + 1] as number); at++) counts[this.#cellOf[at] as number]! += this.#times[at] as number
    }
    const [a, b] = [this.#model(1), this.#model(2)]
    return { accuracyA: a.accuracy, accuracyB: b.accuracy, macroF1A: a.macroF1, macroF1B: b.macroF1 }
  }

  #model(side: 1 | 2): { accuracy: number; macroF1: number } {
    // Twice the right ones, and those wanted plus those said: F1 of a class is their quotient.
    const [hits, both] = [new Float64Array(this.#classes), new Float64Array(this.#classes)]
    let [lines, right] = [0, 0]
    for (let cell = 0; cell < this.#cells.length; cell++) {
      const count = this.#counts[cell] as number
      if (count === 0) continue
      const triple = this.#cells[cell] as readonly [number, number, number]
      const [want, got] = [triple[0], triple[side]]
      lines += count
      both[want]! += count
      both[got]! += count
      if (want !== got) continue
      hits[want]! += 2 * count
      right += count
    }
    let [sum, classes] = [0, 0]
    for (let label = 0; label < both.length; label++) {
      if (both[label] === 0) continue
      classes++
      sum += (hits[label] as number) / (both[label] as number)
    }
    return { accuracy: lines === 0 ? 0 : right / lines, macroF1: classes === 0 ? 0 : sum / classes }
  }
}
