import { buildLiteral, buildPath } from './build-operand'
import { QueryError, type Span } from './error'
import type { Token, Tree } from './generated/parser.mjs'
import { checkTextTest, fitLiteral } from './literal-check'
import { AffixNode, ContainsNode, ExistsNode, MembershipNode, NotNode, RegexpNode, type Casing, type PathNode, type QueryNode } from './nodes'
import { sizedPattern } from './pattern'
import { isBeyondBudget } from './pattern-budget'
import { pathType } from './schema'
import { unquote } from './text-literal'
import { nth, subtrees, tokens, tokenSpan, treeSpan } from './tree'

export function buildExists(text: string, tree: Tree): ExistsNode {
  return ExistsNode.create(buildPath(text, nth(subtrees(tree), 0)))
}

/** A `~` behind an operator or a function. */
function casingOf(written: string): Casing {
  return written.endsWith('~') ? 'ignored' : 'exact'
}

/** `regexp(path, "pattern")`. */
export function buildRegexp(text: string, tree: Tree): RegexpNode {
  return regexpNode(text, nth(subtrees(tree), 0), nth(tokens(tree), 1), casingOf(nth(tokens(tree), 0).value))
}

/** The paper's `path == regexp("pattern")`, and `!=`. */
export function buildMatches(text: string, tree: Tree): RegexpNode | NotNode {
  const path = nth(subtrees(tree), 0)
  if (path.data !== 'path') throw new QueryError('query-type', 'only a field can match a pattern', text, treeSpan(path))
  const [operator, name, pattern] = [nth(tokens(tree), 0), nth(tokens(tree), 1), nth(tokens(tree), 2)]
  const casing = casingOf(operator.value) === 'ignored' ? 'ignored' : casingOf(name.value)
  const node = regexpNode(text, path, pattern, casing)
  return operator.value.startsWith('!') ? NotNode.create(node) : node
}

function regexpNode(text: string, pathTree: Tree, token: Token, casing: Casing): RegexpNode {
  const path = buildPath(text, pathTree)
  refuseMisfit(text, 'regexp', path, treeSpan(pathTree))
  const source = unquote(token.value)
  if (isBeyondBudget(sizeOf(text, token, source, casing))) throw new QueryError('query-limit', 'the patterns of the query repeat too much, all together: write smaller counts, or fewer patterns', text, tokenSpan(token))
  return RegexpNode.create(path, source, casing)
}

function sizeOf(text: string, token: Token, source: string, casing: Casing): number {
  try {
    return sizedPattern(source, casing).instructions
  } catch (error) {
    const problem = error instanceof Error ? error.message.replace(/^error parsing regexp: /, 'the pattern is wrong: ') : String(error)
    throw new QueryError('query-regexp', problem, text, tokenSpan(token))
  }
}

/** `contains(path, value)`, `startsWith(path, "text")`, `endsWith(path, "text")`. */
export function buildTextTest(text: string, tree: Tree): QueryNode {
  return textTest(text, nth(tokens(tree), 0).value, nth(subtrees(tree), 0), nth(subtrees(tree), 1))
}

/** `path contains value`, `path not contains value` and so on, `path matches "pattern"`. */
export function buildInfix(text: string, tree: Tree): QueryNode {
  const name = nth(tokens(tree), 0).value
  const [path, value] = [nth(subtrees(tree), 0), nth(subtrees(tree), 1)]
  const node = name.startsWith('matches') ? matchesTest(text, path, value, casingOf(name)) : textTest(text, name, path, value)
  return tree.data === 'not_infix' ? NotNode.create(node) : node
}

function matchesTest(text: string, path: Tree, value: Tree, casing: Casing): RegexpNode {
  const token = nth(tokens(value), 0)
  if (token.type !== 'STRING') throw new QueryError('query-type', 'a pattern stands in quotes', text, treeSpan(value))
  return regexpNode(text, path, token, casing)
}

function textTest(text: string, written: string, pathTree: Tree, valueTree: Tree): ContainsNode | AffixNode {
  const casing = casingOf(written)
  const name = written.replace('~', '')
  const path = buildPath(text, pathTree)
  refuseMisfit(text, name, path, treeSpan(pathTree))
  const literal = buildLiteral(text, valueTree)
  const value = literal.kind === 'LiteralNode' ? literal.value : null
  if (name === 'contains' && value !== null && (casing === 'exact' || typeof value === 'string')) return ContainsNode.create(path, value, casing)
  if (name !== 'contains' && typeof value === 'string') return AffixNode.create(path, name === 'startsWith' ? 'start' : 'end', value, casing)
  const hope = name === 'contains' && casing === 'exact' ? 'a text, a number, true or false' : 'a text in quotes'
  throw new QueryError('query-type', `${written} looks for ${hope}`, text, treeSpan(valueTree))
}

function refuseMisfit(text: string, name: string, path: PathNode, span: Span): void {
  const misfit = checkTextTest(name, path)
  if (misfit) throw new QueryError('query-type', misfit.problem, text, span)
}

/** `path in (a, b)` and `path not in (a, b)`. */
export function buildMembership(text: string, tree: Tree): MembershipNode | NotNode {
  const path = buildPath(text, nth(subtrees(tree), 0))
  const casing = casingOf(nth(tokens(tree), 0).value)
  const items = subtrees(nth(subtrees(tree), 1))
  const values = items.map((item) => {
    const fitted = fitLiteral(path, casing === 'ignored' ? '==~' : '==', buildLiteral(text, item))
    if ('problem' in fitted) throw new QueryError('query-type', fitted.problem, text, treeSpan(item))
    return fitted
  })
  const node = MembershipNode.create(path, values, casing)
  return tree.data === 'non_membership' ? NotNode.create(node) : node
}

/** `"dev" in groups`: the other way of saying that a list contains it. */
export function buildHeld(text: string, tree: Tree): ContainsNode | NotNode {
  const [value, path] = [nth(subtrees(tree), 0), nth(subtrees(tree), 1)]
  const name = casingOf(nth(tokens(tree), 0).value) === 'ignored' ? 'contains~' : 'contains'
  const node = textTest(text, name, path, value) as ContainsNode
  const type = pathType(node.path.segments)
  if (type !== 'list' && type !== 'any') {
    const shown = text.slice(treeSpan(path).start, treeSpan(path).end)
    throw new QueryError('query-type', `${shown} is no list: write ${shown} contains … for a part of a text`, text, treeSpan(path))
  }
  return tree.data === 'not_held' ? NotNode.create(node) : node
}
