export type PathSegment = string | number

/** A place in a record, aliases resolved: `objectRef.name`, `requestObject.spec.containers[0].image`. */
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
