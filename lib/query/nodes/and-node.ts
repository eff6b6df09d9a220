import type { QueryNode } from './query-node'

/** All of two or more; nested conjunctions are taken in. */
export interface AndNode {
  readonly kind: 'AndNode'
  readonly operands: readonly QueryNode[]
}

export const AndNode = Object.freeze({
  create(operands: readonly QueryNode[]): AndNode {
    const flat = operands.flatMap((operand) => (operand.kind === 'AndNode' ? operand.operands : [operand]))
    return Object.freeze({ kind: 'AndNode', operands: Object.freeze(flat) })
  },
})
