import { buildComparison } from './build-comparison'
import type { BuildNested } from './build-operand'
import { buildExists, buildHeld, buildInfix, buildMatches, buildMembership, buildRegexp, buildTextTest } from './build-test'
import { QueryError, type QueryErrorCode } from './error'
import type { Tree } from './generated/parser.mjs'
import { QUERY_LIMITS } from './limits'
import { AndNode, NotNode, OrNode, QuantifierNode, type Quantifier, type QueryNode } from './nodes'
import { nth, subtrees, tokens, treeSpan } from './tree'

/** The typed tree of a parse tree; throws QueryError where the grammar is content and the meaning is not. */
export function buildQuery(text: string, tree: Tree): QueryNode {
  return new QueryBuilder(text).build(tree, { depth: 1, within: 'record' })
}

/** How deep a part lies, and whether it is asked of the record or of the members of its context. */
interface Place {
  readonly depth: number
  readonly within: 'record' | 'members'
}

class QueryBuilder {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  build(tree: Tree, place: Place): QueryNode {
    if (place.depth > QUERY_LIMITS.depth) this.#refuse('query-limit', `the query nests deeper than ${QUERY_LIMITS.depth} levels`, tree)
    const deeper = { ...place, depth: place.depth + 1 }
    switch (tree.data) {
      case 'disjunction':
        return OrNode.create(subtrees(tree).map((part) => this.build(part, deeper)))
      case 'conjunction':
        return AndNode.create(subtrees(tree).map((part) => this.build(part, deeper)))
      case 'negation':
        return NotNode.create(this.build(nth(subtrees(tree), 0), deeper))
      case 'quantified':
        return QuantifierNode.create(nth(tokens(tree), 0).value as Quantifier, this.#nested(place)(nth(subtrees(tree), 0)))
      case 'comparison':
        return buildComparison(this.#text, tree, this.#nested(place))
      default:
        return this.#buildTest(tree)
    }
  }

  /** Builds what stands in the brackets of any, all and count. */
  #nested({ depth, within }: Place): BuildNested {
    return (tree) => {
      if (within === 'members') this.#refuse('query-type', 'any, all and count ask about the members of a context, and cannot stand within one another', tree)
      return this.build(tree, { depth: depth + 1, within: 'members' })
    }
  }

  #buildTest(tree: Tree): QueryNode {
    const build = TESTS.get(tree.data)
    if (!build) throw new RangeError(`the grammar has a rule that the builder does not know: ${tree.data}`)
    return build(this.#text, tree)
  }

  #refuse(code: QueryErrorCode, problem: string, tree: Tree): never {
    throw new QueryError(code, problem, this.#text, treeSpan(tree))
  }
}

const TESTS: ReadonlyMap<string, (text: string, tree: Tree) => QueryNode> = new Map([
  ['exists', buildExists],
  ['regexp', buildRegexp],
  ['matches', buildMatches],
  ['text_test', buildTextTest],
  ['infix', buildInfix],
  ['not_infix', buildInfix],
  ['membership', buildMembership],
  ['non_membership', buildMembership],
  ['held', buildHeld],
  ['not_held', buildHeld],
])
