import type { ComparisonOperator, OperandNode, PathNode, QueryNode } from '@/lib/query/nodes'

/** Whether what is asked must hold, or must not. */
type Sense = 'held' | 'denied'

/** Of a context, what does not change as it grows. */
const STEADY = new Set(['id', 'first', 'trigger'])
/** Of a context, lists that only get longer: what one item passed it passes for good. */
const LISTS = new Set(['users', 'members'])

/**
 * Whether a context that matches may cease to as it grows: "nothing of it failed", "fewer than three pods". Such a query is
 * answered for good only when the context has come to rest; `any(...)` and `count(...) > n` once true stay true.
 */
export function asksForRest(query: QueryNode): boolean {
  return mayBeLost(query, 'held')
}

function mayBeLost(node: QueryNode, sense: Sense): boolean {
  switch (node.kind) {
    case 'AndNode':
    case 'OrNode':
      return node.operands.some((operand) => mayBeLost(operand, sense))
    case 'NotNode':
      return mayBeLost(node.operand, opposite(sense))
    case 'QuantifierNode':
      return (node.quantifier === 'any') !== (sense === 'held') || mayBeLost(node.operand, sense)
    case 'ComparisonNode':
      return comparisonMayBeLost(node.left, node.operator, node.right, sense)
    case 'RangeNode':
      return node.operands.some(grows)
    case 'ContainsNode':
    case 'ExistsNode':
    case 'RegexpNode':
    case 'AffixNode':
      return grows(node.path) && (sense === 'denied' || !isList(node.path))
    case 'MembershipNode':
      return grows(node.path)
  }
}

function opposite(sense: Sense): Sense {
  return sense === 'held' ? 'denied' : 'held'
}

/** A number that only grows stays above what it has passed. */
function comparisonMayBeLost(left: OperandNode, operator: ComparisonOperator, right: OperandNode, sense: Sense): boolean {
  if (!grows(left) && !grows(right)) return false
  if (grows(left) && grows(right)) return true
  if (asksOfContext(left) || asksOfContext(right)) return true
  const above = grows(left) ? ['>', '>='] : ['<', '<=']
  const below = grows(left) ? ['<', '<='] : ['>', '>=']
  return !(sense === 'held' ? above : below).includes(operator)
}

function grows(operand: OperandNode): boolean {
  switch (operand.kind) {
    case 'CountNode': return true
    case 'ShiftNode': return grows(operand.path)
    case 'PathNode': return operand.segments[0] === 'context' && !STEADY.has(String(operand.segments[1]))
    default: return false
  }
}

function isList({ segments }: PathNode): boolean {
  return segments.length === 2 && LISTS.has(String(segments[1]))
}

/** A count of members by what itself changes with the context may go either way. */
function asksOfContext(operand: OperandNode): boolean {
  return operand.kind === 'CountNode' && (mayBeLost(operand.operand, 'held') || mayBeLost(operand.operand, 'denied'))
}
