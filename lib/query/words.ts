import { formatMicros } from '@/lib/audit/time'
import { formatDuration } from './duration'
import type { Casing, ComparisonOperator, OperandNode, PathNode, QueryNode, Scalar } from './nodes'
import { pathText } from './path-text'
import { quote } from './text-literal'

/**
 * What a query asks, in words: `the verb is "delete", and more than 10 events of the context have: the resource is "pods"`.
 * For people; `explainQuery` gives the text that parses again.
 */
export function queryInWords(node: QueryNode): string {
  switch (node.kind) {
    case 'AndNode':
      return node.operands.map((operand) => grouped(operand, operand.kind === 'OrNode')).join(', and ')
    case 'OrNode':
      return node.operands.map((operand) => grouped(operand, operand.kind === 'AndNode')).join(', or ')
    case 'NotNode':
      return `it is not so that ${grouped(node.operand, node.operand.kind === 'AndNode' || node.operand.kind === 'OrNode')}`
    case 'QuantifierNode':
      return `${node.quantifier === 'any' ? 'at least one event' : 'every event'} of the context has: (${queryInWords(node.operand)})`
    case 'ComparisonNode':
      return comparisonInWords(node.left, node.operator, node.right)
    case 'RangeNode':
      return node.operators.map((operator, at) => comparisonInWords(node.operands[at] as OperandNode, operator, node.operands[at + 1] as OperandNode)).join(', and ')
    case 'MembershipNode':
      return `${name(node.path)} is one of ${node.values.map(operandInWords).join(', ')}${whatever(node.casing)}`
    case 'ExistsNode':
      return `${name(node.path)} is there`
    case 'RegexpNode':
      return `${name(node.path)} matches the pattern ${quote(node.pattern)}${whatever(node.casing)}`
    case 'ContainsNode':
      return `${name(node.path)} contains ${scalar(node.value)}${whatever(node.casing)}`
    case 'AffixNode':
      return `${name(node.path)} ${node.side === 'start' ? 'begins' : 'ends'} with ${quote(node.text)}${whatever(node.casing)}`
  }
}

const VERBS: Readonly<Record<ComparisonOperator, string>> = {
  '==': 'is', '!=': 'is not', '==~': 'is, whatever the case,', '!=~': 'is not, whatever the case,', '<': 'is less than', '<=': 'is at most', '>': 'is more than', '>=': 'is at least',
}
const TIMES: Readonly<Partial<Record<ComparisonOperator, string>>> = { '<': 'is before', '<=': 'is no later than', '>': 'is after', '>=': 'is no earlier than' }
const COUNTS: Readonly<Partial<Record<ComparisonOperator, string>>> = { '==': 'exactly', '!=': 'other than', '<': 'fewer than', '<=': 'at most', '>': 'more than', '>=': 'at least' }
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = { '==': '==', '!=': '!=', '==~': '==~', '!=~': '!=~', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function comparisonInWords(left: OperandNode, operator: ComparisonOperator, right: OperandNode): string {
  const written = left.kind === 'LiteralNode' || left.kind === 'TimeNode' || left.kind === 'NowNode' || left.kind === 'DurationNode'
  if (written) return comparisonInWords(right, MIRRORED[operator], left)
  if (left.kind === 'CountNode' && right.kind === 'LiteralNode') {
    return `${COUNTS[operator] ?? ''} ${scalar(right.value)} ${right.value === 1 ? 'event of the context has' : 'events of the context have'}: (${queryInWords(left.operand)})`
  }
  if (right.kind === 'LiteralNode' && right.value === null) return `${operandInWords(left)} is ${operator === '==' ? 'missing' : 'there'}`
  const timely = [left, right].some(({ kind }) => kind === 'TimeNode' || kind === 'NowNode' || kind === 'ShiftNode')
  return `${operandInWords(left)} ${(timely ? TIMES[operator] : undefined) ?? VERBS[operator]} ${operandInWords(right)}`
}

function operandInWords(node: OperandNode): string {
  switch (node.kind) {
    case 'PathNode':
      return name(node)
    case 'ShiftNode':
      return `${length(node.shift)} ${node.shift < 0 ? 'before' : 'after'} ${name(node.path)}`
    case 'NowNode':
      return node.shift === 0 ? 'now' : `${length(node.shift)} ${node.shift < 0 ? 'ago' : 'from now'}`
    case 'CountNode':
      return `the number of events of the context that have: (${queryInWords(node.operand)})`
    case 'TimeNode':
      return formatMicros(node.micros)
    case 'DurationNode':
      return formatDuration(node.micros)
    case 'LiteralNode':
      return scalar(node.value)
  }
}

function length(micros: number): string {
  return formatDuration(Math.abs(micros))
}

function grouped(node: QueryNode, needed: boolean): string {
  return needed ? `(${queryInWords(node)})` : queryInWords(node)
}

function whatever(casing: Casing): string {
  return casing === 'ignored' ? ', whatever the case' : ''
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['user.username', 'the user'], ['user.groups', "the user's groups"], ['objectRef.resource', 'the resource'], ['objectRef.subresource', 'the subresource'], ['objectRef.namespace', 'the namespace'],
  ['objectRef.name', "the object's name"], ['objectRef.apiGroup', 'the API group'], ['responseStatus.code', 'the status code'], ['requestReceivedTimestamp', 'the time received'],
  ['stageTimestamp', 'the time of the stage'], ['context.events', "the context's size"], ['context.duration', "the context's duration"], ['context.users', "the context's users"],
  ['userAgent', 'the user agent'], ['sourceIPs', 'the source addresses'],
])

function name(path: PathNode): string {
  const text = pathText(path.segments)
  return NAMES.get(text) ?? (/^[a-z]+$/.test(text) ? `the ${text}` : text)
}

function scalar(value: Scalar): string {
  return typeof value === 'string' ? quote(value) : String(value)
}
