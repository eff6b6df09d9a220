import type { Span } from './error'
import type { Token, Tree } from './generated/parser.mjs'

/** The children of a parse tree that are trees themselves. */
export function subtrees(tree: Tree): Tree[] {
  return tree.children.filter((child): child is Tree => 'data' in child)
}

/** The children that are tokens. */
export function tokens(tree: Tree): Token[] {
  return tree.children.filter((child): child is Token => 'type' in child)
}

/** The only or n-th of a kind; the grammar says that it is there. */
export function nth<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new RangeError(`the parse tree has no child ${index}`)
  return item
}

export function tokenSpan(token: Token): Span {
  return { start: token.start_pos, end: token.end_pos ?? token.start_pos }
}

export function treeSpan(tree: Tree): Span {
  const start = tree.meta.start_pos ?? 0
  return { start, end: tree.meta.end_pos ?? start }
}
