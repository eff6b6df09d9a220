import { leafCount, type Node } from './table'

/** A tree and the price a leaf (alpha, in bits) from which on it is the best of all its prunings. */
export interface Pruned { readonly alpha: number; readonly root: Node }

/**
 * Minimal cost-complexity pruning (Breiman et al. 1984), as scikit-learn does it: the cost of a tree is its leaves' entropy,
 * weighted by rows, plus alpha a leaf. From the whole tree to its root alone, by rising alpha.
 */
export function pruningPath(root: Node): Pruned[] {
  const path: Pruned[] = [{ alpha: 0, root }]
  let tree = root
  while (tree.children) {
    const alpha = weakest(tree, root.rows)
    tree = prunedAt(tree, root.rows, alpha + 1e-12)
    path.push({ alpha: Math.max(0, alpha), root: tree })
  }
  return path
}

/** Cost of a node's rows once its split is taken away, and of its leaves as they are. */
function costs(node: Node, rows: number): { alone: number; leaves: number } {
  const alone = (node.rows / rows) * node.impurity
  if (!node.children) return { alone, leaves: alone }
  return { alone, leaves: costs(node.children.yes, rows).leaves + costs(node.children.no, rows).leaves }
}

/** What each leaf of this node saves on the mean. */
function saving(node: Node, rows: number): number {
  const { alone, leaves } = costs(node, rows)
  return (alone - leaves) / (leafCount(node) - 1)
}

function weakest(node: Node, rows: number): number {
  if (!node.children) return Number.POSITIVE_INFINITY
  return Math.min(saving(node, rows), weakest(node.children.yes, rows), weakest(node.children.no, rows))
}

/** Takes away every split whose leaves save no more than alpha, from below. */
function prunedAt(node: Node, rows: number, alpha: number): Node {
  if (!node.children) return node
  const { split } = node.children
  const smaller: Node = { ...node, children: { split, yes: prunedAt(node.children.yes, rows, alpha), no: prunedAt(node.children.no, rows, alpha) } }
  return saving(smaller, rows) <= alpha ? { ...node, children: null } : smaller
}
