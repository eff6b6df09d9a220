import type { AuditEvent } from '@/lib/audit/event'
import type { Link, TriggerObjectRef } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { sql } from './database'
import type { Role } from './types'
import { stored, toNumber } from './values'

/** A context as lists show it. */
export interface ContextRow {
  readonly id: string
  readonly trigger: {
    readonly auditID: string
    readonly receivedMicros: number | null
    readonly user: string | null
    readonly verb: string | null
    readonly objectRef: TriggerObjectRef | null
  }
  readonly label: ActionLabel | null
  readonly events: number
  readonly firstMicros: number | null
  readonly lastMicros: number | null
}

/** One line of a context with the evidence that it belongs there. */
export interface ContextLine {
  readonly seq: number
  readonly auditID: string
  readonly stage: string | null
  readonly role: Role
  readonly label: ActionLabel | null
  readonly confidence: number | null
  readonly links: Link[]
  readonly event: AuditEvent
}

const COLUMNS = 'id, trigger_audit_id, trigger_micros, username, verb, object_ref, label, events, first_micros, last_micros'

/** A context with its lines in order of time; null when there is none. */
export async function getContext(reconstructionId: string, id: string): Promise<{ context: ContextRow; members: string[]; lines: ContextLine[] } | null> {
  const [row] = await sql<Row & { members: string[] }>(`SELECT ${COLUMNS}, members FROM contexts WHERE reconstruction_id = $1 AND id = $2`, [reconstructionId, id])
  if (row === undefined) return null
  const lines = await sql<LineRow>(
    `SELECT l.seq, l.audit_id, l.stage, l.role, l.label, l.confidence, l.links, e.body FROM reconstructed_lines l
     JOIN reconstructions r ON r.id = l.reconstruction_id JOIN events e ON e.dataset_id = r.dataset_id AND e.seq = l.seq
     WHERE l.reconstruction_id = $1 AND l.context_id = $2 ORDER BY e.received_micros, e.seq`,
    [reconstructionId, id],
  )
  return { context: toRow(row), members: row.members, lines: lines.map(toLine) }
}

interface Row {
  id: string; trigger_audit_id: string; trigger_micros: string | null; username: string | null; verb: string | null; object_ref: unknown; label: unknown
  events: number; first_micros: string | null; last_micros: string | null
}

interface LineRow {
  seq: number; audit_id: string; stage: string | null; role: Role; label: unknown; confidence: number | null; links: unknown; body: AuditEvent
}

function toRow(row: Row): ContextRow {
  return {
    id: row.id,
    trigger: { auditID: row.trigger_audit_id, receivedMicros: toNumber(row.trigger_micros), user: row.username, verb: row.verb, objectRef: stored(row.object_ref) },
    label: stored(row.label), events: row.events, firstMicros: toNumber(row.first_micros), lastMicros: toNumber(row.last_micros),
  }
}

function toLine(row: LineRow): ContextLine {
  const { seq, stage, role, confidence, body } = row
  return { seq, auditID: row.audit_id, stage, role, label: stored(row.label), confidence, links: stored(row.links), event: body }
}
