import type { Casing } from './casing'
import type { PathNode } from './path-node'

/** `contains(path, value)`: a text holds the text, a list holds an equal item. */
export interface ContainsNode {
  readonly kind: 'ContainsNode'
  readonly path: PathNode
  readonly value: string | number | boolean
  readonly casing: Casing
}

export const ContainsNode = Object.freeze({
  create(path: PathNode, value: string | number | boolean, casing: Casing = 'exact'): ContainsNode {
    return Object.freeze({ kind: 'ContainsNode', path, value, casing })
  },
})
