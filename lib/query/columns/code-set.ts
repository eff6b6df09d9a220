import { compileTest } from '../compile/compile-test'
import type { Test } from '../compile/predicate'
import { leafPaths } from '../leaf-paths'
import { isSpread, type QueryNode, type Scalar } from '../nodes'
import { codeSource } from './column-source'
import type { DictionaryColumn } from './dictionary-column'

/** Which codes of a dictionary pass a test. */
export interface CodeSet {
  readonly codes: readonly number[]
  /** 1 at each of them. */
  readonly marks: Uint8Array
}

/** The codes that a test of equality names, found without looking at any value; null for any other test. */
export function namedCodes(node: QueryNode, column: DictionaryColumn): CodeSet | null {
  // What one of many values equals is in no code's name.
  const values = leafPaths(node).paths.some(isSpread) ? null : equalTo(node)
  if (!values) return null
  const codes = values.map((value) => column.dictionary.codeOf(value)).filter((code) => code >= 0 && code < column.distinct)
  return toSet([...new Set(codes)], column.distinct)
}

function equalTo(node: QueryNode): NonNullable<Scalar>[] | null {
  if (node.kind === 'ComparisonNode' && node.operator === '==') {
    const literal = node.left.kind === 'LiteralNode' ? node.left : node.right
    return literal.kind === 'LiteralNode' && literal.value !== null ? [literal.value] : null
  }
  if (node.kind !== 'MembershipNode' || node.casing !== 'exact') return null
  const values = node.values.flatMap((value) => (value.kind === 'LiteralNode' && value.value !== null ? [value.value] : []))
  return values.length === node.values.length ? values : null
}

/** The test of a code. */
export function codeTest(node: QueryNode, column: DictionaryColumn, now: () => number): Test<number> {
  return compileTest(node, codeSource(column, now))
}

/** Asks the test of every distinct value. */
export function scanDictionary(test: Test<number>, distinct: number): CodeSet {
  const codes: number[] = []
  for (let code = 0; code < distinct; code++) if (test(code)) codes.push(code)
  return toSet(codes, distinct)
}

function toSet(codes: readonly number[], distinct: number): CodeSet {
  const marks = new Uint8Array(distinct)
  for (const code of codes) marks[code] = 1
  return { codes, marks }
}
