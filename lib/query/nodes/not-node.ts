import type { QueryNode } from './query-node'

export interface NotNode {
  readonly kind: 'NotNode'
  readonly operand: QueryNode
}

export const NotNode = Object.freeze({
  create(operand: QueryNode): NotNode {
    return Object.freeze({ kind: 'NotNode', operand })
  },
})
