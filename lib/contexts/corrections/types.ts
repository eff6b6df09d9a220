import type { Role } from '@/lib/contexts/types'

/** What a person does to contexts. Requests are named by auditID, contexts by id. */
export type CorrectionAct =
  /** Requests belong to another context that is there. */
  | { readonly kind: 'move'; readonly requests: readonly string[]; readonly to: string }
  /** Requests make a context of their own, begun by one of them. */
  | { readonly kind: 'split'; readonly requests: readonly string[]; readonly trigger: string }
  /** Contexts are one; `into` is among them and keeps its trigger. */
  | { readonly kind: 'merge'; readonly contexts: readonly string[]; readonly into: string }
  /** Requests belong to no context. */
  | { readonly kind: 'background'; readonly requests: readonly string[] }
  /** Contexts are right as they are. */
  | { readonly kind: 'confirm'; readonly contexts: readonly string[] }

export type CorrectionKind = CorrectionAct['kind']

/** Where a request stands. */
export interface Placement {
  readonly context: string | null
  readonly role: Role
}

export interface PlacementChange {
  readonly auditID: string
  readonly from: Placement
  readonly to: Placement
}

/** What an act comes to. */
export interface CorrectionPlan {
  readonly changes: readonly PlacementChange[]
  /** Requests that it is about, those included that were there already: somebody has said so of them. */
  readonly requests: readonly string[]
  /** Contexts that it is about, those made and gone included, in order of their ids. */
  readonly touched: readonly string[]
  readonly made: { readonly id: string; readonly trigger: string } | null
  /** Contexts that nothing is left of. */
  readonly gone: readonly { readonly id: string; readonly trigger: string }[]
}

/** An act as everybody may read it. `number` grows; an undo names the act that it takes back. */
export interface Correction {
  readonly id: string
  readonly number: number
  readonly act: CorrectionKind | 'undo'
  readonly about: CorrectionAct | { readonly kind: 'undo'; readonly correction: string }
  readonly by: string
  readonly at: string
  readonly why: string
  readonly contexts: readonly string[]
  /** How many requests it put elsewhere. */
  readonly requests: number
  readonly undoes: string | null
  readonly undone: boolean
}

/** What a context says of itself once it was corrected. */
export interface ContextCorrected {
  readonly id: string
  readonly act: CorrectionKind
  readonly by: string
  readonly at: string
  readonly why: string
}

/** Answer to an act or an undo. */
export interface CorrectionAnswer {
  readonly correction: Correction
  readonly revision: number
  /** Of the contexts touched, those that are there now. */
  readonly contexts: readonly string[]
  readonly gone: readonly string[]
  readonly made: string | null
}

/** Answer of status 409: others came first. */
export interface CorrectionConflict {
  readonly error: { readonly code: string; readonly message: string }
  readonly revision: number
  readonly corrections: readonly Correction[]
}
