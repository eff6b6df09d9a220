import type { LiteralNode } from './literal-node'
import type { PathNode } from './path-node'
import type { TimeNode } from './time-node'

/** What a comparison compares. */
export type OperandNode = PathNode | LiteralNode | TimeNode
