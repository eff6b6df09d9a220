export type Scalar = string | number | boolean | null

/** A value written in the query. */
export interface LiteralNode {
  readonly kind: 'LiteralNode'
  readonly value: Scalar
}

export const LiteralNode = Object.freeze({
  create(value: Scalar): LiteralNode {
    return Object.freeze({ kind: 'LiteralNode', value })
  },
})
