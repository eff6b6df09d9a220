import { parseDuration } from './duration'
import { QueryError, type Span } from './error'
import type { Token, Tree } from './generated/parser.mjs'
import { QUERY_LIMITS } from './limits'
import { CountNode, DurationNode, EVERY, LiteralNode, NowNode, PathNode, ShiftNode, TimeNode, type OperandNode, type PathSegment, type QueryNode } from './nodes'
import { pathText } from './path-text'
import { isKnownRoot, isTimePath, resolvePath } from './schema'
import { unquote } from './text-literal'
import { parseTime } from './time'
import { nth, subtrees, tokens, tokenSpan, treeSpan } from './tree'

/** Builds the query within a function's brackets. */
export type BuildNested = (tree: Tree) => QueryNode

/** What stands on one side of a comparison, as written. */
export interface WrittenOperand {
  readonly span: Span
  /** Null for a path, which is read only when it is known what stands beside it. */
  readonly value: Exclude<OperandNode, PathNode> | null
  /** The path's tree where `value` is null. */
  readonly path: Tree
  /** The path is one word that names no field: it may stand for a text, as in the paper's `username == u`. */
  readonly word: string | null
}

const RESERVED = new Set(['and', 'or', 'not', 'in', 'in~', 'true', 'false', 'null', 'now'])

export function buildOperand(text: string, tree: Tree, buildNested: BuildNested): WrittenOperand {
  const span = treeSpan(tree)
  const made = (value: WrittenOperand['value']): WrittenOperand => ({ span, value, path: tree, word: null })
  switch (tree.data) {
    case 'path':
      return { span, value: null, path: tree, word: loneWord(tree) }
    case 'now':
      return made(NowNode.create(0))
    case 'count':
      return made(CountNode.create(buildNested(nth(subtrees(tree), 0))))
    case 'shifted':
      return made(buildShifted(text, tree))
    default:
      return made(buildLiteral(text, tree))
  }
}

function loneWord(path: Tree): string | null {
  const [first, ...others] = tokens(path)
  if (!first || others.length > 0) return null
  return isKnownRoot(first.value) ? null : first.value
}

/** `now - 10m`, `requestTime + 5s`. */
function buildShifted(text: string, tree: Tree): NowNode | ShiftNode | TimeNode {
  const base = nth(subtrees(tree), 0)
  const [sign, duration] = tokens(tree)
  if (!sign || !duration) throw new RangeError('a shift has a sign and a duration')
  const shift = readDuration(text, duration).micros * (sign.value === '-' ? -1 : 1) || 0
  if (base.data === 'now') return NowNode.create(shift)
  if (base.data === 'path') return buildShiftedPath(text, base, shift)
  const literal = base.data === 'literal' ? buildLiteral(text, base) : null
  const micros = literal?.kind === 'TimeNode' ? literal.micros : literal?.kind === 'LiteralNode' && typeof literal.value === 'string' ? parseTime(literal.value) : null
  if (micros === null) throw new QueryError('query-type', 'only a time can be moved by a duration', text, treeSpan(base))
  if (!Number.isSafeInteger(micros + shift)) throw new QueryError('query-limit', 'the time is moved too far', text, treeSpan(tree))
  return TimeNode.create(micros + shift)
}

function buildShiftedPath(text: string, tree: Tree, shift: number): ShiftNode {
  const path = buildPath(text, tree)
  if (!isTimePath(path.segments)) throw new QueryError('query-type', `only a time can be moved by a duration, and ${pathText(path.segments)} is none`, text, treeSpan(tree))
  return ShiftNode.create(path, shift)
}

/** A `literal` or `word` tree. */
export function buildLiteral(text: string, tree: Tree): LiteralNode | TimeNode | DurationNode {
  const token = nth(tokens(tree), 0)
  switch (token.type) {
    case 'STRING':
      return LiteralNode.create(unquote(token.value))
    case 'NUMBER':
      return LiteralNode.create(readNumber(text, token))
    case 'TIME':
      return readTime(text, token)
    case 'DURATION':
      return readDuration(text, token)
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
  if ('problem' in resolved) {
    const suggestion = resolved.guess === null ? null : { text: resolved.guess, ...treeSpan(tree) }
    throw new QueryError('query-field', resolved.problem, text, tokenSpan(nth(parts, resolved.at)), [], suggestion)
  }
  return PathNode.create(resolved)
}

function readSegment(text: string, token: Token): PathSegment {
  if (token.type === 'NAME') return token.value
  if (token.type === 'EVERY') return EVERY
  if (token.type === 'STRING') return unquote(token.value)
  const place = Number(token.value)
  if (/^[0-9]+$/.test(token.value) && place <= 0xffff_ffff) return place
  throw new QueryError('query-syntax', `${token.value} is no place in a list: places are 0, 1, 2 and so on, and * is any`, text, tokenSpan(token))
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

function readDuration(text: string, token: Token): DurationNode {
  const micros = parseDuration(token.value)
  if (micros !== null) return DurationNode.create(micros)
  throw new QueryError('query-limit', `${token.value} is too long a time`, text, tokenSpan(token))
}
