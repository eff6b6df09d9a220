/** A length of time written in the query, such as `1h30m`. */
export interface DurationNode {
  readonly kind: 'DurationNode'
  readonly micros: number
}

export const DurationNode = Object.freeze({
  create(micros: number): DurationNode {
    return Object.freeze({ kind: 'DurationNode', micros })
  },
})
