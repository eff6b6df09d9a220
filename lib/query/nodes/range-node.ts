import type { OrderOperator } from './comparison-node'
import type { OperandNode } from './operand-node'

/** A chain such as `1 < x <= 5`: three or more operands, all operators pointing one way. */
export interface RangeNode {
  readonly kind: 'RangeNode'
  readonly operands: readonly OperandNode[]
  /** One fewer than the operands. */
  readonly operators: readonly OrderOperator[]
}

export const RangeNode = Object.freeze({
  create(operands: readonly OperandNode[], operators: readonly OrderOperator[]): RangeNode {
    return Object.freeze({ kind: 'RangeNode', operands: Object.freeze([...operands]), operators: Object.freeze([...operators]) })
  },
})
