import { formatMicros } from '@/lib/audit/time'
import type { ContextRecord, Link, ReconstructedRecord, Role, TriggerObjectRef } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { sql } from './database'
import { stored, toNumber } from './values'

const BATCH = 20_000

/** What a stored reconstruction says of a request, without the links that put it there. */
export type FoundRecord = Pick<ReconstructedRecord, 'auditID' | 'role' | 'label' | 'confidence'>

/** The contexts of a reconstruction as they stand now, in order of their triggers. */
export async function foundContexts(reconstructionId: string): Promise<ContextRecord[]> {
  const rows = await sql<ContextRow>(
    `SELECT id, trigger_audit_id, trigger_micros, username, verb, object_ref, label, events, first_micros, last_micros, members, command FROM contexts
     WHERE reconstruction_id = $1 ORDER BY trigger_micros, id`,
    [reconstructionId],
  )
  return rows.map(toContext)
}

/** What is said of each line, batch by batch in the order of the log. */
export async function* foundRecords(reconstructionId: string): AsyncGenerator<FoundRecord[]> {
  const labels = new Map<string, ActionLabel | null>()
  for (let after = -1; ;) {
    const rows = await sql<{ seq: number; audit_id: string; role: Role; label: string | null; confidence: number | null }>(
      `SELECT seq, audit_id, role, label::text, confidence FROM reconstructed_lines WHERE reconstruction_id = $1 AND seq > $2 ORDER BY seq LIMIT ${BATCH}`,
      [reconstructionId, after],
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ audit_id: auditID, role, label, confidence }) => ({ auditID, role, label: shared(labels, label), confidence }))
    after = last.seq
  }
}

/** The lines of some contexts with their links, in order of time. */
export async function recordsOfContexts(reconstructionId: string, contexts: readonly string[]): Promise<ReconstructedRecord[]> {
  const rows = await sql<LineRow>(
    `SELECT l.audit_id, l.stage, l.role, l.label, l.confidence, l.context_id, l.links, e.received_micros FROM reconstructed_lines l
     JOIN reconstructions r ON r.id = l.reconstruction_id JOIN events e ON e.dataset_id = r.dataset_id AND e.seq = l.seq
     WHERE l.reconstruction_id = $1 AND l.context_id = ANY($2::text[]) ORDER BY e.received_micros, e.seq`,
    [reconstructionId, contexts],
  )
  return rows.map((row) => ({
    auditID: row.audit_id, stage: row.stage, requestReceivedTimestamp: instant(row.received_micros), role: row.role, label: stored(row.label),
    confidence: row.confidence, context: row.context_id, links: stored<Link[]>(row.links),
  }))
}

interface ContextRow {
  id: string; trigger_audit_id: string; trigger_micros: string | null; username: string | null; verb: string | null; object_ref: unknown; label: unknown
  events: number; first_micros: string | null; last_micros: string | null; members: string[]; command: string | null
}

interface LineRow {
  audit_id: string; stage: string | null; role: Role; label: unknown; confidence: number | null; context_id: string | null; links: unknown; received_micros: string | null
}

function toContext(row: ContextRow): ContextRecord {
  return {
    id: row.id, label: stored(row.label), events: row.events, first: instant(row.first_micros), last: instant(row.last_micros), members: row.members, command: row.command,
    trigger: { auditID: row.trigger_audit_id, requestReceivedTimestamp: instant(row.trigger_micros), user: row.username, verb: row.verb, objectRef: stored<TriggerObjectRef | null>(row.object_ref) },
  }
}

function instant(micros: string | null): string | null {
  const value = toNumber(micros)
  return value === null ? null : formatMicros(value)
}

/** Few labels are borne by many lines: each is kept once. */
function shared(known: Map<string, ActionLabel | null>, text: string | null): ActionLabel | null {
  if (text === null) return null
  const found = known.get(text)
  if (found !== undefined) return found
  const label = JSON.parse(text) as ActionLabel | null
  known.set(text, label)
  return label
}
