import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { normaliseEvent } from '@/lib/audit/normalise'
import { extractFacts } from '@/lib/contexts/facts'
import type { FactPool } from '@/lib/contexts/fact-pool'
import type { LiveItem } from '@/lib/live/live-item'
import { slimEvent, type KeptBodies } from '@/lib/live/slim-event'
import type { KeptLine } from '@/lib/receive/kept-lines.node.ts'

/** The event of a received line; it was read and redacted when it came. */
export function eventOf({ text }: KeptLine): AuditEvent {
  return normaliseEvent(JSON.parse(text) as JsonObject)
}

export function itemOf(line: KeptLine, { keep, pool, arrived }: { readonly keep: KeptBodies; readonly pool: FactPool; readonly arrived: number }): LiveItem {
  const event = eventOf(line)
  return { seq: line.number, facts: extractFacts(event, { pool }), event: slimEvent(event, keep), arrived }
}
