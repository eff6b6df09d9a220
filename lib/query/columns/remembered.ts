import type { Test } from '../compile/predicate'
import type { QueryNode } from '../nodes'
import type { CodeSet } from './code-set'
import type { Column } from './column'
import type { DictionaryColumn } from './dictionary-column'

/** What a compiled query has worked out so far; it stays right as long as a column does. */
export class Remembered {
  readonly #sets = new WeakMap<QueryNode, WeakMap<Column, CodeSet>>()
  readonly #tests = new WeakMap<QueryNode, WeakMap<Column, Test<number>>>()
  readonly #answers = new WeakMap<QueryNode, WeakMap<Column, Uint8Array>>()

  setOf(node: QueryNode, column: Column): CodeSet | undefined {
    return this.#sets.get(node)?.get(column)
  }

  keepSet(node: QueryNode, column: Column, set: CodeSet): void {
    inner(this.#sets, node).set(column, set)
  }

  testOf(node: QueryNode, column: Column, make: () => Test<number>): Test<number> {
    return orMade(inner(this.#tests, node), column, make)
  }

  /** For each code 0 not asked yet, 1 no, 2 yes. */
  answersOf(node: QueryNode, column: DictionaryColumn): Uint8Array {
    return orMade(inner(this.#answers, node), column, () => new Uint8Array(column.distinct))
  }
}

function inner<V>(outer: WeakMap<QueryNode, WeakMap<Column, V>>, node: QueryNode): WeakMap<Column, V> {
  const known = outer.get(node)
  if (known) return known
  const made = new WeakMap<Column, V>()
  outer.set(node, made)
  return made
}

function orMade<V>(map: WeakMap<Column, V>, column: Column, make: () => V): V {
  const known = map.get(column)
  if (known !== undefined) return known
  const made = make()
  map.set(column, made)
  return made
}
