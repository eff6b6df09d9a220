import type { OperandNode } from './operand-node'

export type EqualityOperator = '==' | '!='
export type OrderOperator = '<' | '<=' | '>' | '>='
export type ComparisonOperator = EqualityOperator | OrderOperator

/** `left operator right`; at least one side is a path. */
export interface ComparisonNode {
  readonly kind: 'ComparisonNode'
  readonly operator: ComparisonOperator
  readonly left: OperandNode
  readonly right: OperandNode
}

export const ComparisonNode = Object.freeze({
  create(left: OperandNode, operator: ComparisonOperator, right: OperandNode): ComparisonNode {
    return Object.freeze({ kind: 'ComparisonNode', operator, left, right })
  },
})
