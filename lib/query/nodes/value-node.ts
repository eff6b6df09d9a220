import type { DurationNode } from './duration-node'
import type { LiteralNode } from './literal-node'
import type { NowNode } from './now-node'
import type { TimeNode } from './time-node'

/** What a query may write for a value. */
export type ValueNode = LiteralNode | TimeNode | DurationNode | NowNode
