import { systemNow } from '../compile/compile-query'
import { explainQuery } from '../explain'
import { visitPaths } from '../fields-used'
import type { QueryNode } from '../nodes'
import { pathText } from '../path-text'
import type { Bitmap } from './bitmap'
import { Evaluation } from './evaluation'
import { isFoundPath } from './found-path'
import type { How, PlanStep } from './plan-step'
import type { QueryColumns } from './query-columns'
import { Remembered } from './remembered'
import type { TableName } from './table'

export interface RunOptions {
  /** What the query is asked of: contexts by their triggers (the default), or lines. */
  readonly of?: 'contexts' | 'lines'
  /** Microseconds since the Unix epoch, for `now`; the clock where left out. */
  readonly now?: number
  /** Called after each test, and may throw to end the query: a deadline. */
  readonly onTest?: () => void
}

/** A step of the plan, ready to be shown. */
export interface QueryPlanStep {
  readonly test: string
  readonly on: TableName
  readonly how: How
  readonly lookedAt: number
  readonly kept: number
  readonly values: PlanStep['values']
}

/** How a query was answered. */
export interface QueryPlan {
  readonly query: string
  readonly of: 'contexts' | 'lines'
  /** Rows of what it was asked of. */
  readonly rows: number
  /** Rows that match. */
  readonly matched: number
  /** In the order in which they were run; a test that no row was left for is missing. */
  readonly steps: readonly QueryPlanStep[]
  /** Canonical paths that the query reads in the log. */
  readonly columns: readonly string[]
}

/** A query compiled for columns; it keeps what it has worked out, so later runs are quicker. */
export class ColumnQuery {
  readonly #remembered = new Remembered()
  #at = 0
  readonly #now = (): number => this.#at

  constructor(readonly node: QueryNode) {}

  /**
   * The places, in `columns.found.contexts` or in the lines, that match; ascending. Throws AuditweaveError `query-column`
   * where a path is not at hand: see `EventColumns.missing`.
   */
  run(columns: QueryColumns, options: RunOptions = {}): Bitmap {
    return this.#run(columns, options)
  }

  /** Runs the query and tells how. */
  explain(columns: QueryColumns, options: RunOptions = {}): QueryPlan {
    return this.trace(columns, options).plan
  }

  /** Runs the query once for both: what matches, and how that was found. */
  trace(columns: QueryColumns, options: RunOptions = {}): { readonly rows: Bitmap; readonly plan: QueryPlan } {
    const steps: PlanStep[] = []
    const rows = this.#run(columns, options, (step) => steps.push(step))
    return { rows, plan: this.#plan(columns, options, steps, rows.count()) }
  }

  #plan(columns: QueryColumns, { of = 'contexts' }: RunOptions, steps: readonly PlanStep[], matched: number): QueryPlan {
    const paths = new Set<string>()
    visitPaths(this.node, (path) => { if (!isFoundPath(path)) paths.add(pathText(path.segments)) })
    return {
      query: explainQuery(this.node), of, rows: columns[of].size, matched, columns: [...paths].sort(),
      steps: steps.map(({ node, on, how, lookedAt, kept, values }) => ({ test: explainQuery(node), on, how, lookedAt, kept, values })),
    }
  }

  #run(columns: QueryColumns, { of = 'contexts', now, onTest }: RunOptions, onStep?: (step: PlanStep) => void): Bitmap {
    this.#at = now ?? systemNow()
    const told = onTest ? (step: PlanStep): void => { onStep?.(step); onTest() } : onStep
    const evaluation = new Evaluation(columns, { now: this.#now, remembered: this.#remembered, ...(told ? { onStep: told } : {}) })
    const table = columns[of]
    return evaluation.run(this.node, table, table.asked)
  }
}

export function compileColumns(node: QueryNode): ColumnQuery {
  return new ColumnQuery(node)
}

/** How a query is answered over columns, as data; it is run for that. */
export function explainPlan(node: QueryNode, columns: QueryColumns, options: RunOptions = {}): QueryPlan {
  return new ColumnQuery(node).explain(columns, options)
}
