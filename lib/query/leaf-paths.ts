import type { OperandNode, PathNode, QueryNode } from './nodes'
import { pathText } from './path-text'

/** What a test of no parts depends on. */
export interface LeafPaths {
  /** Distinct paths of the record itself. */
  readonly paths: readonly PathNode[]
  readonly counts: boolean
  /** The answer depends on the time at which it is asked. */
  readonly timely: boolean
}

export function leafPaths(node: QueryNode): LeafPaths {
  const paths = new Map<string, PathNode>()
  let counts = node.kind === 'QuantifierNode'
  let timely = false
  for (const operand of operandsOf(node)) {
    if (operand.kind === 'PathNode') paths.set(pathText(operand.segments), operand)
    if (operand.kind === 'ShiftNode') paths.set(pathText(operand.path.segments), operand.path)
    counts ||= operand.kind === 'CountNode'
    timely ||= operand.kind === 'NowNode'
  }
  return { paths: [...paths.values()], counts, timely }
}

function operandsOf(node: QueryNode): readonly OperandNode[] {
  switch (node.kind) {
    case 'ComparisonNode':
      return [node.left, node.right]
    case 'RangeNode':
      return node.operands
    case 'MembershipNode':
      return [node.path, ...node.values]
    case 'ExistsNode':
    case 'RegexpNode':
    case 'ContainsNode':
    case 'AffixNode':
      return [node.path]
    default:
      return []
  }
}
