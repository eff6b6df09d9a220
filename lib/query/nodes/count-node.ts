import type { QueryNode } from './query-node'

/** `count(test)`: of how many members of the record's context the test holds. */
export interface CountNode {
  readonly kind: 'CountNode'
  readonly operand: QueryNode
}

export const CountNode = Object.freeze({
  create(operand: QueryNode): CountNode {
    return Object.freeze({ kind: 'CountNode', operand })
  },
})
