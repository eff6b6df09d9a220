import type { AuditEvent } from '@/lib/audit/event'
import type { Labelling } from '@/lib/labelling/dataset/labelling'

/** One line of a labelled log; null where nobody said anything of its request. */
export interface LabelledEvent {
  readonly event: AuditEvent
  readonly labelling: Labelling | null
}
