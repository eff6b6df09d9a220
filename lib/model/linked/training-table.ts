import type { EventFacts } from '@/lib/contexts/facts'
import type { Linked } from '@/lib/contexts/link-events'
import type { CodedColumns } from './columns'

/** What training and scoring read of a request. */
export type LineFacts = Pick<EventFacts, 'auditID' | 'at' | 'label' | 'external' | 'user' | 'namespace'>

/** What training and scoring read of a linked log: a `LinkedTable` is one, and so is what was kept of it. */
export interface TrainingTable {
  /** One for each auditID, in order of time received. */
  readonly events: readonly LineFacts[]
  readonly linked: Pick<Linked, 'contextOf'>
  /** Index among `events` of each line. */
  readonly eventOf: Int32Array
  readonly columns: CodedColumns
  /** Index among `events` of the trigger in each slot, [lines * SLOTS.length], -1 where a slot is empty. */
  readonly candidates: Int32Array
}
