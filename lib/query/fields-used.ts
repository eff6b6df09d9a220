import type { OperandNode, QueryNode } from './nodes'
import { pathText } from './path-text'

/** The canonical paths that a query reads, each once, in alphabetical order. */
export function fieldsUsed(node: QueryNode): string[] {
  const found = new Set<string>()
  collect(node, found)
  return [...found].sort()
}

function collect(node: QueryNode, found: Set<string>): void {
  switch (node.kind) {
    case 'AndNode':
    case 'OrNode':
      for (const operand of node.operands) collect(operand, found)
      return
    case 'NotNode':
      collect(node.operand, found)
      return
    case 'ComparisonNode':
      collectOperands([node.left, node.right], found)
      return
    case 'RangeNode':
      collectOperands(node.operands, found)
      return
    case 'MembershipNode':
    case 'ExistsNode':
    case 'RegexpNode':
    case 'ContainsNode':
    case 'AffixNode':
      found.add(pathText(node.path.segments))
  }
}

function collectOperands(operands: readonly OperandNode[], found: Set<string>): void {
  for (const operand of operands) {
    if (operand.kind === 'PathNode') found.add(pathText(operand.segments))
  }
}
