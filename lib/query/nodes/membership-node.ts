import type { Casing } from './casing'
import type { PathNode } from './path-node'
import type { ValueNode } from './value-node'

/** `path in (a, b)`: equal to one of the values. */
export interface MembershipNode {
  readonly kind: 'MembershipNode'
  readonly path: PathNode
  readonly values: readonly ValueNode[]
  readonly casing: Casing
}

export const MembershipNode = Object.freeze({
  create(path: PathNode, values: readonly ValueNode[], casing: Casing = 'exact'): MembershipNode {
    return Object.freeze({ kind: 'MembershipNode', path, values: Object.freeze([...values]), casing })
  },
})
