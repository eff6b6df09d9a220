import type { OperandNode, QueryNode } from '../nodes'

/*
 * A second, slow and plain reading of the language over parsed JSON as logged, to hold the compiler to. It shares
 * nothing with the compiler but the syntax tree: times go through BigInt microseconds, patterns through JavaScript.
 */

export function referenceMatches(node: QueryNode, event: unknown): boolean {
  switch (node.kind) {
    case 'AndNode':
      return node.operands.every((operand) => referenceMatches(operand, event))
    case 'OrNode':
      return node.operands.some((operand) => referenceMatches(operand, event))
    case 'NotNode':
      return !referenceMatches(node.operand, event)
    case 'ComparisonNode':
      return compare(node.left, node.operator, node.right, event)
    case 'RangeNode':
      return node.operators.every((operator, i) => compare(node.operands[i]!, operator, node.operands[i + 1]!, event))
    case 'MembershipNode':
      return node.values.some((value) => compare(node.path, '==', value, event))
    case 'ExistsNode':
      return look(event, node.path.segments) !== null
    case 'RegexpNode':
      return texts(event, node).some((text) => new RegExp(node.pattern, 'u').test(text))
    case 'AffixNode':
      return texts(event, node).some((text) => (node.side === 'start' ? text.slice(0, node.text.length) : node.text === '' ? '' : text.slice(-node.text.length)) === node.text)
    case 'ContainsNode': {
      const value = look(event, node.path.segments)
      if (Array.isArray(value)) return value.some((item) => item === node.value)
      return typeof value === 'string' && typeof node.value === 'string' && value.indexOf(node.value) >= 0
    }
  }
}

/** Null stands for missing. */
function look(event: unknown, segments: readonly (string | number)[]): unknown {
  let here: unknown = event
  for (const segment of segments) {
    if (here === null || typeof here !== 'object') return null
    if (Array.isArray(here) !== (typeof segment === 'number')) return null
    const entry = Object.entries(here).find(([key]) => key === String(segment))
    here = entry ? entry[1] : null
  }
  return here ?? null
}

function texts(event: unknown, node: { path: { segments: readonly (string | number)[] } }): string[] {
  const value = look(event, node.path.segments)
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string')
}

function micros(text: string): bigint | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/.exec(text)
  if (!match) return null
  const fraction = (match[2] ?? '').slice(0, 6).padEnd(6, '0')
  return BigInt(Date.parse(`${match[1]}Z`)) * 1_000n + BigInt(fraction)
}

function compare(left: OperandNode, operator: string, right: OperandNode, event: unknown): boolean {
  const value = (operand: OperandNode): unknown => (operand.kind === 'PathNode' ? look(event, operand.segments) : operand.kind === 'TimeNode' ? BigInt(operand.micros) : operand.value)
  let a = value(left)
  let b = value(right)
  const timed = (operand: OperandNode): boolean => operand.kind === 'PathNode' && /(?:Timestamp|Time)$/.test(String(operand.segments.at(-1)))
  const instants = [a, b].map((one) => (typeof one === 'string' ? micros(one) : typeof one === 'bigint' ? one : null))
  const oneWritten = typeof a === 'bigint' || typeof b === 'bigint'
  if (instants.every((one) => one !== null) && (oneWritten || (timed(left) && timed(right)))) [a, b] = instants
  if (typeof a !== typeof b || (a !== null && typeof a === 'object')) return operator === '!='
  if (operator === '==') return a === b
  if (operator === '!=') return a !== b
  if (typeof a !== 'string' && typeof a !== 'number' && typeof a !== 'bigint') return false
  const order = a === b ? 0 : (a as string) < (b as string) ? -1 : 1
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0
}
