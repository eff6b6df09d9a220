import type { PathNode } from './path-node'

/** `startsWith(path, "text")` and `endsWith(path, "text")`. */
export interface AffixNode {
  readonly kind: 'AffixNode'
  readonly path: PathNode
  readonly side: 'start' | 'end'
  readonly text: string
}

export const AffixNode = Object.freeze({
  create(path: PathNode, side: 'start' | 'end', text: string): AffixNode {
    return Object.freeze({ kind: 'AffixNode', path, side, text })
  },
})
