import type { JsonValue } from '@/lib/audit/event'
import type { CountNode, PathNode, QuantifierNode } from '../nodes'
import type { Test } from './predicate'

/**
 * Where a test finds its values: `T` is a record, a row of columns or a code of a dictionary. The language's meaning is
 * written once over this, so that rows and columns cannot come to differ in it.
 */
export interface Source<T> {
  /** The value at a path; undefined where it is missing or null. */
  read(path: PathNode): (item: T) => JsonValue | undefined
  /** The time at a path in microseconds, NaN where there is none. */
  micros(path: PathNode): (item: T) => number
  exists(path: PathNode): Test<T>
  count(node: CountNode): (item: T) => number
  quantify(node: QuantifierNode): Test<T>
  /** Microseconds since the Unix epoch, for `now`. */
  now(): number
}
