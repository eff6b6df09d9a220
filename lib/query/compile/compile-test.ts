import { leafPaths } from '../leaf-paths'
import { isSpread, type PathNode, type QueryNode } from '../nodes'
import { positiveOf } from '../positive-of'
import { compileComparison, compileMembership, compileRange } from './compare'
import { allOf, anyOf, type Test } from './predicate'
import type { Source } from './source'
import { compileSpread } from './spread-test'
import { compileAffix, compileContains, compileRegexp } from './text-test'

/** Turns a query into closures over a source, once, so that an item costs no parsing and no look-up of names. */
export function compileTest<T>(node: QueryNode, source: Source<T>): Test<T> {
  switch (node.kind) {
    case 'AndNode':
      return allOf(node.operands.map((operand) => compileTest(operand, source)))
    case 'OrNode':
      return anyOf(node.operands.map((operand) => compileTest(operand, source)))
    case 'NotNode': {
      const test = compileTest(node.operand, source)
      return (item) => !test(item)
    }
    default:
      return compileSpreads(node, leafPaths(node).paths.filter(isSpread), source)
  }
}

type Leaf = Exclude<QueryNode, { kind: 'AndNode' | 'OrNode' | 'NotNode' }>

/** Each path that leads to many values is read value by value. */
function compileSpreads<T>(node: Leaf, paths: readonly PathNode[], source: Source<T>): Test<T> {
  const [path, ...others] = paths
  if (!path) return compileLeaf(node, source)
  const positive = positiveOf(node)
  if (!positive) return compileSpread(path, source, (bound) => compileSpreads(node, others, bound))
  // Unequal is what equals none of them.
  const equal = compileSpreads(positive, paths, source)
  return (item) => !equal(item)
}

function compileLeaf<T>(node: Leaf, source: Source<T>): Test<T> {
  switch (node.kind) {
    case 'QuantifierNode':
      return source.quantify(node)
    case 'ComparisonNode':
      return compileComparison(node, source)
    case 'RangeNode':
      return compileRange(node, source)
    case 'MembershipNode':
      return compileMembership(node, source)
    case 'ExistsNode':
      return source.exists(node.path)
    case 'RegexpNode':
      return compileRegexp(node, source)
    case 'ContainsNode':
      return compileContains(node, source)
    case 'AffixNode':
      return compileAffix(node, source)
  }
}
