import type { AskedOf, QueryMessage, SeenValue } from '@/lib/contexts/query-answers'
import type { QueryCatalogue } from '@/lib/query'

/** Files that answers are written to. */
export const ANSWER_FORMATS = ['csv', 'jsonl', 'parquet', 'compact'] as const
export type AnswerFormat = (typeof ANSWER_FORMATS)[number]

/** A data set, with the contexts of one of its reconstructions; with null, those that the links alone find when it is read. */
export interface AskedLog {
  readonly datasetId: string
  readonly reconstructionId: string | null
}

/** What `now` stands for: when the query runs, or when the log ends. */
export type NowIs = 'clock' | 'end'

interface Question {
  readonly log: AskedLog
  readonly of: AskedOf
  /** Empty text asks for everything. */
  readonly text: string
  readonly nowIs: NowIs
}

/** What the process is asked. */
export type Ask =
  | (Question & { readonly kind: 'run'; readonly from: number; readonly limit: number })
  | (Question & { readonly kind: 'export'; readonly format: AnswerFormat })
  | { readonly kind: 'values'; readonly log: AskedLog; readonly path: string; readonly part: string; readonly limit: number }
  | { readonly kind: 'catalogue'; readonly log: AskedLog }
export type RunAsk = Extract<Ask, { kind: 'run' }>
export type ExportAsk = Extract<Ask, { kind: 'export' }>

/** What it says to one ask, before it is done. */
export type Said =
  | QueryMessage
  /** From now on nothing is waited for: the deadline runs. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'piece'; readonly piece: string | Uint8Array }
  | { readonly kind: 'values'; readonly values: readonly SeenValue[] }
  | { readonly kind: 'catalogue'; readonly catalogue: QueryCatalogue }

export type ToChild = { readonly id: number; readonly ask: Ask } | { readonly id: number; readonly cancel: true }
export type FromChild =
  | { readonly id: number; readonly said: Said }
  | { readonly id: number; readonly done: true }
  | { readonly id: number; readonly failed: { readonly code: string; readonly message: string } }
