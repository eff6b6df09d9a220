import type { LiteralNode } from './literal-node'
import type { PathNode } from './path-node'
import type { TimeNode } from './time-node'

/** `path in (a, b)`: equal to one of the values. */
export interface MembershipNode {
  readonly kind: 'MembershipNode'
  readonly path: PathNode
  readonly values: readonly (LiteralNode | TimeNode)[]
}

export const MembershipNode = Object.freeze({
  create(path: PathNode, values: readonly (LiteralNode | TimeNode)[]): MembershipNode {
    return Object.freeze({ kind: 'MembershipNode', path, values: Object.freeze([...values]) })
  },
})
