import type { QueryNode } from './query-node'

export type Quantifier = 'any' | 'all'

/** `any(test)` and `all(test)`: whether the test holds of some, or of every member of the record's context. */
export interface QuantifierNode {
  readonly kind: 'QuantifierNode'
  readonly quantifier: Quantifier
  readonly operand: QueryNode
}

export const QuantifierNode = Object.freeze({
  create(quantifier: Quantifier, operand: QueryNode): QuantifierNode {
    return Object.freeze({ kind: 'QuantifierNode', quantifier, operand })
  },
})
