import type { ActionLabel, LabelParts } from '@/lib/labels/action-label'
import { inTransaction, sql } from './database'
import { lockForWriting } from './labelling/lock'
import { LabelCache } from './truth-records'
import type { Role } from './types'
import { columnText, iso, jsonParameter, stored } from './values'

export type LabelSource = 'truth' | 'person' | 'suggestion' | 'rule'

/** What somebody says of an auditID; a null label takes a label away. */
export interface LabelEntry {
  readonly auditID: string
  readonly seq?: number | null
  readonly role?: Role | null
  readonly context?: string | null
  readonly label: LabelParts | null
  readonly comment?: string | null
}

/** One act of labelling, as it stays in the history. */
export interface LabelEvent {
  readonly id: number
  readonly auditID: string
  readonly seq: number | null
  readonly actor: string
  readonly source: LabelSource
  readonly sourceRef: string | null
  readonly role: Role | null
  readonly context: string | null
  readonly from: ActionLabel | null
  readonly label: ActionLabel | null
  readonly comment: string | null
  readonly createdAt: string
}

export interface CurrentLabel { readonly role: Role | null; readonly context: string | null; readonly label: ActionLabel | null }

/** Label events that make the label of a data set: not marks and comments, and not the blind labels of an assignment. */
const SHARED = `dataset_id = $1 AND assignment_id IS NULL AND kind IN ('label', 'clear')`

/**
 * Adds label events in one transaction, over whatever stands; what the label was before is written beside what it becomes. Returns how many.
 * People's labels go through `labelling/write-batch`, which looks for conflicts and can be undone.
 */
export async function recordLabels(datasetId: string, entries: readonly LabelEntry[], by: { actor: string; source: LabelSource; sourceRef?: string }): Promise<number> {
  const labels = new LabelCache()
  return inTransaction(async (client) => {
    await lockForWriting(client, datasetId)
    for (const entry of entries) {
      const label = entry.label === null ? null : labels.of(entry.label)
      await client.query(
        `INSERT INTO label_events (dataset_id, audit_id, seq, actor, source, source_ref, role, context, from_label, to_label, to_code, comment, standing, kind, flagged, comments)
         SELECT $1, $2, $3, $4, $5, $6, COALESCE($7::line_role, before.role), COALESCE($8, before.context), before.to_label, $9, $10, $11, $12, $13, COALESCE(before.flagged, false), COALESCE(before.comments, 0)
         FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT * FROM label_events WHERE dataset_id = $1 AND audit_id = $2 AND assignment_id IS NULL ORDER BY id DESC LIMIT 1) before ON true`,
        [datasetId, columnText(entry.auditID), entry.seq ?? null, columnText(by.actor), by.source, columnText(by.sourceRef ?? null), entry.role ?? null,
          columnText(entry.context ?? null), jsonParameter(label), label?.code ?? null, entry.comment ?? null, standingOf(entry, by.source), clears(entry) ? 'clear' : 'label'],
      )
    }
    return entries.length
  })
}

function clears({ label, role }: LabelEntry): boolean {
  return label === null && role !== 'background' && role !== 'nonresource'
}

function standingOf(entry: LabelEntry, source: LabelSource): 'unlabelled' | 'automatic' | 'labelled' {
  if (clears(entry)) return 'unlabelled'
  return source === 'rule' ? 'automatic' : 'labelled'
}

/** Who labelled an auditID how, the newest first. */
export async function labelHistory(datasetId: string, auditID: string): Promise<LabelEvent[]> {
  const rows = await sql<HistoryRow>('SELECT * FROM label_events WHERE dataset_id = $1 AND audit_id = $2 ORDER BY id DESC', [datasetId, auditID])
  return rows.map((row) => ({
    id: Number(row.id), auditID: row.audit_id, seq: row.seq, actor: row.actor, source: row.source, sourceRef: row.source_ref, role: row.role,
    context: row.context, from: stored(row.from_label), label: stored(row.to_label), comment: row.comment, createdAt: iso(row.created_at) ?? '',
  }))
}

/** The newest label of every labelled auditID. */
export async function currentLabels(datasetId: string): Promise<Map<string, CurrentLabel>> {
  const rows = await sql<{ audit_id: string; role: Role | null; context: string | null; to_label: unknown }>(
    `SELECT DISTINCT ON (audit_id) audit_id, role, context, to_label FROM label_events WHERE ${SHARED} ORDER BY audit_id, id DESC`,
    [datasetId],
  )
  return new Map(rows.map((row) => [row.audit_id, { role: row.role, context: row.context, label: stored(row.to_label) }]))
}

/** A digest of all that was ever said about a data set's labels: another one tells that `currentLabels` may answer otherwise. */
export async function labelsDigest(datasetId: string): Promise<string> {
  const [row] = await sql<{ digest: string | null }>(
    `SELECT md5(string_agg(concat_ws(' ', audit_id, role, to_code, seq), E'\n' ORDER BY id)) AS digest FROM label_events WHERE ${SHARED}`,
    [datasetId],
  )
  return row?.digest ?? ''
}

/** How many of a data set's auditIDs bear a label or a role by now. */
export async function labelledShare(datasetId: string): Promise<{ labelled: number; total: number }> {
  const [row] = await sql<{ labelled: number; total: number }>(
    `SELECT (SELECT count(*)::int FROM (SELECT DISTINCT ON (audit_id) to_label, role FROM label_events WHERE ${SHARED} ORDER BY audit_id, id DESC) l
       WHERE l.to_label IS NOT NULL OR l.role IN ('background', 'nonresource')) AS labelled,
     COALESCE((SELECT audit_ids FROM datasets WHERE id = $1), 0) AS total`,
    [datasetId],
  )
  return row ?? { labelled: 0, total: 0 }
}

interface HistoryRow {
  id: string; audit_id: string; seq: number | null; actor: string; source: LabelSource; source_ref: string | null; role: Role | null
  context: string | null; from_label: unknown; to_label: unknown; comment: string | null; created_at: Date
}
