import { AndNode, NotNode, OrNode, type QueryNode } from '@/lib/query'

/**
 * The query as a tool without contexts would ask it: of one line alone, so what it asks of any member is asked of the line itself.
 * Null where it counts or asks of all members, which one line cannot answer.
 */
export function perLine(node: QueryNode): QueryNode | null {
  switch (node.kind) {
    case 'AndNode': return together(node.operands, AndNode.create)
    case 'OrNode': return together(node.operands, OrNode.create)
    case 'NotNode': return together([node.operand], ([operand]) => (operand ? NotNode.create(operand) : node))
    case 'QuantifierNode': return node.quantifier === 'any' ? node.operand : null
    case 'ComparisonNode': return node.left.kind === 'CountNode' || node.right.kind === 'CountNode' ? null : node
    case 'RangeNode': return JSON.stringify(node).includes('"CountNode"') ? null : node
    default: return node
  }
}

function together(operands: readonly QueryNode[], make: (operands: readonly QueryNode[]) => QueryNode): QueryNode | null {
  const asked = operands.map(perLine)
  return asked.every((operand) => operand !== null) ? make(asked) : null
}
