import { compileTest } from '../compile/compile-test'
import type { CountNode, QuantifierNode, QueryNode } from '../nodes'
import type { Test } from '../compile/predicate'
import { Bitmap } from './bitmap'
import { codeTest, namedCodes, scanDictionary, type CodeSet } from './code-set'
import { rowSource } from './column-source'
import type { DictionaryColumn } from './dictionary-column'
import { leafPaths } from '../leaf-paths'
import { orderTests, type Estimate } from './order-tests'
import type { How, PlanStep } from './plan-step'
import { positiveOf } from '../positive-of'
import type { QueryColumns } from './query-columns'
import type { Remembered } from './remembered'
import { scanCodes, scanPostings } from './scan-codes'
import type { Table } from './table'

export interface EvaluationHooks {
  /** The same function in every run of a query, as tests are kept with it. */
  readonly now: () => number
  readonly remembered: Remembered
  /** Called for each test that is looked at. */
  readonly onStep?: (step: PlanStep) => void
}

/** Runs a query over a table: the rows of `among` for which it holds. */
export class Evaluation {
  readonly #columns: QueryColumns
  readonly #hooks: EvaluationHooks
  readonly #sizes: Uint32Array

  constructor(columns: QueryColumns, hooks: EvaluationHooks) {
    this.#columns = columns
    this.#hooks = hooks
    this.#sizes = columns.layout.sizes
  }

  run(node: QueryNode, table: Table, among: Bitmap): Bitmap {
    switch (node.kind) {
      case 'AndNode':
        return this.#all(node.operands, table, among)
      case 'OrNode':
        return this.#any(node.operands, table, among)
      case 'NotNode':
        return among.without(this.run(node.operand, table, among))
      default:
        return this.#leaf(node, table, among)
    }
  }

  /** Those that leave few rows first; the others look at what is left. */
  #all(operands: readonly QueryNode[], table: Table, among: Bitmap): Bitmap {
    let left = among
    for (const operand of orderTests(operands, (node) => this.#estimate(node, table))) {
      if (left.isEmpty()) return left
      left = this.run(operand, table, left)
    }
    return left
  }

  #any(operands: readonly QueryNode[], table: Table, among: Bitmap): Bitmap {
    let found = new Bitmap(among.size)
    let left = among
    for (const operand of orderTests(operands, (node) => ({ ...this.#estimate(node, table), rows: 0 }))) {
      if (left.isEmpty()) return found
      const more = this.run(operand, table, left)
      found = found.or(more)
      left = left.without(more)
    }
    return found
  }

  #leaf(node: QueryNode, table: Table, among: Bitmap): Bitmap {
    const positive = positiveOf(node)
    if (positive) return among.without(this.#leaf(positive, table, among))
    const { paths, counts } = leafPaths(node)
    const [path] = paths
    const column = path && paths.length === 1 && !counts ? table.column(path) : null
    if (column?.kind === 'dictionary') return this.#dictionary(node, column, table, among)
    const make = (): Test<number> => compileTest(node, rowSource(table, (one) => this.#countMembers(one, table, among), this.#sizes, this.#hooks.now))
    const kept = among.filter(column ? this.#hooks.remembered.testOf(node, column, make) : make())
    this.#tell(node, table, counts ? 'members' : column ? 'numbers' : 'row by row', among.count.bind(among), kept)
    return kept
  }

  #dictionary(node: QueryNode, column: DictionaryColumn, table: Table, among: Bitmap): Bitmap {
    const set = this.#codeSet(node, column, among.count())
    if (!set) {
      const kept = this.#lazily(node, column, among)
      this.#tell(node, table, 'values of the rows', among.count.bind(among), kept, { distinct: column.distinct - 1, matching: null })
      return kept
    }
    const values = { distinct: column.distinct - 1, matching: set.codes.length }
    const rows = set.codes.reduce((sum, code) => sum + column.postings.countOf(code), 0)
    const few = rows * 16 < among.size
    const kept = few ? scanPostings(column.postings, set, among) : scanCodes(column.codes, set, among)
    this.#tell(node, table, few ? 'index' : 'codes', () => (few ? rows : among.count()), kept, values)
    return kept
  }

  /** Null where the rows left are fewer than the values. */
  #codeSet(node: QueryNode, column: DictionaryColumn, rows: number): CodeSet | null {
    const { remembered } = this.#hooks
    const known = remembered.setOf(node, column)
    if (known) return known
    const made = namedCodes(node, column) ?? (column.distinct <= rows ? scanDictionary(this.#codeTest(node, column), column.distinct) : null)
    if (made && !leafPaths(node).timely) remembered.keepSet(node, column, made)
    return made
  }

  #codeTest(node: QueryNode, column: DictionaryColumn): Test<number> {
    return this.#hooks.remembered.testOf(node, column, () => codeTest(node, column, this.#hooks.now))
  }

  /** Asks each value once, and only those that the rows have. */
  #lazily(node: QueryNode, column: DictionaryColumn, among: Bitmap): Bitmap {
    const test = this.#codeTest(node, column)
    const answers = leafPaths(node).timely ? new Uint8Array(column.distinct) : this.#hooks.remembered.answersOf(node, column)
    return among.filter((row) => {
      const code = column.codes[row] ?? 0
      const known = answers[code] ?? 0
      if (known > 0) return known === 2
      const answer = test(code)
      answers[code] = answer ? 2 : 1
      return answer
    })
  }

  /** How many members of each context of the rows pass; for `all`, too. */
  #countMembers(node: CountNode | QuantifierNode, table: Table, among: Bitmap): Int32Array {
    const { begins, contextOfMember } = this.#columns.layout
    const { members } = this.#columns
    const contexts = new Bitmap(this.#sizes.length)
    among.forEach((row) => {
      const context = table.contextOf[row] ?? -1
      if (context >= 0) contexts.add(context)
    })
    const asked = new Bitmap(members.size)
    contexts.forEach((context) => asked.addRange(begins[context] ?? 0, begins[context + 1] ?? 0))
    const counts = new Int32Array(this.#sizes.length)
    this.run(node.operand, members, asked).forEach((member) => counts[contextOfMember[member] ?? 0]!++)
    return counts
  }

  #estimate(node: QueryNode, table: Table): Estimate {
    const unknown = table.size / 2
    if (node.kind === 'AndNode' || node.kind === 'OrNode') return { cost: Math.max(...node.operands.map((operand) => this.#estimate(operand, table).cost)), rows: unknown }
    const turned = node.kind === 'NotNode' ? node.operand : positiveOf(node)
    if (turned) {
      const { cost, rows } = this.#estimate(turned, table)
      return { cost, rows: table.size - rows }
    }
    const { paths, counts } = leafPaths(node)
    const [path] = paths
    if (counts) return { cost: 5, rows: unknown }
    if (!path || paths.length > 1) return { cost: 4, rows: unknown }
    const column = table.column(path)
    if (column.kind !== 'dictionary') return { cost: 2, rows: unknown }
    const set = this.#codeSet(node, column, SMALL)
    if (!set) return { cost: node.kind === 'RegexpNode' ? 4 : 3, rows: unknown }
    return { cost: 1, rows: set.codes.reduce((sum, code) => sum + column.postings.countOf(code), 0) }
  }

  #tell(node: QueryNode, table: Table, how: How, lookedAt: () => number, kept: Bitmap, values?: PlanStep['values']): void {
    this.#hooks.onStep?.({ node, on: table.name, how, lookedAt: lookedAt(), kept: kept.count(), values: values ?? null })
  }
}

/** A dictionary of which it is worth asking every value before the order of the tests is known. */
const SMALL = 512
