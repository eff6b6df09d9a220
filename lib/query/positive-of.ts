import { ComparisonNode, type QueryNode } from './nodes'

const POSITIVES = new WeakMap<QueryNode, ComparisonNode>()

/** The equality that `!=` is the contrary of, the same node every time; null for any other test. */
export function positiveOf(node: QueryNode): ComparisonNode | null {
  if (node.kind !== 'ComparisonNode' || !node.operator.startsWith('!')) return null
  const known = POSITIVES.get(node)
  if (known) return known
  const made = ComparisonNode.create(node.left, node.operator === '!=' ? '==' : '==~', node.right)
  POSITIVES.set(node, made)
  return made
}
