import { type LiteralNode, TimeNode, type ComparisonOperator, type PathNode } from './nodes'
import { pathText } from './path-text'
import { isTimePath, pathType } from './schema'
import { parseTime } from './time'

export interface Misfit {
  readonly problem: string
}

const ORDER: ReadonlySet<ComparisonOperator> = new Set(['<', '<=', '>', '>='])

/**
 * The literal as it is compared with a path (a quoted time becomes a time where the path holds times),
 * or why no value at the path could ever compare with it.
 */
export function fitLiteral(path: PathNode, operator: ComparisonOperator, literal: LiteralNode | TimeNode): LiteralNode | TimeNode | Misfit {
  const name = pathText(path.segments)
  const type = pathType(path.segments)
  if (literal.kind === 'LiteralNode' && (literal.value === null || typeof literal.value === 'boolean') && ORDER.has(operator)) {
    return { problem: `${String(literal.value)} has no order: compare with == or !=` }
  }
  if (literal.kind === 'LiteralNode' && literal.value === null) return literal
  switch (type) {
    case 'any':
      return isTimePath(path.segments) ? (asTime(literal) ?? literal) : literal
    case 'time':
      return asTime(literal) ?? { problem: `${name} is a time: write one such as 2026-11-23T06:39:45Z or 2026-11-23` }
    case 'list':
      return { problem: `${name} is a list: write contains(${name}, …) or compare one place, ${name}[0]` }
    case 'object':
      return { problem: `${name} is an object: compare one of its parts, or write exists(${name})` }
    case 'text':
      return isValue(literal, 'string') ? literal : { problem: `${name} is a text: put the value in quotes` }
    case 'number':
      return isValue(literal, 'number') ? literal : { problem: `${name} is a number: write one such as 200, without quotes` }
    case 'boolean':
      return isValue(literal, 'boolean') ? literal : { problem: `${name} is true or false: write one of these, without quotes` }
  }
}

function isValue(literal: LiteralNode | TimeNode, type: 'string' | 'number' | 'boolean'): boolean {
  return literal.kind === 'LiteralNode' && typeof literal.value === type
}

/** The literal as a time; null where it is none. */
function asTime(literal: LiteralNode | TimeNode): TimeNode | null {
  if (literal.kind === 'TimeNode') return literal
  const micros = typeof literal.value === 'string' ? parseTime(literal.value) : null
  return micros === null ? null : TimeNode.create(micros)
}

/** Why a text test (regexp, contains, startsWith, endsWith) can never hold of a path, or null where it can. */
export function checkTextTest(name: string, path: PathNode): Misfit | null {
  const type = pathType(path.segments)
  if (type === 'number' || type === 'boolean') return { problem: `${name} asks about texts, and ${pathText(path.segments)} is a ${type}` }
  if (type === 'object') return { problem: `${name} asks about texts and lists, and ${pathText(path.segments)} is an object` }
  return null
}
