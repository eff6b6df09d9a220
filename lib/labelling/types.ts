import type { ActionLabel, LabelParts } from '@/lib/labels/action-label'

export type Role = 'trigger' | 'consequence' | 'background' | 'nonresource'

/** How far a request is labelled; a proposal that nobody accepted is no label, and an automatic label is no person's. */
export type LabelStanding = 'unlabelled' | 'suggested' | 'automatic' | 'labelled' | 'reviewed'

export type AnnotatorRole = 'owner' | 'reviewer' | 'annotator'

export interface Annotator {
  readonly id: string
  readonly name: string
  readonly role: AnnotatorRole
}

/** What an act of a person was; undo and redo are acts of their own, so that nothing is ever taken out of the history. */
export type BatchKind = 'label' | 'context' | 'propagate' | 'rule' | 'flag' | 'comment' | 'skip' | 'adjudicate' | 'import' | 'undo' | 'redo'

export type SuggestionSource = 'model' | 'link' | 'rule' | 'propagation' | 'repeat' | 'equivalent' | 'picker'

/** Where a label came from before a person took it. */
export interface SuggestionOrigin {
  readonly source: SuggestionSource
  /** A model's name, a rule's id, an auditID. */
  readonly ref: string | null
  /** 0 to 1; null where the source gives none. */
  readonly probability: number | null
  readonly reason: string
}

export type LabelAct =
  | { readonly kind: 'label'; readonly role: Role; readonly label: LabelParts | null; readonly context: string | null }
  | { readonly kind: 'clear' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'unflag' }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'skip' }

/** One change of one request: all stages of its auditID. */
export interface LabelChange {
  readonly auditID: string
  readonly act: LabelAct
  readonly suggestion: SuggestionOrigin | null
  /**
   * The newest label event of this auditID that its author had seen, 0 for none: a newer label or clear by another refuses the batch.
   * Marks and comments overwrite nothing and are never refused.
   */
  readonly seen: number
}

export interface LabelBatch {
  /** Made by the client, so that a batch sent twice is carried out once. */
  readonly id: string
  readonly kind: Exclude<BatchKind, 'undo' | 'redo'>
  /** For the undo list: "Accept create pods for 12 lines". */
  readonly title: string
  /** A blind second labelling writes under its assignment; null for the shared labels. */
  readonly assignment: string | null
  readonly changes: readonly LabelChange[]
}

/** What stands of a request by now. */
export interface RequestLabel {
  readonly auditID: string
  /** The newest label event of the request, of whatever kind; goes back as `seen`. */
  readonly newest: number
  readonly standing: Exclude<LabelStanding, 'suggested'>
  readonly role: Role | null
  readonly label: ActionLabel | null
  readonly context: string | null
  readonly actor: string | null
  readonly flagged: boolean
  readonly skipped: boolean
  readonly comments: number
  readonly at: string | null
}

/** One act in the undo list. */
export interface BatchLine {
  readonly id: string
  readonly kind: BatchKind
  readonly title: string
  readonly actor: string
  readonly changes: number
  readonly at: string
}

/** A proposal for a request, as the page shows it. */
export interface Suggestion {
  readonly role: Role
  readonly label: ActionLabel | null
  readonly context: string | null
  readonly origin: SuggestionOrigin
  /** Further labels that were likely, the likeliest first. */
  readonly others: readonly { readonly label: ActionLabel; readonly probability: number }[]
}

/**
 * A whole log in columns, one entry a line in time order, texts once each in `texts`: small enough that a page holds 50,000 lines and draws any of them without asking again.
 * Numbers index `texts` (-1 for none), but for those said otherwise.
 */
export interface LabellingLog {
  readonly dataset: { readonly id: string; readonly name: string; readonly version: number }
  readonly lines: number
  readonly texts: readonly string[]
  /** Place in the stored log. */
  readonly seq: readonly number[]
  /** Index into `auditIDs`. */
  readonly request: readonly number[]
  readonly auditIDs: readonly string[]
  readonly stage: readonly number[]
  /** Milliseconds after `firstMillis`, with fractions. */
  readonly at: readonly number[]
  readonly firstMillis: number
  readonly verb: readonly number[]
  readonly user: readonly number[]
  readonly group: readonly number[]
  readonly resource: readonly number[]
  readonly subresource: readonly number[]
  readonly namespace: readonly number[]
  readonly name: readonly number[]
  /** HTTP status, 0 for none. */
  readonly code: readonly number[]
}

/** Suggestions for all requests, by index into `auditIDs` of the log; texts and labels once each. */
export interface SuggestionColumns {
  readonly source: { readonly reconstruction: string; readonly model: string | null; readonly method: string; readonly at: string }
  readonly labels: readonly ActionLabel[]
  readonly contexts: readonly string[]
  readonly reasons: readonly string[]
  readonly refs: readonly string[]
  /** Index into ROLES. */
  readonly role: readonly number[]
  /** Index into `labels`, -1 for none. */
  readonly label: readonly number[]
  readonly context: readonly number[]
  /** 0 to 1, -1 for none. */
  readonly probability: readonly number[]
  readonly reason: readonly number[]
  /** Index into SUGGESTION_SOURCES. */
  readonly origin: readonly number[]
  readonly ref: readonly number[]
  /** What the model would learn from this request, the more the higher; -1 where nothing is known. */
  readonly uncertainty: readonly number[]
  /** Further likely labels: pairs of index into labels and probability, flat, the likeliest first; empty for most. */
  readonly others: readonly (readonly number[])[]
}

/** Answer of GET labels: everything with `since=0`, else the requests that changed; ask again with `newest`. */
export interface LabelsAnswer {
  readonly newest: number
  readonly labels: readonly RequestLabel[]
  /** The next to be undone first, 100 at most; likewise `redo`. */
  readonly undo: readonly BatchLine[]
  readonly redo: readonly BatchLine[]
  /** Who asks. */
  readonly annotator: Annotator
}

/**
 * Answer of POST batches, undo and redo: what stands now of the requests that changed. The stacks come with undo and redo alone.
 * `newest` is that of these requests and is no `since`: others may have labelled meanwhile what this answer leaves out.
 */
export interface BatchAnswer {
  readonly newest: number
  readonly labels: readonly RequestLabel[]
  readonly undo?: readonly BatchLine[]
  readonly redo?: readonly BatchLine[]
}

/** Answer 409 of POST batches, undo and redo where another has labelled requests meanwhile. */
export interface ConflictAnswer {
  readonly error: { readonly code: 'stale-labels'; readonly message: string }
  readonly conflicts: readonly { readonly auditID: string; readonly now: RequestLabel }[]
}

/** Answer of GET and POST suggestions. */
export interface SuggestionsAnswer {
  readonly state: 'none' | 'running' | 'ready' | 'failed'
  readonly progress: { readonly phase: string; readonly done: number; readonly total: number } | null
  readonly error: { readonly code: string; readonly message: string } | null
  /** Of the newest finished reconstruction, also while another is running. */
  readonly columns: SuggestionColumns | null
}

/** One entry in a request's history. */
export interface RequestHistoryEntry {
  readonly id: number
  readonly actor: string
  readonly at: string
  readonly kind: 'label' | 'clear' | 'flag' | 'unflag' | 'comment' | 'uncomment' | 'skip' | 'unskip'
  /** Null for labels that were imported with the log. */
  readonly batch: { readonly id: string; readonly kind: BatchKind; readonly title: string } | null
  readonly from: ActionLabel | null
  readonly to: ActionLabel | null
  readonly role: Role | null
  readonly context: string | null
  readonly standing: Exclude<LabelStanding, 'suggested'>
  readonly suggestion: SuggestionOrigin | null
  readonly comment: string | null
  /** The assignment of a second labelling that it was written under; null for the shared labels. */
  readonly assignment: string | null
}

export const ROLES: readonly Role[] = ['trigger', 'consequence', 'background', 'nonresource']
export const SUGGESTION_SOURCES: readonly SuggestionSource[] = ['model', 'link', 'rule', 'propagation', 'repeat', 'equivalent', 'picker']
