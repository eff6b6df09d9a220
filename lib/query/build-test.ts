import { buildLiteral, buildPath } from './build-operand'
import { QueryError, type Span } from './error'
import type { Token, Tree } from './generated/parser.mjs'
import { checkTextTest, fitLiteral } from './literal-check'
import { AffixNode, ContainsNode, ExistsNode, MembershipNode, NotNode, RegexpNode, type PathNode } from './nodes'
import { compilePattern } from './pattern'
import { unquote } from './text-literal'
import { nth, subtrees, tokens, tokenSpan, treeSpan } from './tree'

export function buildExists(text: string, tree: Tree): ExistsNode {
  return ExistsNode.create(buildPath(text, nth(subtrees(tree), 0)))
}

/** `regexp(path, "pattern")`. */
export function buildRegexp(text: string, tree: Tree): RegexpNode {
  return regexpNode(text, nth(subtrees(tree), 0), nth(tokens(tree), 1))
}

/** The paper's `path == regexp("pattern")`, and `!=`. */
export function buildMatches(text: string, tree: Tree): RegexpNode | NotNode {
  const path = nth(subtrees(tree), 0)
  if (path.data !== 'path') throw new QueryError('query-type', 'only a field can match a pattern', text, treeSpan(path))
  const node = regexpNode(text, path, nth(tokens(tree), 2))
  return nth(tokens(tree), 0).type === 'NE' ? NotNode.create(node) : node
}

function regexpNode(text: string, pathTree: Tree, token: Token): RegexpNode {
  const path = buildPath(text, pathTree)
  refuseMisfit(text, 'regexp', path, treeSpan(pathTree))
  const source = unquote(token.value)
  try {
    compilePattern(source)
  } catch (error) {
    const problem = error instanceof Error ? error.message.replace(/^error parsing regexp: /, 'the pattern is wrong: ') : String(error)
    throw new QueryError('query-regexp', problem, text, tokenSpan(token))
  }
  return RegexpNode.create(path, source)
}

/** `contains(path, value)`, `startsWith(path, "text")`, `endsWith(path, "text")`. */
export function buildTextTest(text: string, tree: Tree): ContainsNode | AffixNode {
  const name = nth(tokens(tree), 0).value
  const pathTree = nth(subtrees(tree), 0)
  const valueTree = nth(subtrees(tree), 1)
  const path = buildPath(text, pathTree)
  refuseMisfit(text, name, path, treeSpan(pathTree))
  const literal = buildLiteral(text, valueTree)
  const value = literal.kind === 'LiteralNode' ? literal.value : null
  if (name === 'contains' && value !== null) return ContainsNode.create(path, value)
  if (name !== 'contains' && typeof value === 'string') return AffixNode.create(path, name === 'startsWith' ? 'start' : 'end', value)
  const hope = name === 'contains' ? 'a text, a number, true or false' : 'a text in quotes'
  throw new QueryError('query-type', `${name} looks for ${hope}`, text, treeSpan(valueTree))
}

function refuseMisfit(text: string, name: string, path: PathNode, span: Span): void {
  const misfit = checkTextTest(name, path)
  if (misfit) throw new QueryError('query-type', misfit.problem, text, span)
}

/** `path in (a, b)` and `path not in (a, b)`. */
export function buildMembership(text: string, tree: Tree): MembershipNode | NotNode {
  const path = buildPath(text, nth(subtrees(tree), 0))
  const items = subtrees(nth(subtrees(tree), 1))
  const values = items.map((item) => {
    const fitted = fitLiteral(path, '==', buildLiteral(text, item))
    if ('problem' in fitted) throw new QueryError('query-type', fitted.problem, text, treeSpan(item))
    return fitted
  })
  const node = MembershipNode.create(path, values)
  return tree.data === 'non_membership' ? NotNode.create(node) : node
}
