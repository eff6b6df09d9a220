import { buildQuery } from './build-query'
import { checkSize } from './check-size'
import { parseTree } from './grammar-parser'
import type { QueryNode } from './nodes'
import { withPatternBudget } from './pattern-budget'
import { toSyntaxError } from './syntax-error'

/**
 * Parses a query into its frozen syntax tree, short names written out and every path, value and pattern checked.
 * Throws QueryError, and nothing else, for any text that is no query.
 */
export function parseQuery(text: string): QueryNode {
  checkSize(text)
  return withPatternBudget(() => buildQuery(text, grammarTree(text)))
}

function grammarTree(text: string): ReturnType<typeof parseTree> {
  try {
    return parseTree(text)
  } catch (error) {
    throw toSyntaxError(text, error) ?? error
  }
}
