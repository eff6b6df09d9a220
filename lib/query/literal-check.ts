import { TimeNode, type ComparisonOperator, type OperandNode, type PathNode, type ValueNode } from './nodes'
import { pathText } from './path-text'
import { isTimePath, pathType } from './schema'
import { quote } from './text-literal'
import { parseTime } from './time'

export interface Misfit {
  readonly problem: string
  /** What was probably meant in its place. */
  readonly meant?: string
}

const ORDER: ReadonlySet<ComparisonOperator> = new Set(['<', '<=', '>', '>='])

/** An operand as it is compared with what stands beside it, or why the two could never compare. */
export function fitOperand(beside: OperandNode, operator: ComparisonOperator, node: OperandNode): OperandNode | Misfit {
  if (beside.kind === 'CountNode') return fitCount(operator, node)
  if (beside.kind === 'ShiftNode') return fitMoment(operator, node)
  if (node.kind === 'ShiftNode' || node.kind === 'CountNode' || node.kind === 'PathNode') return node
  return beside.kind === 'PathNode' ? fitLiteral(beside, operator, node) : node
}

function fitCount(operator: ComparisonOperator, node: OperandNode): OperandNode | Misfit {
  const number = node.kind === 'CountNode' || (node.kind === 'LiteralNode' && typeof node.value === 'number')
  const path = node.kind === 'PathNode' && ['number', 'any'].includes(pathType(node.segments))
  if ((number || path) && !isFolding(operator)) return node
  return { problem: number || path ? `a count has no case: write ${operator.slice(0, -1)}` : 'a count is compared with a number, such as 10' }
}

function fitMoment(operator: ComparisonOperator, node: OperandNode): OperandNode | Misfit {
  const time = node.kind === 'PathNode' ? isTimePath(node.segments) : node.kind === 'ShiftNode' || node.kind === 'NowNode'
  const fitted = time ? node : node.kind === 'LiteralNode' || node.kind === 'TimeNode' ? asTime(node) : null
  if (isFolding(operator)) return { problem: `a time has no case: write ${operator.slice(0, -1)}` }
  return fitted ?? { problem: 'a time is compared with a time, such as 2026-11-23T06:39:45Z or now - 10m' }
}

/**
 * The literal as it is compared with a path (a quoted time becomes a time where the path holds times),
 * or why no value at the path could ever compare with it.
 */
export function fitLiteral(path: PathNode, operator: ComparisonOperator, literal: ValueNode): ValueNode | Misfit {
  const name = pathText(path.segments)
  const type = pathType(path.segments)
  const value = literal.kind === 'LiteralNode' ? literal.value : undefined
  if ((value === null || typeof value === 'boolean') && ORDER.has(operator)) return { problem: `${String(value)} has no order: compare with == or !=` }
  if (isFolding(operator) && typeof value !== 'string') return { problem: `only a text has a case: write ${operator.slice(0, -1)}` }
  if (value === null) return literal
  switch (type) {
    case 'any':
      if (literal.kind === 'DurationNode') return { problem: `${name} is not known to be a length of time; put the value in quotes` }
      return isTimePath(path.segments) && !isFolding(operator) ? (asTime(literal) ?? literal) : literal
    case 'time':
      if (isFolding(operator)) return { problem: `${name} is a time, which has no case: write ${operator.slice(0, -1)}` }
      return asTime(literal) ?? { problem: `${name} is a time: write one such as 2026-11-23T06:39:45Z or 2026-11-23` }
    case 'duration':
      return literal.kind === 'DurationNode' ? literal : { problem: `${name} is a length of time: write one such as 5s, 10m or 1h30m` }
    case 'list':
      return { problem: `${name} is a list: write contains(${name}, …) or compare any place, ${name}[*], or one, ${name}[0]` }
    case 'object':
      return { problem: `${name} is an object: compare one of its parts, or write exists(${name})` }
    case 'text':
      return typeof value === 'string' ? literal : { problem: `${name} is a text: put the value in quotes`, ...(value === undefined ? {} : { meant: quote(String(value)) }) }
    case 'number':
      return typeof value === 'number' ? literal : { problem: `${name} is a number: write one such as 200, without quotes`, ...meantBare(value, /^-?\d{1,15}(?:\.\d{1,15})?$/) }
    case 'boolean':
      return typeof value === 'boolean' ? literal : { problem: `${name} is true or false: write one of these, without quotes`, ...meantBare(value, /^(?:true|false)$/) }
  }
}

/** A text that reads as the value which was wanted is meant without its quotes. */
function meantBare(value: unknown, bare: RegExp): Pick<Misfit, 'meant'> {
  return typeof value === 'string' && bare.test(value) ? { meant: value } : {}
}

function isFolding(operator: ComparisonOperator): boolean {
  return operator.endsWith('~')
}

/** The literal as a time; null where it is none. */
function asTime(literal: ValueNode): ValueNode | null {
  if (literal.kind === 'TimeNode' || literal.kind === 'NowNode') return literal
  const micros = literal.kind === 'LiteralNode' && typeof literal.value === 'string' ? parseTime(literal.value) : null
  return micros === null ? null : TimeNode.create(micros)
}

/** Why a text test (regexp, contains, startsWith, endsWith) can never hold of a path, or null where it can. */
export function checkTextTest(name: string, path: PathNode): Misfit | null {
  const type = pathType(path.segments)
  if (type === 'number' || type === 'boolean' || type === 'duration') return { problem: `${name} asks about texts, and ${pathText(path.segments)} is a ${type}` }
  if (type === 'object') return { problem: `${name} asks about texts and lists, and ${pathText(path.segments)} is an object` }
  return null
}
