/** Categories of many lines as they are read: see `Columns`. */
export interface CodedColumns {
  readonly names: readonly string[]
  readonly width: number
  readonly lines: number
  readonly codes: Uint16Array
  values(feature: number): readonly string[]
}

const GROWTH = 1.25

/**
 * Categories of many lines as numbers, one dictionary a feature: 0 is null, the others count from 1 in order of appearance. Grows
 * line by line; text is kept once.
 */
export class Columns implements CodedColumns {
  readonly width: number
  readonly #dictionaries: Map<string, number>[]
  readonly #texts: string[][]
  #codes: Uint16Array
  #lines = 0

  /** `expected` lines take no more memory than they need; more may come. */
  constructor(readonly names: readonly string[], expected = 1024) {
    this.width = names.length
    this.#dictionaries = names.map(() => new Map())
    this.#texts = names.map(() => [])
    this.#codes = new Uint16Array(expected * names.length)
  }

  get lines(): number { return this.#lines }

  /** Codes [lines * width], row by row. */
  get codes(): Uint16Array { return this.#codes.subarray(0, this.#lines * this.width) }

  /** The text of each code of a feature, code 1 first. */
  values(feature: number): readonly string[] { return this.#texts[feature] ?? [] }

  /** The values of a line as they were added. */
  row(line: number): (string | null)[] {
    return this.names.map((_, feature) => {
      const code = this.#codes[line * this.width + feature] ?? 0
      return code === 0 ? null : this.#texts[feature]?.[code - 1] ?? null
    })
  }

  add(values: readonly (string | null)[]): void {
    const offset = this.#lines * this.width
    if (offset + this.width > this.#codes.length) this.#grow()
    for (let feature = 0; feature < this.width; feature++) this.#codes[offset + feature] = this.#code(feature, values[feature] ?? null)
    this.#lines++
  }

  /** A hostile log may have more values than 16 bits count; those beyond are told as missing. */
  #code(feature: number, value: string | null): number {
    const dictionary = this.#dictionaries[feature]
    if (value === null || !dictionary) return 0
    const known = dictionary.get(value)
    if (known !== undefined) return known
    if (dictionary.size >= 65_534) return 0
    dictionary.set(value, dictionary.size + 1)
    this.#texts[feature]?.push(value)
    return dictionary.size
  }

  #grow(): void {
    const larger = new Uint16Array(Math.ceil((this.#lines + 1024) * GROWTH) * this.width)
    larger.set(this.#codes)
    this.#codes = larger
  }
}
