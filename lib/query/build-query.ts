import { buildComparison } from './build-comparison'
import { buildExists, buildMatches, buildMembership, buildRegexp, buildTextTest } from './build-test'
import { QueryError } from './error'
import type { Tree } from './generated/parser.mjs'
import { QUERY_LIMITS } from './limits'
import { AndNode, NotNode, OrNode, type QueryNode } from './nodes'
import { nth, subtrees, treeSpan } from './tree'

/** The typed tree of a parse tree; throws QueryError where the grammar is content and the meaning is not. */
export function buildQuery(text: string, tree: Tree): QueryNode {
  return new QueryBuilder(text).build(tree, 1)
}

class QueryBuilder {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  build(tree: Tree, depth: number): QueryNode {
    if (depth > QUERY_LIMITS.depth) this.#refuse(`the query nests deeper than ${QUERY_LIMITS.depth} levels`, tree)
    switch (tree.data) {
      case 'disjunction':
        return OrNode.create(this.#buildAll(tree, depth))
      case 'conjunction':
        return AndNode.create(this.#buildAll(tree, depth))
      case 'negation':
        return NotNode.create(this.build(nth(subtrees(tree), 0), depth + 1))
      default:
        return this.#buildTest(tree)
    }
  }

  #buildAll(tree: Tree, depth: number): QueryNode[] {
    return subtrees(tree).map((part) => this.build(part, depth + 1))
  }

  #buildTest(tree: Tree): QueryNode {
    switch (tree.data) {
      case 'exists':
        return buildExists(this.#text, tree)
      case 'regexp':
        return buildRegexp(this.#text, tree)
      case 'matches':
        return buildMatches(this.#text, tree)
      case 'text_test':
        return buildTextTest(this.#text, tree)
      case 'membership':
      case 'non_membership':
        return buildMembership(this.#text, tree)
      case 'comparison':
        return buildComparison(this.#text, tree)
      default:
        throw new RangeError(`the grammar has a rule that the builder does not know: ${tree.data}`)
    }
  }

  #refuse(problem: string, tree: Tree): never {
    throw new QueryError('query-limit', problem, this.#text, treeSpan(tree))
  }
}
