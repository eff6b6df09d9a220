/** `[*]`: whatever place of a list. A symbol, as `["*"]` is a key. */
export const EVERY = Symbol('[*]')

export type PathSegment = string | number | typeof EVERY

/** A place in a record, aliases resolved: `objectRef.name`, `requestObject.spec.containers[0].image`, `requestObject.spec.containers[*].image`. */
export interface PathNode {
  readonly kind: 'PathNode'
  /** Strings are own keys of objects, numbers are places in lists. */
  readonly segments: readonly PathSegment[]
}

export const PathNode = Object.freeze({
  create(segments: readonly PathSegment[]): PathNode {
    return Object.freeze({ kind: 'PathNode', segments: Object.freeze([...segments]) })
  },
})

/** Whether a path may lead to many values. */
export function isSpread({ segments }: PathNode): boolean {
  return segments.includes(EVERY)
}
