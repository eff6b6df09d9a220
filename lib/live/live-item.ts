import type { AuditEvent } from '@/lib/audit/event'
import type { EventFacts } from '@/lib/contexts/facts'

/** One received line as it stays in memory: its bodies are on the disk. */
export interface LiveItem {
  /** Names the line in the folder of received events, the same after a restart; see `lib/receive/line-number.ts`. */
  readonly seq: number
  readonly facts: EventFacts
  /** The event without bodies but for what watches ask of them; see `slimEvent`. */
  readonly event: AuditEvent
  /** When it came here, in microseconds since the epoch. */
  readonly arrived: number
}
