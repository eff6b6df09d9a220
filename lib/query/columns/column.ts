import type { JsonValue } from '@/lib/audit/event'
import type { DictionaryColumn } from './dictionary-column'
import type { NumberColumn } from './number-column'
import type { TimeColumn } from './time-column'

/** The values of one path for every row of a table. */
export type Column = DictionaryColumn | NumberColumn | TimeColumn

export interface ColumnValues {
  /** Rows. */
  readonly size: number
  /** Undefined where the value is missing; lists hold their texts, numbers and truths, and any object is an empty one. */
  valueAt(row: number): JsonValue | undefined
  /** The value as a time in microseconds, NaN where it is none. */
  microsAt(row: number): number
  /** The values of other rows; a negative row has none. */
  gather(rows: Int32Array): Column
  readonly bytes: number
}
