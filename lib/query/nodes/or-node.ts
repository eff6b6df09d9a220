import type { QueryNode } from './query-node'

/** Any of two or more; nested disjunctions are taken in. */
export interface OrNode {
  readonly kind: 'OrNode'
  readonly operands: readonly QueryNode[]
}

export const OrNode = Object.freeze({
  create(operands: readonly QueryNode[]): OrNode {
    const flat = operands.flatMap((operand) => (operand.kind === 'OrNode' ? operand.operands : [operand]))
    return Object.freeze({ kind: 'OrNode', operands: Object.freeze(flat) })
  },
})
