import type { OperandNode } from './operand-node'

/** With `~`, texts are equal whatever their case. */
export type EqualityOperator = '==' | '!=' | '==~' | '!=~'
export type OrderOperator = '<' | '<=' | '>' | '>='
export type ComparisonOperator = EqualityOperator | OrderOperator

/** `left operator right`; at least one side is of the record. */
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
