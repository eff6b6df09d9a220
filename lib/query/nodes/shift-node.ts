import type { PathNode } from './path-node'

/** A time of the record, moved: `requestReceivedTimestamp + 5s`. */
export interface ShiftNode {
  readonly kind: 'ShiftNode'
  readonly path: PathNode
  /** Microseconds to add. */
  readonly shift: number
}

export const ShiftNode = Object.freeze({
  create(path: PathNode, shift: number): ShiftNode {
    return Object.freeze({ kind: 'ShiftNode', path, shift })
  },
})
