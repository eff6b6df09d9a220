import type { QueryNode } from '../nodes'
import { compileComparison, compileMembership, compileRange } from './compare'
import { allOf, anyOf, type Test } from './predicate'
import type { Source } from './source'
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
