import type { JsonValue } from '@/lib/audit/event'
import { foldCase } from '../fold-case'
import type { ComparisonNode, ComparisonOperator, MembershipNode, OperandNode, OrderOperator, PathNode, RangeNode, Scalar } from '../nodes'
import { isTimePath } from '../schema'
import { allOf, anyOf, type Test } from './predicate'
import type { Source } from './source'

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = { '==': '==', '!=': '!=', '==~': '==~', '!=~': '!=~', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

type Positive = '==' | OrderOperator

export function compileComparison<T>(node: ComparisonNode, source: Source<T>): Test<T> {
  return comparePair(node.left, node.operator, node.right, source)
}

/** Each neighbouring pair must hold. */
export function compileRange<T>(node: RangeNode, source: Source<T>): Test<T> {
  const tests = node.operators.map((operator, index) => {
    const [left, right] = node.operands.slice(index, index + 2)
    if (!left || !right) throw new RangeError('a range needs one operand more than operators')
    return comparePair(left, operator, right, source)
  })
  return allOf(tests)
}

export function compileMembership<T>(node: MembershipNode, source: Source<T>): Test<T> {
  const read = source.read(node.path)
  const literals = node.values.flatMap((value) => (value.kind === 'LiteralNode' ? [value.value] : value.kind === 'DurationNode' ? [value.micros] : []))
  const times = new Set(node.values.flatMap((value) => (value.kind === 'TimeNode' ? [value.micros] : [])))
  const tests = [membershipOf(literals.filter((value) => value !== null), node.casing, read)]
  if (literals.includes(null)) tests.push(compareScalar(node.path, '==', null, source))
  if (times.size > 0) {
    const micros = source.micros(node.path)
    tests.push((item) => times.has(micros(item)))
  }
  return anyOf(tests)
}

function membershipOf<T>(literals: readonly Scalar[], casing: MembershipNode['casing'], read: (item: T) => JsonValue | undefined): Test<T> {
  const values = new Set<JsonValue | undefined>(literals)
  if (casing === 'exact') return (item) => values.has(read(item))
  const folded = new Set(literals.map((value) => foldCase(String(value))))
  return (item) => {
    const found = read(item)
    return typeof found === 'string' && folded.has(foldCase(found))
  }
}

function comparePair<T>(left: OperandNode, operator: ComparisonOperator, right: OperandNode, source: Source<T>): Test<T> {
  if (isWritten(left)) {
    if (isWritten(right)) throw new RangeError('a comparison needs a field')
    return comparePair(right, MIRRORED[operator], left, source)
  }
  if (operator === '!=' || operator === '!=~') {
    const equal = comparePair(left, operator === '!=' ? '==' : '==~', right, source)
    return (item) => !equal(item)
  }
  if (operator === '==~') return compareFolded(left, right, source)
  if (left.kind === 'PathNode' && right.kind === 'LiteralNode') return compareScalar(left, operator, right.value, source)
  if (left.kind === 'PathNode' && right.kind === 'PathNode') return comparePaths(left, operator, right, source)
  const [a, b] = isMoment(left) || isMoment(right) ? [microsOf(left, source), microsOf(right, source)] : [numberOf(left, source), numberOf(right, source)]
  const holds = comparer(operator)
  return (item) => holds(a(item), b(item))
}

/** Written in the query, so the same for every record. */
function isWritten(node: OperandNode): boolean {
  return node.kind === 'LiteralNode' || node.kind === 'TimeNode' || node.kind === 'NowNode' || node.kind === 'DurationNode'
}

function isMoment(node: OperandNode): boolean {
  return node.kind === 'TimeNode' || node.kind === 'NowNode' || node.kind === 'ShiftNode'
}

function microsOf<T>(node: OperandNode, source: Source<T>): (item: T) => number {
  switch (node.kind) {
    case 'PathNode':
      return source.micros(node)
    case 'ShiftNode': {
      const micros = source.micros(node.path)
      return (item) => micros(item) + node.shift
    }
    case 'TimeNode':
      return () => node.micros
    case 'NowNode':
      return () => source.now() + node.shift
    default:
      return () => Number.NaN
  }
}

/** NaN, of which no comparison holds, where there is no number. */
function numberOf<T>(node: OperandNode, source: Source<T>): (item: T) => number {
  if (node.kind === 'CountNode') return source.count(node)
  if (node.kind === 'DurationNode') return () => node.micros
  if (node.kind === 'LiteralNode') return typeof node.value === 'number' ? () => node.value as number : () => Number.NaN
  if (node.kind !== 'PathNode') return () => Number.NaN
  const read = source.read(node)
  return (item) => {
    const found = read(item)
    return typeof found === 'number' ? found : Number.NaN
  }
}

function compareScalar<T>(path: PathNode, operator: Positive, value: Scalar, source: Source<T>): Test<T> {
  if (value === null) {
    const exists = source.exists(path)
    return operator === '==' ? (item) => !exists(item) : () => false
  }
  const read = source.read(path)
  if (operator === '==') return (item) => read(item) === value
  if (typeof value === 'boolean') return () => false
  const holds = ordering(operator)
  return (item) => {
    const found = read(item)
    return typeof found === typeof value && holds(found as string | number, value)
  }
}

/** Texts that are equal without their case. */
function compareFolded<T>(left: OperandNode, right: OperandNode, source: Source<T>): Test<T> {
  if (left.kind !== 'PathNode') return () => false
  const read = source.read(left)
  if (right.kind === 'LiteralNode') {
    const wanted = foldCase(String(right.value))
    return (item) => {
      const found = read(item)
      return typeof found === 'string' && foldCase(found) === wanted
    }
  }
  if (right.kind !== 'PathNode') return () => false
  const readRight = source.read(right)
  return (item) => {
    const [a, b] = [read(item), readRight(item)]
    return typeof a === 'string' && typeof b === 'string' ? foldCase(a) === foldCase(b) : a === b && typeof a !== 'object'
  }
}

function comparePaths<T>(left: PathNode, operator: Positive, right: PathNode, source: Source<T>): Test<T> {
  const readLeft = source.read(left)
  const readRight = source.read(right)
  const byValue = comparer(operator)
  if (!isTimePath(left.segments) || !isTimePath(right.segments)) return (item) => byValue(readLeft(item), readRight(item))
  const leftMicros = source.micros(left)
  const rightMicros = source.micros(right)
  return (item) => {
    const a = leftMicros(item)
    const b = rightMicros(item)
    // Two texts that are no times still compare as texts.
    return Number.isNaN(a) || Number.isNaN(b) ? byValue(readLeft(item), readRight(item)) : byValue(a, b)
  }
}

type Comparer = (a: JsonValue | undefined, b: JsonValue | undefined) => boolean

function comparer(operator: Positive): Comparer {
  // Lists and objects are equal to nothing, themselves included.
  if (operator === '==') return (a, b) => a === b && typeof a !== 'object'
  const holds = ordering(operator)
  return (a, b) => (typeof a === 'number' || typeof a === 'string') && typeof a === typeof b && holds(a, b as string | number)
}

function ordering(operator: OrderOperator): (a: string | number, b: string | number) => boolean {
  switch (operator) {
    case '<':
      return (a, b) => a < b
    case '<=':
      return (a, b) => a <= b
    case '>':
      return (a, b) => a > b
    case '>=':
      return (a, b) => a >= b
  }
}
