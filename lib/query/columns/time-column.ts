import type { JsonValue } from '@/lib/audit/event'
import { formatMicros, parseMicros } from '@/lib/audit/time'
import type { ColumnValues } from './column'

/** A time for each row in microseconds, NaN where there is none; its text is kept only where it is not the usual one. */
export class TimeColumn implements ColumnValues {
  readonly kind = 'time'

  constructor(readonly micros: Float64Array, readonly odd: ReadonlyMap<number, JsonValue>) {}

  get size(): number {
    return this.micros.length
  }

  get bytes(): number {
    return this.micros.byteLength + this.odd.size * 64
  }

  valueAt(row: number): JsonValue | undefined {
    const odd = this.odd.get(row)
    if (odd !== undefined) return odd
    const micros = this.micros[row] ?? Number.NaN
    return Number.isNaN(micros) ? undefined : formatMicros(micros)
  }

  microsAt(row: number): number {
    return this.micros[row] ?? Number.NaN
  }

  gather(rows: Int32Array): TimeColumn {
    const odd = new Map<number, JsonValue>()
    if (this.odd.size > 0) {
      rows.forEach((row, at) => {
        const value = this.odd.get(row)
        if (value !== undefined) odd.set(at, value)
      })
    }
    return new TimeColumn(Float64Array.from(rows, (row) => this.micros[row] ?? Number.NaN), odd)
  }
}

/** Takes times as logged, one a row. */
export class TimeBuilder {
  #micros = new Float64Array(64)
  #length = 0
  readonly #odd = new Map<number, JsonValue>()

  push(value: JsonValue | undefined): void {
    if (this.#length === this.#micros.length) {
      const wider = new Float64Array(this.#length * 2)
      wider.set(this.#micros)
      this.#micros = wider
    }
    const micros = typeof value === 'string' ? parseMicros(value) : null
    this.#micros[this.#length] = micros ?? Number.NaN
    if (value !== undefined && (micros === null || formatMicros(micros) !== value)) this.#odd.set(this.#length, value)
    this.#length++
  }

  column(): TimeColumn {
    return new TimeColumn(this.#micros.subarray(0, this.#length), this.#odd)
  }
}
