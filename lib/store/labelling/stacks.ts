import type { PoolClient } from 'pg'
import type { BatchKind, BatchLine } from '@/lib/labelling/types'
import { sql } from '../database'
import { iso } from '../values'
import type { LabelScope } from './read-states'

/** The acts that would be undone and redone next; null where there is none. */
export interface Tops { readonly undoTop: string | null; readonly redoTop: string | null }

/** Some acts of the stack are enough for a list; what lies below comes up as those above are undone. */
const SHOWN = 100

const NEWEST = `SELECT undo_top, redo_top FROM label_batches WHERE dataset_id = $1 AND actor = $2 AND assignment_id IS NOT DISTINCT FROM $3 ORDER BY number DESC LIMIT 1`

/** Where an annotator's stacks begin. */
export async function readTops(client: Pick<PoolClient, 'query'>, scope: LabelScope, actor: string): Promise<Tops> {
  const { rows } = await client.query<{ undo_top: string | null; redo_top: string | null }>(NEWEST, [scope.datasetId, actor, scope.assignment])
  return { undoTop: rows[0]?.undo_top ?? null, redoTop: rows[0]?.redo_top ?? null }
}

/** What an annotator may undo and redo of a data set, the next first, 100 at most. */
export async function listStacks(scope: LabelScope, actor: string): Promise<{ undo: BatchLine[]; redo: BatchLine[] }> {
  const rows = await sql<{ stack: 'undo' | 'redo'; id: string; kind: BatchKind; title: string; actor: string; changes: number; created_at: Date }>(
    `WITH RECURSIVE top AS (${NEWEST}), stack AS (
       SELECT 'undo' AS stack, b.id, b.below, b.origin, 1 AS depth FROM top JOIN label_batches b ON b.id = top.undo_top
       UNION ALL SELECT 'redo', b.id, b.below, b.origin, 1 FROM top JOIN label_batches b ON b.id = top.redo_top
       UNION ALL SELECT s.stack, b.id, b.below, b.origin, s.depth + 1 FROM stack s JOIN label_batches b ON b.id = s.below WHERE s.depth < ${SHOWN}
     )
     SELECT s.stack, o.id, o.kind, o.title, o.actor, o.changes, o.created_at FROM stack s JOIN label_batches o ON o.id = s.origin ORDER BY s.stack, s.depth`,
    [scope.datasetId, actor, scope.assignment],
  )
  const lines = (stack: string): BatchLine[] => rows.filter((row) => row.stack === stack)
    .map(({ id, kind, title, actor: by, changes, created_at: at }) => ({ id, kind, title, actor: by, changes, at: iso(at) ?? '' }))
  return { undo: lines('undo'), redo: lines('redo') }
}
