import type { JsonValue } from '@/lib/audit/event'
import type { ComparisonNode, ComparisonOperator, MembershipNode, OperandNode, OrderOperator, PathNode, RangeNode, Scalar } from '../nodes'
import { isTimePath } from '../schema'
import { allOf, anyOf, type Predicate } from './predicate'
import { existsReader, microsReader, pathReader } from './read-path'

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

export function compileComparison(node: ComparisonNode): Predicate {
  return comparePair(node.left, node.operator, node.right)
}

/** Each neighbouring pair must hold. */
export function compileRange(node: RangeNode): Predicate {
  const tests = node.operators.map((operator, index) => {
    const [left, right] = node.operands.slice(index, index + 2)
    if (!left || !right) throw new RangeError('a range needs one operand more than operators')
    return comparePair(left, operator, right)
  })
  return allOf(tests)
}

export function compileMembership(node: MembershipNode): Predicate {
  const literals = node.values.flatMap((value) => (value.kind === 'LiteralNode' ? [value.value] : []))
  const values = new Set<JsonValue | undefined>(literals.filter((value) => value !== null))
  const times = new Set(node.values.flatMap((value) => (value.kind === 'TimeNode' ? [value.micros] : [])))
  const read = pathReader(node.path.segments)
  const tests: Predicate[] = [(record) => values.has(read(record))]
  if (literals.includes(null)) tests.push(compareScalar(node.path, '==', null))
  if (times.size > 0) {
    const micros = microsReader(node.path.segments)
    tests.push((record) => times.has(micros(record)))
  }
  return anyOf(tests)
}

function comparePair(left: OperandNode, operator: ComparisonOperator, right: OperandNode): Predicate {
  if (left.kind !== 'PathNode') {
    if (right.kind !== 'PathNode') throw new RangeError('a comparison needs a path')
    return comparePair(right, MIRRORED[operator], left)
  }
  if (operator === '!=') {
    const equal = comparePair(left, '==', right)
    return (record) => !equal(record)
  }
  if (right.kind === 'PathNode') return comparePaths(left, operator, right)
  if (right.kind === 'TimeNode') return compareNumbers(microsReader(left.segments), operator, right.micros)
  return compareScalar(left, operator, right.value)
}

function compareScalar(path: PathNode, operator: Exclude<ComparisonOperator, '!='>, value: Scalar): Predicate {
  if (value === null) {
    const exists = existsReader(path.segments)
    return operator === '==' ? (record) => !exists(record) : () => false
  }
  const read = pathReader(path.segments)
  if (operator === '==') return (record) => read(record) === value
  if (typeof value === 'boolean') return () => false
  const holds = ordering(operator)
  return (record) => {
    const found = read(record)
    return typeof found === typeof value && holds(found as string | number, value)
  }
}

function compareNumbers(read: (record: object) => number, operator: Exclude<ComparisonOperator, '!='>, value: number): Predicate {
  switch (operator) {
    case '==':
      return (record) => read(record) === value
    case '<':
      return (record) => read(record) < value
    case '<=':
      return (record) => read(record) <= value
    case '>':
      return (record) => read(record) > value
    case '>=':
      return (record) => read(record) >= value
  }
}

function comparePaths(left: PathNode, operator: Exclude<ComparisonOperator, '!='>, right: PathNode): Predicate {
  const readLeft = pathReader(left.segments)
  const readRight = pathReader(right.segments)
  const byValue = comparer(operator)
  if (!isTimePath(left.segments) || !isTimePath(right.segments)) return (record) => byValue(readLeft(record), readRight(record))
  const leftMicros = microsReader(left.segments)
  const rightMicros = microsReader(right.segments)
  return (record) => {
    const a = leftMicros(record)
    const b = rightMicros(record)
    // Two texts that are no times still compare as texts.
    return Number.isNaN(a) || Number.isNaN(b) ? byValue(readLeft(record), readRight(record)) : byValue(a, b)
  }
}

type Comparer = (a: JsonValue | undefined, b: JsonValue | undefined) => boolean

function comparer(operator: Exclude<ComparisonOperator, '!='>): Comparer {
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
