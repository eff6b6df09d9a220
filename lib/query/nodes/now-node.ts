/** `now`, or a time before or after it: `now - 10m`. */
export interface NowNode {
  readonly kind: 'NowNode'
  /** Microseconds to add to the time at which the query runs. */
  readonly shift: number
}

export const NowNode = Object.freeze({
  create(shift: number): NowNode {
    return Object.freeze({ kind: 'NowNode', shift })
  },
})
