import type { QueryNode } from '../nodes'
import { compileComparison, compileMembership, compileRange } from './compare'
import { allOf, anyOf, type Predicate } from './predicate'
import { existsReader } from './read-path'
import { compileAffix, compileContains, compileRegexp } from './text-test'

/**
 * Turns a query into closures, once, so that a record costs no parsing and no look-up of names.
 * A tree from `parseQuery` always compiles; the record is read only, and own keys alone are looked at.
 */
export function compileQuery(node: QueryNode): Predicate {
  switch (node.kind) {
    case 'AndNode':
      return allOf(node.operands.map(compileQuery))
    case 'OrNode':
      return anyOf(node.operands.map(compileQuery))
    case 'NotNode': {
      const test = compileQuery(node.operand)
      return (record) => !test(record)
    }
    case 'ComparisonNode':
      return compileComparison(node)
    case 'RangeNode':
      return compileRange(node)
    case 'MembershipNode':
      return compileMembership(node)
    case 'ExistsNode':
      return existsReader(node.path.segments)
    case 'RegexpNode':
      return compileRegexp(node)
    case 'ContainsNode':
      return compileContains(node)
    case 'AffixNode':
      return compileAffix(node)
  }
}
