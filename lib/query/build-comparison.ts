import { buildOperand, buildPath, wordLiteral, type BuildNested, type WrittenOperand } from './build-operand'
import { QueryError, type Span } from './error'
import type { Tree } from './generated/parser.mjs'
import { fitOperand } from './literal-check'
import { ComparisonNode, RangeNode, type ComparisonOperator, type OperandNode, type OrderOperator } from './nodes'
import { nth, subtrees, tokens, tokenSpan } from './tree'

interface WrittenOperator {
  readonly operator: ComparisonOperator
  readonly span: Span
}

/** `a == b`, or a chain `a < b <= c`. */
export function buildComparison(text: string, tree: Tree, buildNested: BuildNested): ComparisonNode | RangeNode {
  const parts = subtrees(tree)
  const operators = parts.filter((part) => part.data === 'operator').map(readOperator)
  const written = parts.filter((part) => part.data !== 'operator').map((part) => buildOperand(text, part, buildNested))
  if (operators.length > 1) checkChain(text, operators)
  const settled = settleOperands(text, written, operators)
  const first = nth(operators, 0)
  if (operators.length === 1) return ComparisonNode.create(nth(settled, 0), first.operator, nth(settled, 1))
  return RangeNode.create(settled, operators.map((one) => one.operator as OrderOperator))
}

function readOperator(tree: Tree): WrittenOperator {
  const token = nth(tokens(tree), 0)
  return { operator: token.value as ComparisonOperator, span: tokenSpan(token) }
}

function checkChain(text: string, operators: readonly WrittenOperator[]): void {
  const way = nth(operators, 0).operator[0]
  for (const { operator, span } of operators) {
    const ordered = operator[0] === '<' || operator[0] === '>'
    if (ordered && operator[0] === way) continue
    throw new QueryError('query-syntax', `unexpected '${operator}': a chain holds < and <= only, or > and >= only; join others with and`, text, span)
  }
}

/** Of the record, so that a word beside it is a text. */
function isKnown({ value, word }: WrittenOperand): boolean {
  return value === null ? word === null : isOfRecord(value)
}

function isOfRecord(node: OperandNode): boolean {
  return node.kind === 'PathNode' || node.kind === 'ShiftNode' || node.kind === 'CountNode'
}

/** Decides which words are texts, resolves the paths, and fits each value to what stands beside it. */
function settleOperands(text: string, written: readonly WrittenOperand[], operators: readonly WrittenOperator[]): OperandNode[] {
  const known = written.some(isKnown)
  const nodes = written.map((operand): OperandNode => {
    if (operand.value) return operand.value
    if (operand.word !== null && known) return wordLiteral(text, operand.word, operand.span)
    return buildPath(text, operand.path)
  })
  return nodes.map((_, index) => fitBeside(text, written, nodes, operators, index))
}

function fitBeside(
  text: string,
  written: readonly WrittenOperand[],
  nodes: readonly OperandNode[],
  operators: readonly WrittenOperator[],
  index: number,
): OperandNode {
  let node = nth(nodes, index)
  for (const side of [index - 1, index]) {
    const operator = operators[side]
    const beside = nodes[side === index ? index + 1 : index - 1]
    if (!operator || !beside) continue
    if (!isOfRecord(node) && !isOfRecord(beside)) {
      const span = { start: nth(written, Math.min(index, side)).span.start, end: nth(written, Math.max(index, side + 1)).span.end }
      throw new QueryError('query-type', 'two values are compared: one side must be a field of the event', text, span)
    }
    const fitted = fitOperand(beside, operator.operator, node)
    if ('problem' in fitted) {
      const { span } = nth(written, index)
      throw new QueryError('query-type', fitted.problem, text, span, [], fitted.meant === undefined ? null : { ...span, text: fitted.meant })
    }
    node = fitted
  }
  return node
}
