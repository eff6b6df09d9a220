import type { BatchKind, RequestHistoryEntry, Role } from '@/lib/labelling/types'
import { sql } from '../database'
import { columnText, iso, stored } from '../values'
import type { LabelScope } from './read-states'
import type { EventKind, StoredStanding } from './state'

/** Every label event of a request among the shared labels or those of an assignment, the newest first. */
export async function requestHistory({ datasetId, assignment }: LabelScope, auditID: string): Promise<RequestHistoryEntry[]> {
  const rows = await sql<Row>(
    `SELECT l.id, l.actor, l.created_at, l.kind, l.from_label, l.to_label, l.role, l.context, l.standing, l.suggestion, l.comment, l.assignment_id, b.id AS batch, b.kind AS batch_kind, b.title
     FROM label_events l LEFT JOIN label_batches b ON b.id = l.batch_id
     WHERE l.dataset_id = $1 AND l.audit_id = $2 AND l.assignment_id IS NOT DISTINCT FROM $3 ORDER BY l.id DESC`,
    [datasetId, columnText(auditID), assignment],
  )
  return rows.map(toEntry)
}

interface Row {
  id: string; actor: string; created_at: Date; kind: EventKind; from_label: unknown; to_label: unknown; role: Role | null; context: string | null; standing: StoredStanding
  suggestion: unknown; comment: string | null; assignment_id: string | null; batch: string | null; batch_kind: BatchKind | null; title: string | null
}

function toEntry(row: Row): RequestHistoryEntry {
  const { actor, kind, role, context, standing, comment, batch: id, batch_kind: batchKind, title } = row
  return {
    id: Number(row.id), actor, at: iso(row.created_at) ?? '', kind, batch: id === null || batchKind === null ? null : { id, kind: batchKind, title: title ?? '' },
    from: stored(row.from_label), to: stored(row.to_label), role, context, standing, suggestion: stored(row.suggestion), comment, assignment: row.assignment_id,
  }
}
