import type { PathNode } from './path-node'

/** `exists(path)`: the record has it, and it is not null. */
export interface ExistsNode {
  readonly kind: 'ExistsNode'
  readonly path: PathNode
}

export const ExistsNode = Object.freeze({
  create(path: PathNode): ExistsNode {
    return Object.freeze({ kind: 'ExistsNode', path })
  },
})
