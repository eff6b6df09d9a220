import type { QueryNode } from '../nodes'
import type { TableName } from './table'

/**
 * index: lists of rows by value; codes: a code for each row against the set of values that match; values of the rows: each
 * distinct value of the rows left is asked once; numbers: a number or time for each row; row by row: several columns
 * against one another; members: what the steps before found among the members, by context.
 */
export type How = 'index' | 'codes' | 'values of the rows' | 'numbers' | 'row by row' | 'members'

/** One test as it was run. */
export interface PlanStep {
  readonly node: QueryNode
  readonly on: TableName
  readonly how: How
  /** Rows. */
  readonly lookedAt: number
  /** Rows that passed. */
  readonly kept: number
  /** Distinct values of the column, and how many of them match; null where the column has no dictionary. */
  readonly values: { readonly distinct: number; readonly matching: number | null } | null
}
