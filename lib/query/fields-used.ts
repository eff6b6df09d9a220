import type { OperandNode, PathNode, QueryNode } from './nodes'
import { pathText } from './path-text'

/** Where a path is read: from the record, or from the members of its context. */
export type Reading = 'record' | 'members'

/** The canonical paths that a query reads, each once, in alphabetical order. */
export function fieldsUsed(node: QueryNode): string[] {
  const found = new Set<string>()
  visitPaths(node, (path) => found.add(pathText(path.segments)))
  return [...found].sort()
}

/** Whether a query asks about the members of contexts: any, all, count, or the users. */
export function asksMembers(node: QueryNode): boolean {
  let asks = false
  visitPaths(node, (path, reading) => { asks ||= reading === 'members' || isUsersPath(path) })
  return asks
}

export function isUsersPath(path: PathNode): boolean {
  return path.segments[0] === 'context' && path.segments[1] === 'users'
}

/** Shows each path of a query to `visit`, and where it is read. */
export function visitPaths(node: QueryNode, visit: (path: PathNode, reading: Reading) => void, reading: Reading = 'record'): void {
  switch (node.kind) {
    case 'AndNode':
    case 'OrNode':
      for (const operand of node.operands) visitPaths(operand, visit, reading)
      return
    case 'NotNode':
      visitPaths(node.operand, visit, reading)
      return
    case 'QuantifierNode':
      visitPaths(node.operand, visit, 'members')
      return
    case 'ComparisonNode':
      visitOperands([node.left, node.right], visit, reading)
      return
    case 'RangeNode':
      visitOperands(node.operands, visit, reading)
      return
    case 'MembershipNode':
    case 'ExistsNode':
    case 'RegexpNode':
    case 'ContainsNode':
    case 'AffixNode':
      visit(node.path, reading)
  }
}

function visitOperands(operands: readonly OperandNode[], visit: (path: PathNode, reading: Reading) => void, reading: Reading): void {
  for (const operand of operands) {
    if (operand.kind === 'PathNode') visit(operand, reading)
    if (operand.kind === 'ShiftNode') visit(operand.path, reading)
    if (operand.kind === 'CountNode') visitPaths(operand.operand, visit, 'members')
  }
}
