import type { Casing } from './casing'
import type { PathNode } from './path-node'

/** `startsWith(path, "text")` and `endsWith(path, "text")`. */
export interface AffixNode {
  readonly kind: 'AffixNode'
  readonly path: PathNode
  readonly side: 'start' | 'end'
  readonly text: string
  readonly casing: Casing
}

export const AffixNode = Object.freeze({
  create(path: PathNode, side: 'start' | 'end', text: string, casing: Casing = 'exact'): AffixNode {
    return Object.freeze({ kind: 'AffixNode', path, side, text, casing })
  },
})
