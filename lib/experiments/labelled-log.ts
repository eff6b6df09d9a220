import type { AuditEvent } from '@/lib/audit/event'
import type { TruthById } from '@/lib/model/linked/linked-target'

/** A log that can be read again and again, with what is known of its requests. */
export interface LabelledLog {
  /** Names the data in the model card. */
  readonly source: { readonly name: string; readonly sha256: string }
  /** Whatever the events are told by, so that what is made of them may be kept; nothing is kept where it is absent. */
  readonly cacheKey?: string
  /** In any order; links put them in order of time. */
  events(): AsyncIterable<AuditEvent[]>
  truth(): Promise<TruthById>
}
