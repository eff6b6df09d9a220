import type { ColumnValues } from './column'

/** A number for each row, NaN where there is none. */
export class NumberColumn implements ColumnValues {
  readonly kind = 'number'

  constructor(readonly numbers: Float64Array) {}

  get size(): number {
    return this.numbers.length
  }

  get bytes(): number {
    return this.numbers.byteLength
  }

  valueAt(row: number): number | undefined {
    const value = this.numbers[row]
    return value === undefined || Number.isNaN(value) ? undefined : value
  }

  microsAt(): number {
    return Number.NaN
  }

  gather(rows: Int32Array): NumberColumn {
    return new NumberColumn(Float64Array.from(rows, (row) => this.numbers[row] ?? Number.NaN))
  }
}
