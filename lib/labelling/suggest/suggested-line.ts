import type { Link } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { Role } from '../types'

/** What a reconstruction kept beside a line for those who label: see `lib/labelling/suggest/evidence.ts`. */
export interface LineEvidence {
  /** Ids of the background rules that the request meets, the one that speaks first first. */
  readonly rules: readonly string[]
  /** Entropy in nats of what the windows of the model say together; null without a model. */
  readonly uncertainty: number | null
  /** Further labels that were likely, the likeliest first. */
  readonly others: readonly { readonly label: ActionLabel; readonly probability: number }[]
}

/** A line of `reconstructed_lines`, any stage of its request. */
export interface SuggestedLine {
  readonly auditID: string
  readonly role: Role
  readonly label: ActionLabel | null
  readonly confidence: number | null
  readonly context: string | null
  readonly links: readonly Link[]
  /** Null for a reconstruction that was made before evidence was kept. */
  readonly evidence: LineEvidence | null
}
