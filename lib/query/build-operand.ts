import { QueryError, type Span } from './error'
import type { Token, Tree } from './generated/parser.mjs'
import { QUERY_LIMITS } from './limits'
import { LiteralNode, PathNode, TimeNode, type PathSegment } from './nodes'
import { isKnownRoot, resolvePath } from './schema'
import { unquote } from './text-literal'
import { parseTime } from './time'
import { nth, tokens, tokenSpan, treeSpan } from './tree'

/** What stands on one side of a comparison, as written. */
export interface WrittenOperand {
  readonly span: Span
  readonly value: LiteralNode | TimeNode | null
  /** The path's tree where `value` is null. */
  readonly path: Tree
  /** The path is one word that names no field: it may stand for a text, as in the paper's `username == u`. */
  readonly word: string | null
}

const RESERVED = new Set(['and', 'or', 'not', 'in', 'true', 'false', 'null'])

export function buildOperand(text: string, tree: Tree): WrittenOperand {
  const span = treeSpan(tree)
  if (tree.data === 'path') return { span, value: null, path: tree, word: loneWord(tree) }
  return { span, value: buildLiteral(text, tree), path: tree, word: null }
}

function loneWord(path: Tree): string | null {
  const [first, ...others] = tokens(path)
  if (!first || others.length > 0) return null
  return isKnownRoot(first.value) ? null : first.value
}

/** A `literal` or `word` tree. */
export function buildLiteral(text: string, tree: Tree): LiteralNode | TimeNode {
  const token = nth(tokens(tree), 0)
  switch (token.type) {
    case 'STRING':
      return LiteralNode.create(unquote(token.value))
    case 'NUMBER':
      return LiteralNode.create(readNumber(text, token))
    case 'TIME':
      return readTime(text, token)
    case 'TRUE':
    case 'FALSE':
      return LiteralNode.create(token.type === 'TRUE')
    case 'NULL':
      return LiteralNode.create(null)
    default:
      return wordLiteral(text, token.value, tokenSpan(token))
  }
}

/** A bare word as the text it stands for. */
export function wordLiteral(text: string, word: string, span: Span): LiteralNode {
  if (RESERVED.has(word.toLowerCase())) {
    throw new QueryError('query-syntax', `unexpected '${word}'`, text, span, ['a path', 'a value'])
  }
  return LiteralNode.create(word)
}

export function buildPath(text: string, tree: Tree): PathNode {
  const parts = tokens(tree)
  const first = nth(parts, 0)
  if (RESERVED.has(first.value.toLowerCase()) && !isKnownRoot(first.value)) {
    throw new QueryError('query-syntax', `unexpected '${first.value}'`, text, tokenSpan(first), ['a path', 'a value'])
  }
  if (parts.length > QUERY_LIMITS.segments) {
    throw new QueryError('query-limit', `the path has ${parts.length} parts, more than ${QUERY_LIMITS.segments}`, text, treeSpan(tree))
  }
  const resolved = resolvePath(parts.map((token) => readSegment(text, token)))
  if ('problem' in resolved) throw new QueryError('query-field', resolved.problem, text, tokenSpan(nth(parts, resolved.at)))
  return PathNode.create(resolved)
}

function readSegment(text: string, token: Token): PathSegment {
  if (token.type === 'NAME') return token.value
  if (token.type === 'STRING') return unquote(token.value)
  const place = Number(token.value)
  if (/^[0-9]+$/.test(token.value) && place <= 0xffff_ffff) return place
  throw new QueryError('query-syntax', `${token.value} is no place in a list: places are 0, 1, 2 and so on`, text, tokenSpan(token))
}

function readNumber(text: string, token: Token): number {
  const value = Number(token.value)
  if (!Number.isFinite(value)) throw new QueryError('query-limit', `${token.value} is too large a number`, text, tokenSpan(token))
  // Both zeros are one number; the negative one has no text of its own.
  return value === 0 ? 0 : value
}

function readTime(text: string, token: Token): TimeNode {
  const micros = parseTime(token.value)
  if (micros !== null) return TimeNode.create(micros)
  throw new QueryError('query-syntax', `${token.value} is no time of the calendar, or not of the years 1685 to 2254`, text, tokenSpan(token))
}
