import type { Casing } from './casing'
import type { PathNode } from './path-node'

/** `regexp(path, "pattern")`: the pattern (RE2 syntax) is found somewhere in the text. */
export interface RegexpNode {
  readonly kind: 'RegexpNode'
  readonly path: PathNode
  readonly pattern: string
  readonly casing: Casing
}

export const RegexpNode = Object.freeze({
  create(path: PathNode, pattern: string, casing: Casing = 'exact'): RegexpNode {
    return Object.freeze({ kind: 'RegexpNode', path, pattern, casing })
  },
})
