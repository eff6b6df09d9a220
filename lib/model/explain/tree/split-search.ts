import type { Node, Split, TreeTable } from './table'

/** A split and the entropy it takes away, in bits times rows. */
export interface FoundSplit extends Split { readonly gain: number }

/** Less is rounding, not gain. */
const LEAST_GAIN = 1e-9

/** Finds the best split of some rows. Its scratch tables are kept between calls, as a tree asks once for every node. */
export class SplitSearch {
  readonly #xlogx: Float64Array
  readonly #node: Int32Array
  readonly #side: Int32Array
  readonly #counts: Int32Array
  readonly #sorted: Int32Array

  constructor(readonly table: TreeTable, readonly minLeaf: number) {
    this.#xlogx = Float64Array.from({ length: table.rows + 1 }, (_, n) => (n === 0 ? 0 : n * Math.log2(n)))
    this.#node = new Int32Array(table.classes)
    this.#side = new Int32Array(table.classes)
    this.#counts = new Int32Array(65_537)
    this.#sorted = new Int32Array(table.rows)
  }

  /** Rows, majority and entropy of some rows. */
  summary(rows: Int32Array): Omit<Node, 'children'> {
    const counts = this.#tally(rows)
    let top = 0
    counts.forEach((count, of) => { if (count > (counts[top] ?? 0)) top = of })
    return { rows: rows.length, top, topRows: counts[top] ?? 0, impurity: rows.length === 0 ? 0 : this.#bits(counts, rows.length) / rows.length }
  }

  /** Null where no split leaves enough rows on both sides and takes entropy away. */
  best(rows: Int32Array): FoundSplit | null {
    if (rows.length < 2 * this.minLeaf) return null
    const whole = this.#bits(this.#tally(rows), rows.length)
    if (whole <= LEAST_GAIN) return null
    let best: FoundSplit | null = null
    this.table.columns.forEach(({ kind }, column) => {
      const found = this.#bestOfColumn(rows, column, kind === 'ordinal' ? 'atMost' : 'equals')
      if (found && (!best || found.gain > best.gain + LEAST_GAIN)) best = found
    })
    return best
  }

  #tally(rows: Int32Array): Int32Array {
    this.#node.fill(0)
    for (const row of rows) this.#node[this.table.target[row] ?? 0]!++
    return this.#node
  }

  /** Entropy times rows: n log n - sum of c log c. */
  #bits(counts: Int32Array, rows: number): number {
    let bits = this.#xlogx[rows] ?? 0
    for (const count of counts) bits -= this.#xlogx[count] ?? 0
    return bits
  }

  #bestOfColumn(rows: Int32Array, column: number, test: Split['test']): FoundSplit | null {
    const codes = this.table.columns[column]?.codes
    if (!codes) return null
    const { values, ends } = this.#sort(rows, codes)
    if (values.length < 2) return null
    let best: FoundSplit | null = null
    let from = 0
    const touched: number[] = []
    for (let i = 0; i < values.length; i++) {
      const to = ends[i] ?? 0
      const begin = test === 'equals' ? from : 0
      const gain = to - begin >= this.minLeaf && rows.length - (to - begin) >= this.minLeaf ? this.#gain(begin, to, from, rows.length, touched) : this.#skip(from, to, touched, test)
      if (gain > LEAST_GAIN && (!best || gain > best.gain + LEAST_GAIN)) best = { column, test, code: values[i] ?? 0, gain }
      if (test === 'equals') this.#clear(touched)
      from = to
    }
    this.#clear(touched)
    return best
  }

  /** Entropy taken away by parting the sorted rows `begin` to `to` from the others; rows before `fresh` are counted already. */
  #gain(begin: number, to: number, fresh: number, rows: number, touched: number[]): number {
    this.#count(fresh, to, touched)
    const [inside, outside] = [to - begin, rows - (to - begin)]
    let gain = (this.#xlogx[rows] ?? 0) - (this.#xlogx[inside] ?? 0) - (this.#xlogx[outside] ?? 0)
    for (const of of touched) {
      const [all, some] = [this.#node[of] ?? 0, this.#side[of] ?? 0]
      gain += (this.#xlogx[some] ?? 0) + (this.#xlogx[all - some] ?? 0) - (this.#xlogx[all] ?? 0)
    }
    return gain
  }

  #skip(from: number, to: number, touched: number[], test: Split['test']): number {
    if (test === 'atMost') this.#count(from, to, touched)
    return 0
  }

  #count(from: number, to: number, touched: number[]): void {
    for (let i = from; i < to; i++) {
      const of = this.table.target[this.#sorted[i] ?? 0] ?? 0
      if (this.#side[of] === 0) touched.push(of)
      this.#side[of]!++
    }
  }

  #clear(touched: number[]): void {
    for (const of of touched) this.#side[of] = 0
    touched.length = 0
  }

  /** Puts the rows in order of their code (counting sort): the distinct codes, rising, and where the rows of each end. */
  #sort(rows: Int32Array, codes: Uint16Array): { values: number[]; ends: number[] } {
    const values: number[] = []
    for (const row of rows) {
      const code = codes[row] ?? 0
      if (this.#counts[code] === 0) values.push(code)
      this.#counts[code]!++
    }
    values.sort((a, b) => a - b)
    const ends: number[] = []
    let from = 0
    for (const value of values) {
      const count = this.#counts[value] ?? 0
      this.#counts[value] = from
      ends.push((from += count))
    }
    for (const row of rows) this.#sorted[this.#counts[codes[row] ?? 0]!++] = row
    for (const value of values) this.#counts[value] = 0
    return { values, ends }
  }
}
