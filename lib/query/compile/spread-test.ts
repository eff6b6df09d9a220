import type { JsonValue } from '@/lib/audit/event'
import { parseMicros } from '@/lib/audit/time'
import type { PathNode } from '../nodes'
import { pathText } from '../path-text'
import type { Test } from './predicate'
import type { Source } from './source'

/**
 * A test of a path with `[*]` holds where it holds of any value that the path leads to; where it leads to none, the value is
 * missing. `compile` makes the test over a source in which the path has one value; within a test, it is the same wherever the path stands.
 */
export function compileSpread<T>(path: PathNode, source: Source<T>, compile: (bound: Source<T>) => Test<T>): Test<T> {
  const name = pathText(path.segments)
  let current: JsonValue | undefined
  const isIt = (other: PathNode): boolean => pathText(other.segments) === name
  const test = compile({
    ...source,
    read: (other) => (isIt(other) ? () => current : source.read(other)),
    micros: (other) => (isIt(other) ? () => microsOf(current) : source.micros(other)),
    exists: (other) => (isIt(other) ? () => current !== undefined : source.exists(other)),
  })
  const readAll = source.read(path)
  return (item) => {
    const values = readAll(item)
    current = undefined
    if (!Array.isArray(values) || values.length === 0) return test(item)
    for (const value of values) {
      current = value
      if (test(item)) return true
    }
    return false
  }
}

function microsOf(value: JsonValue | undefined): number {
  return typeof value === 'string' ? (parseMicros(value) ?? Number.NaN) : Number.NaN
}
