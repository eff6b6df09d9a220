import type { Source } from '../compile/source'
import type { CountNode, PathNode, QuantifierNode } from '../nodes'
import { pathText } from '../path-text'
import type { DictionaryColumn } from './dictionary-column'
import type { Table } from './table'

/** How often a test holds of the members of each context. */
export type CountMembers = (node: CountNode | QuantifierNode) => Int32Array

// The core group's empty name counts as none, as the log leaves it out.
function isGroupPath(path: PathNode): boolean {
  return pathText(path.segments) === 'objectRef.apiGroup'
}

/** Values of a table, row by row. */
export function rowSource(table: Table, countMembers: CountMembers, sizes: Uint32Array, now: () => number): Source<number> {
  const countOf = (node: CountNode | QuantifierNode): ((row: number) => number) => {
    const counts = countMembers(node)
    return (row) => counts[table.contextOf[row] ?? -1] ?? 0
  }
  return {
    read(path) {
      const column = table.column(path)
      return (row) => column.valueAt(row)
    },
    micros(path) {
      const column = table.column(path)
      return (row) => column.microsAt(row)
    },
    exists(path) {
      const column = table.column(path)
      return isGroupPath(path) ? (row) => Boolean(column.valueAt(row)) : (row) => column.valueAt(row) !== undefined
    },
    count: countOf,
    quantify(node) {
      const count = countOf(node)
      if (node.quantifier === 'any') return (row) => count(row) > 0
      return (row) => count(row) === (sizes[table.contextOf[row] ?? -1] ?? 0)
    },
    now,
  }
}

/** The distinct values of one column by code: what a test says of a code it says of every row that has it. */
export function codeSource(column: DictionaryColumn, now: () => number): Source<number> {
  const { values } = column.dictionary
  const none = (): never => { throw new RangeError('a dictionary knows no members') }
  return {
    read: () => (code) => values[code],
    micros: () => (code) => column.microsOf(code),
    exists: (path) => (isGroupPath(path) ? (code) => Boolean(values[code]) : (code) => values[code] !== undefined),
    count: none,
    quantify: none,
    now,
  }
}
