import type { CountNode } from './count-node'
import type { PathNode } from './path-node'
import type { ShiftNode } from './shift-node'
import type { ValueNode } from './value-node'

/** What a comparison compares. */
export type OperandNode = PathNode | ShiftNode | CountNode | ValueNode
