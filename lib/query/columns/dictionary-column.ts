import type { JsonValue } from '@/lib/audit/event'
import { parseMicros } from '@/lib/audit/time'
import { makeCodes, type Codes } from './codes'
import type { ColumnValues } from './column'
import { Postings } from './postings'

export type DictionaryValue = JsonValue | undefined

/** Distinct values, shared by all columns of one path. Code 0 is the missing value. */
export interface Dictionary {
  readonly values: readonly DictionaryValue[]
  /** The code of a text, number or truth, -1 where no row has it. */
  codeOf(value: string | number | boolean): number
}

/** A code for each row: a test of one path need only look at the distinct values. */
export class DictionaryColumn implements ColumnValues {
  readonly kind = 'dictionary'
  #postings: Postings | null = null
  #micros: Float64Array | null = null

  constructor(readonly codes: Codes, readonly dictionary: Dictionary, readonly distinct: number) {}

  get size(): number {
    return this.codes.length
  }

  get bytes(): number {
    return this.codes.byteLength + (this.#postings?.bytes ?? 0) + (this.#micros?.byteLength ?? 0)
  }

  valueAt(row: number): DictionaryValue {
    return this.dictionary.values[this.codes[row] ?? 0]
  }

  microsAt(row: number): number {
    return this.microsOf(this.codes[row] ?? 0)
  }

  /** The time that a code stands for. */
  microsOf(code: number): number {
    this.#micros ??= Float64Array.from({ length: this.distinct }, (_, at) => toMicros(this.dictionary.values[at]))
    return this.#micros[code] ?? Number.NaN
  }

  /** Rows by code, made when first asked for. */
  get postings(): Postings {
    this.#postings ??= new Postings(this.codes, this.distinct)
    return this.#postings
  }

  gather(rows: Int32Array): DictionaryColumn {
    const codes = makeCodes(this.distinct, rows.length)
    for (let at = 0; at < rows.length; at++) codes[at] = this.codes[rows[at] ?? -1] ?? 0
    return new DictionaryColumn(codes, this.dictionary, this.distinct)
  }
}

function toMicros(value: DictionaryValue): number {
  return typeof value === 'string' ? (parseMicros(value) ?? Number.NaN) : Number.NaN
}
