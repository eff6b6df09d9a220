/** An instant written in the query. */
export interface TimeNode {
  readonly kind: 'TimeNode'
  /** Microseconds since the Unix epoch. */
  readonly micros: number
}

export const TimeNode = Object.freeze({
  create(micros: number): TimeNode {
    return Object.freeze({ kind: 'TimeNode', micros })
  },
})
