import { formatMicros } from '@/lib/audit/time'
import { formatDuration } from './duration'
import type { Casing, OperandNode, QueryNode } from './nodes'
import { pathText } from './path-text'
import { quote } from './text-literal'

/** The canonical text of a query: parsing it gives the same tree again. */
export function explainQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'OrNode':
      return node.operands.map(explainQuery).join(' or ')
    case 'AndNode':
      return node.operands.map((operand) => bracketed(operand, operand.kind === 'OrNode')).join(' and ')
    case 'NotNode':
      return explainNegation(node.operand)
    case 'ComparisonNode':
      return `${explainOperand(node.left)} ${node.operator} ${explainOperand(node.right)}`
    case 'RangeNode':
      return node.operands.map((operand, index) => (index === 0 ? '' : ` ${node.operators[index - 1]} `) + explainOperand(operand)).join('')
    case 'MembershipNode':
      return `${pathText(node.path.segments)} in${fold(node.casing)} (${node.values.map(explainOperand).join(', ')})`
    case 'ExistsNode':
      return `exists(${pathText(node.path.segments)})`
    case 'RegexpNode':
      return `regexp${fold(node.casing)}(${pathText(node.path.segments)}, ${quote(node.pattern)})`
    case 'ContainsNode':
      return `contains${fold(node.casing)}(${pathText(node.path.segments)}, ${scalarText(node.value)})`
    case 'AffixNode':
      return `${node.side === 'start' ? 'startsWith' : 'endsWith'}${fold(node.casing)}(${pathText(node.path.segments)}, ${quote(node.text)})`
    case 'QuantifierNode':
      return `${node.quantifier}(${explainQuery(node.operand)})`
  }
}

function explainNegation(operand: QueryNode): string {
  const test = operand.kind !== 'OrNode' && operand.kind !== 'AndNode'
  return `not ${bracketed(operand, !test || operand.kind === 'ComparisonNode' || operand.kind === 'RangeNode' || operand.kind === 'MembershipNode')}`
}

function bracketed(node: QueryNode, needed: boolean): string {
  return needed ? `(${explainQuery(node)})` : explainQuery(node)
}

export function explainOperand(node: OperandNode): string {
  switch (node.kind) {
    case 'PathNode':
      return pathText(node.segments)
    case 'TimeNode':
      return formatMicros(node.micros)
    case 'DurationNode':
      return formatDuration(node.micros)
    case 'NowNode':
      return node.shift === 0 ? 'now' : `now ${shiftText(node.shift)}`
    case 'ShiftNode':
      return `${pathText(node.path.segments)} ${shiftText(node.shift)}`
    case 'CountNode':
      return `count(${explainQuery(node.operand)})`
    case 'LiteralNode':
      return scalarText(node.value)
  }
}

function shiftText(micros: number): string {
  return `${micros < 0 ? '-' : '+'} ${formatDuration(Math.abs(micros))}`
}

function fold(casing: Casing): string {
  return casing === 'ignored' ? '~' : ''
}

function scalarText(value: string | number | boolean | null): string {
  return typeof value === 'string' ? quote(value) : String(value)
}
