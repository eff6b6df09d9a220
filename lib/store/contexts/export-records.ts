import { formatMicros } from '@/lib/audit/time'
import type { ContextCorrected } from '@/lib/contexts/corrections/types'
import type { Link, ReconstructedRecord, Role } from '@/lib/contexts/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { sql } from '../database'
import { iso, stored, toNumber } from '../values'

const BATCH = 5000

/** A record as `auditweave reconstruct` writes it, and who put it there by hand where somebody did. */
export interface CorrectedRecord extends ReconstructedRecord {
  readonly corrected?: ContextCorrected & { readonly found: { readonly role: Role; readonly context: string | null } }
}

/** Every line of a reconstruction as it stands, in order of time received, batch by batch. */
export async function* exportedRecords(reconstructionId: string): AsyncGenerator<CorrectedRecord[]> {
  let after: { micros: string; seq: number } | null = null
  for (;;) {
    const rows: Row[] = await sql<Row>(
      `SELECT l.seq, l.audit_id, l.stage, l.role, l.label, l.confidence, l.context_id, l.links, l.found, e.received_micros, coalesce(e.received_micros, 9223372036854775807) AS place,
         k.id AS act_id, k.act, k.actor, k.created_at, k.why
       FROM reconstructed_lines l JOIN reconstructions r ON r.id = l.reconstruction_id JOIN events e ON e.dataset_id = r.dataset_id AND e.seq = l.seq
       LEFT JOIN context_corrections k ON k.number = l.correction
       WHERE l.reconstruction_id = $1 AND ($2::bigint IS NULL OR (coalesce(e.received_micros, 9223372036854775807), l.seq) > ($2, $3)) ORDER BY place, l.seq LIMIT ${BATCH}`,
      [reconstructionId, after?.micros ?? null, after?.seq ?? null],
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(toRecord)
    after = { micros: last.place, seq: last.seq }
  }
}

interface Row {
  seq: number; audit_id: string; stage: string | null; role: Role; label: unknown; confidence: number | null; context_id: string | null; links: unknown; found: unknown; received_micros: string | null; place: string
  act_id: string | null; act: ContextCorrected['act']; actor: string; created_at: Date | null; why: string
}

function toRecord(row: Row): CorrectedRecord {
  const micros = toNumber(row.received_micros)
  const record = {
    auditID: row.audit_id, stage: row.stage, requestReceivedTimestamp: micros === null ? null : formatMicros(micros), role: row.role, label: stored<ActionLabel | null>(row.label),
    confidence: row.confidence, context: row.context_id, links: stored<Link[]>(row.links),
  }
  if (row.act_id === null) return record
  const { role, context } = stored<{ role: Role; context: string | null }>(row.found)
  return { ...record, corrected: { id: row.act_id, act: row.act, by: row.actor, at: iso(row.created_at) ?? '', why: row.why, found: { role, context } } }
}
