import type { JsonValue } from '@/lib/audit/event'
import { GrowingCodes } from './codes'
import { DictionaryColumn, type Dictionary, type DictionaryValue } from './dictionary-column'

/** Objects in lists are equal to nothing; lists in lists are what a path with `[*]` may lead to. */
function plain(item: JsonValue): JsonValue {
  return typeof item === 'object' ? null : item
}

type Scalar = string | number | boolean

// Any object answers every question of the language alike.
const OBJECT: JsonValue = Object.freeze({})

/** Takes values one a row, and keeps each distinct one once. */
export class DictionaryBuilder {
  readonly #codes = new GrowingCodes()
  readonly #values: DictionaryValue[] = [undefined]
  readonly #scalars = new Map<Scalar, number>()
  /** By their JSON. */
  readonly #lists = new Map<string, number>()
  #object = -1

  readonly #dictionary: Dictionary = {
    values: this.#values,
    codeOf: (value) => this.#scalars.get(value) ?? -1,
  }

  push(value: DictionaryValue): void {
    this.#codes.push(this.intern(value))
  }

  /** Takes a value by the code that `intern` gave. */
  pushCode(code: number): void {
    this.#codes.push(code)
  }

  get length(): number {
    return this.#codes.length
  }

  column(): DictionaryColumn {
    return new DictionaryColumn(this.#codes.view(), this.#dictionary, this.#values.length)
  }

  /** The code of a value, without a row for it. */
  intern(value: DictionaryValue): number {
    if (value === undefined || value === null) return 0
    if (typeof value !== 'object') {
      const known = this.#scalars.get(value)
      if (known !== undefined) return known
      this.#scalars.set(value, this.#values.length)
      return this.#values.push(value) - 1
    }
    if (Array.isArray(value)) return this.#listCode(value.map((item) => (Array.isArray(item) ? item.map(plain) : plain(item))))
    if (this.#object === -1) this.#object = this.#values.push(OBJECT) - 1
    return this.#object
  }

  #listCode(list: JsonValue[]): number {
    const key = JSON.stringify(list)
    const known = this.#lists.get(key)
    if (known !== undefined) return known
    this.#lists.set(key, this.#values.length)
    return this.#values.push(list) - 1
  }
}
