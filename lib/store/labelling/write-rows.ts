import type { PoolClient } from 'pg'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { BatchKind, SuggestionOrigin } from '@/lib/labelling/types'
import { CHANNELS } from '../notify'
import { columnText, iso, jsonText } from '../values'
import type { EventKind, RequestState } from './state'
import type { LabelScope } from './read-states'

/** A label event to be written: what was before, and all that stands after it. */
export interface NewEvent {
  readonly kind: EventKind
  readonly from: ActionLabel | null
  readonly after: RequestState
  readonly suggestion: SuggestionOrigin | null
  readonly comment: string | null
}

export interface NewBatch {
  readonly id: string
  readonly kind: BatchKind
  readonly title: string
  readonly actor: string
  readonly undoes: string | null
  readonly origin: string
  readonly below: string | null
  readonly undoTop: string | null
  readonly redoTop: string | null
}

/** Ids for label events, ascending, and the time of this transaction. */
export async function takeIds(client: PoolClient, count: number): Promise<{ ids: number[]; at: string }> {
  const { rows } = await client.query<{ at: Date; ids: string[] | null }>(`SELECT now()::timestamptz(3) AS at, (SELECT array_agg(nextval('label_events_id_seq')) FROM generate_series(1, $1)) AS ids`, [count])
  return { ids: (rows[0]?.ids ?? []).map(Number).sort((a, b) => a - b), at: iso(rows[0]?.at ?? null) ?? '' }
}

/** Stores one act and its label events, and tells everybody. */
export async function writeRows(client: PoolClient, scope: LabelScope, batch: NewBatch, events: readonly NewEvent[]): Promise<void> {
  await client.query(
    `INSERT INTO label_batches (id, dataset_id, actor, kind, title, undoes, origin, assignment_id, changes, below, undo_top, redo_top)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [batch.id, scope.datasetId, columnText(batch.actor), batch.kind, columnText(batch.title), batch.undoes, batch.origin, scope.assignment, new Set(events.map(({ after }) => after.auditID)).size,
      batch.below, batch.undoTop, batch.redoTop],
  )
  if (events.length > 0) await insertEvents(client, scope, batch, events)
  await client.query('SELECT pg_notify($1, $2)', [CHANNELS.labels, scope.datasetId])
}

async function insertEvents(client: PoolClient, scope: LabelScope, batch: NewBatch, events: readonly NewEvent[]): Promise<void> {
  await client.query(
    `INSERT INTO label_events (dataset_id, assignment_id, batch_id, actor, id, audit_id, kind, source, source_ref, role, context, from_label, to_label, to_code, comment, suggestion, standing, set_by, flagged, skipped, comments)
     SELECT $1, $2, $3, $4, r.id, r.audit_id, r.kind, r.source, r.source_ref, r.role, r.context, r.from_label, r.to_label, r.to_code, r.comment, r.suggestion, r.standing, r.set_by, r.flagged, r.skipped, r.comments
     FROM jsonb_to_recordset($5::jsonb) AS r(id bigint, audit_id text, kind label_event_kind, source label_source, source_ref text, role line_role, context text, from_label jsonb, to_label jsonb, to_code bigint,
       comment text, suggestion jsonb, standing label_standing, set_by bigint, flagged boolean, skipped boolean, comments integer)`,
    [scope.datasetId, scope.assignment, batch.id, columnText(batch.actor), jsonText(events.map((event) => toRow(batch.kind, event)))],
  )
}

function toRow(batch: BatchKind, { kind, from, after, suggestion, comment }: NewEvent): object {
  return {
    id: after.newest, audit_id: after.auditID, kind, source: sourceOf(batch, suggestion), source_ref: columnText(suggestion?.ref ?? null), role: after.role, context: columnText(after.context),
    // A label that is null must become SQL's null, which a key left out does.
    ...(from === null ? {} : { from_label: from }), ...(after.label === null ? {} : { to_label: after.label, to_code: after.label.code }), ...(suggestion === null ? {} : { suggestion }),
    comment, standing: after.standing, set_by: after.setBy, flagged: after.flagged, skipped: after.skipped, comments: after.comments,
  }
}

function sourceOf(batch: BatchKind, suggestion: SuggestionOrigin | null): 'truth' | 'person' | 'suggestion' | 'rule' {
  if (batch === 'import') return 'truth'
  if (batch === 'rule') return 'rule'
  return suggestion === null ? 'person' : 'suggestion'
}
