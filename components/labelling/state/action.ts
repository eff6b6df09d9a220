import type { Annotator, BatchLine, RequestLabel, SuggestionColumns } from '@/lib/labelling/types'
import type { LineFilter } from './filter'
import type { Pending } from './model'
import type { UserAct } from './user-act'

/** Where the cursor is sent. */
export type Move =
  | { readonly kind: 'by'; readonly lines: number }
  | { readonly kind: 'to'; readonly line: number }
  | { readonly kind: 'first' | 'last' | 'unlabelled' | 'uncertain' | 'disagreement' }

/** What the server answers about labels. */
export interface LabelsAnswer {
  readonly newest: number
  readonly labels: readonly RequestLabel[]
  readonly undo?: readonly BatchLine[]
  readonly redo?: readonly BatchLine[]
  readonly annotator?: Annotator | null
}

/** Everything that can happen to the state: acts of the reader, and news from the server. Ids and times come along, so that the state stays a function of what happened. */
export type Action =
  | { readonly type: 'move'; readonly move: Move }
  /** Stretches the selection from where it began. */
  | { readonly type: 'extend'; readonly move: Move }
  | { readonly type: 'toggle'; readonly line: number }
  | { readonly type: 'clear-selection' }
  | { readonly type: 'act'; readonly act: UserAct; readonly id: string; readonly at: number }
  | { readonly type: 'undo' | 'redo'; readonly id: string; readonly at: number }
  | { readonly type: 'withdraw-offer' }
  | { readonly type: 'filter'; readonly filter: LineFilter }
  | { readonly type: 'order'; readonly order: readonly number[] | null }
  | { readonly type: 'suggestions'; readonly columns: SuggestionColumns | null }
  | { readonly type: 'labels'; readonly answer: LabelsAnswer }
  /** Acts of an earlier visit that the server never confirmed. */
  | { readonly type: 'resumed'; readonly pending: readonly Pending[] }
  | { readonly type: 'acknowledged'; readonly id: string; readonly answer: LabelsAnswer }
  | { readonly type: 'refused'; readonly id: string; readonly theirs: readonly RequestLabel[] }
  | { readonly type: 'rejected'; readonly id: string; readonly message: string }
  | { readonly type: 'dismiss'; readonly id: string }
  /** Sends what the server would take in the place of what it refused. */
  | { readonly type: 'instead'; readonly rejected: string; readonly id: string; readonly at: number }
  /** A conflict settled: the requests whose own label goes through all the same; the others keep theirs. */
  | { readonly type: 'settle'; readonly batch: string; readonly mine: ReadonlySet<string>; readonly id: string; readonly at: number }
  | { readonly type: 'say'; readonly text: string }
