import type { QueryNode } from '../nodes'

export interface Estimate {
  /** 1 codes are at hand; 2 numbers; 3 texts; 4 patterns and pairs; 5 members. */
  readonly cost: number
  /** How many rows may be left. */
  readonly rows: number
}

/** Cheap tests first, and of equally cheap ones those that leave fewest rows; as written where that says nothing. */
export function orderTests(operands: readonly QueryNode[], estimate: (node: QueryNode) => Estimate): QueryNode[] {
  const known = operands.map((node) => ({ node, ...estimate(node) }))
  return known.sort((a, b) => a.cost - b.cost || a.rows - b.rows).map(({ node }) => node)
}
