import type { Proposal } from '@/lib/labelling/propagate/proposal'
import type { Annotator, BatchLine, LabelBatch, LabellingLog, RequestLabel } from '@/lib/labelling/types'
import type { Candidate } from './candidates'
import type { LineFilter } from './filter'
import type { LogIndex } from './log-index'
import type { SuggestionIndex } from './suggestions'

/** What goes to the server, in order: an act, or taking one back, or doing it again. */
export type Sending = { readonly kind: 'batch'; readonly batch: LabelBatch } | { readonly kind: 'undo' | 'redo'; readonly batch: string; /** Requests that others have labelled since stay as they are, instead of stopping it. */ readonly changed?: 'leave' }

/** An act that the server has not confirmed yet, with what it will have done. */
export interface Pending {
  readonly id: string
  readonly sending: Sending
  readonly effects: ReadonlyMap<number, RequestLabel>
  readonly line: BatchLine
}

/** An act that the server refused, as somebody else was first: both labels stand beside each other until a person chooses. */
export interface Conflict {
  readonly batch: LabelBatch
  readonly theirs: readonly RequestLabel[]
}

/** An act that the server will never take, in its own words. */
export interface Rejected {
  readonly pending: Pending
  readonly message: string
  /** What it would take in its place: an undo that leaves what others have labelled since. */
  readonly instead: Sending | null
}

/** What an act of this page changed, so that taking it back shows at once. */
export interface Trace {
  readonly before: ReadonlyMap<number, RequestLabel>
  readonly after: ReadonlyMap<number, RequestLabel>
  readonly cursor: number
}

/** A label just given, offered to the lines that belong with it. */
export type Offer = Proposal

/** One act of this sitting, for the rate. */
export interface Stroke { readonly at: number; readonly requests: number }

export interface LabelState {
  readonly log: LabellingLog
  readonly index: LogIndex
  readonly assignment: string | null
  /** The requests of the assignment, which alone are to be labelled; null for all. */
  readonly sample: ReadonlySet<number> | null
  readonly annotator: Annotator | null
  /** What the server said last, by request; null where nothing was ever said. */
  readonly confirmed: readonly (RequestLabel | null)[]
  /** The same with all pending acts on top: what is shown. */
  readonly labels: readonly (RequestLabel | null)[]
  /** The newest label event known. */
  readonly newest: number
  readonly suggestions: SuggestionIndex | null
  readonly filter: LineFilter
  /** Lines that pass the filter, ascending; kept as they are while labels change, so that nothing goes away under the reader. */
  readonly shown: Int32Array
  /** A line; it may be one that the filter leaves out. */
  readonly cursor: number
  readonly anchor: number | null
  /** Requests. */
  readonly selected: ReadonlySet<number>
  readonly pending: readonly Pending[]
  readonly conflicts: readonly Conflict[]
  readonly rejected: readonly Rejected[]
  /** The next to be taken back first. */
  readonly undo: readonly BatchLine[]
  readonly redo: readonly BatchLine[]
  readonly traces: ReadonlyMap<string, Trace>
  /** What `r` does again. */
  readonly last: Candidate | null
  readonly offer: Offer | null
  /** Requests in the order to be labelled in, null for the order of time. */
  readonly order: readonly number[] | null
  readonly strokes: readonly Stroke[]
  /** What the last key came to, where it is not plain to see; `count` tells two alike apart. */
  readonly said: { readonly text: string; readonly count: number }
}
