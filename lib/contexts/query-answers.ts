import type { QueryPlan } from '@/lib/query'

/** What a query is asked of. */
export type AskedOf = 'contexts' | 'lines'

/** What is told of each answer; of a context it is told of its trigger. */
export const ANSWER_COLUMNS = [
  'context', 'auditID', 'seq', 'micros', 'user', 'verb', 'resource', 'namespace', 'name', 'code', 'events', 'duration', 'label', 'role', 'confidence', 'agent', 'source',
] as const
export type AnswerColumn = (typeof ANSWER_COLUMNS)[number]
/** `micros` and `duration` are microseconds. */
export type AnswerCell = string | number | null
/** Some answers, column by column; all columns are of one length. */
export type AnswerBlock = Readonly<Record<AnswerColumn, readonly AnswerCell[]>>

/** How many answers fall into each step of the log's time, and how many of what was asked do at all. */
export interface AnswerHistogram {
  readonly fromMicros: number
  readonly stepMicros: number
  readonly matched: readonly number[]
  readonly all: readonly number[]
}

/** The commonest values of a field among the answers; `value` is null for answers that have none. */
export interface AnswerFacet {
  readonly path: string
  readonly distinct: number
  readonly values: readonly { readonly value: string | number | boolean | null; readonly count: number }[]
}

/** Where a query's error lies, and what would mend it. */
export interface AnswerFault {
  readonly code: string
  readonly message: string
}

/** What a query is answered with, in this order: how far the reading is, how it was found, when, whom, who exactly, and that this was all. */
export type QueryMessage =
  | { readonly kind: 'loading'; readonly phase: 'read' | 'link' | 'found' | 'columns'; readonly done: number; readonly total: number }
  | { readonly kind: 'plan'; readonly plan: QueryPlan; readonly seconds: number; readonly asked: number; readonly matched: number }
  | { readonly kind: 'histogram'; readonly histogram: AnswerHistogram | null }
  | { readonly kind: 'facets'; readonly facets: readonly AnswerFacet[] }
  | { readonly kind: 'answers'; readonly from: number; readonly block: AnswerBlock }
  | { readonly kind: 'end'; readonly matched: number; readonly sent: number; readonly next: number | null; readonly seconds: number; readonly linked: 'stored' | 'now' }
  | { readonly kind: 'failed'; readonly fault: AnswerFault }

/** A value seen at a path of a log, and in how many of its lines. */
export interface SeenValue {
  readonly value: string
  readonly count: number
}
