/** How a column may be split: `category` by one value against the others, `ordinal` by values up to one against those above. */
export type ColumnKind = 'category' | 'ordinal'

/** A table to learn a tree from: one column of codes a feature, and a class for each row. */
export interface TreeTable {
  readonly rows: number
  readonly columns: readonly TreeColumn[]
  /** Class of each row, 0 to classes - 1. */
  readonly target: Int32Array
  readonly classes: number
}

export interface TreeColumn { readonly kind: ColumnKind; readonly codes: Uint16Array }

/** A question to a row; `yes` where its code is (`equals`), or is at most (`atMost`), the given one. */
export interface Split { readonly column: number; readonly test: 'equals' | 'atMost'; readonly code: number }

/** A node with the rows that reached it in training. Without a split it is a leaf. */
export interface Node {
  readonly rows: number
  /** The most frequent class, the lower where two are; and its rows. */
  readonly top: number
  readonly topRows: number
  /** Entropy of the classes in bits. */
  readonly impurity: number
  readonly children: Children | null
}
export interface Children { readonly split: Split; readonly yes: Node; readonly no: Node }

export function answersYes(split: Split, code: number): boolean {
  return split.test === 'equals' ? code === split.code : code <= split.code
}

/** The leaf that a row falls into; `codeOf` gives the row's code in a column. */
export function leafOf(root: Node, codeOf: (column: number) => number): Node {
  let node = root
  while (node.children) {
    const { split, yes, no } = node.children
    node = answersYes(split, codeOf(split.column)) ? yes : no
  }
  return node
}

export function leafCount(node: Node): number {
  return node.children ? leafCount(node.children.yes) + leafCount(node.children.no) : 1
}

export function depthOf(node: Node): number {
  return node.children ? 1 + Math.max(depthOf(node.children.yes), depthOf(node.children.no)) : 0
}
