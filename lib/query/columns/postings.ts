import type { Codes } from './codes'

/** For each code the rows that have it, one list behind the other. */
export class Postings {
  readonly #begins: Uint32Array
  #rows: Uint32Array | null = null
  readonly #codes: Codes

  constructor(codes: Codes, distinct: number) {
    this.#codes = codes
    this.#begins = new Uint32Array(distinct + 1)
    for (let row = 0; row < codes.length; row++) this.#begins[(codes[row] ?? 0) + 1]!++
    for (let code = 0; code < distinct; code++) this.#begins[code + 1]! += this.#begins[code] ?? 0
  }

  get bytes(): number {
    return this.#begins.byteLength + (this.#rows?.byteLength ?? 0)
  }

  countOf(code: number): number {
    return (this.#begins[code + 1] ?? 0) - (this.#begins[code] ?? 0)
  }

  /** Ascending. */
  rowsOf(code: number): Uint32Array {
    this.#rows ??= this.#sortRows()
    return this.#rows.subarray(this.#begins[code] ?? 0, this.#begins[code + 1] ?? 0)
  }

  #sortRows(): Uint32Array {
    const next = this.#begins.slice()
    const rows = new Uint32Array(this.#codes.length)
    for (let row = 0; row < rows.length; row++) {
      const code = this.#codes[row] ?? 0
      rows[next[code] ?? 0] = row
      next[code]!++
    }
    return rows
  }
}
