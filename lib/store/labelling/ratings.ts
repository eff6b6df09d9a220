import type { ActionLabel } from '@/lib/labels/action-label'
import type { LabelStanding, Role } from '@/lib/labelling/types'
import { sql } from '../database'
import { iso, stored } from '../values'

/** What somebody, or something, said of a request, before anybody decided between them. */
export interface StoredRating {
  readonly auditID: string
  readonly role: Role | null
  readonly label: ActionLabel | null
  readonly context: string | null
  readonly by: string
  readonly at: string | null
}

export interface SharedRating extends StoredRating {
  readonly standing: Exclude<LabelStanding, 'suggested' | 'unlabelled'>
}

/** An adjudication decides between labels, it is none of those it decides between; taking one back is none either. */
const NOT_ADJUDICATED = `LEFT JOIN label_batches b ON b.id = l.batch_id LEFT JOIN label_batches o ON o.id = b.origin`
const KINDS = `l.kind IN ('label', 'clear') AND o.kind IS DISTINCT FROM 'adjudicate'`
const COLUMNS = 'l.audit_id, l.role, l.context, l.to_label, l.standing, COALESCE(s.actor, l.actor) AS actor, COALESCE(s.created_at, l.created_at) AS at'

/** The shared labels as they were given, leaving adjudications out. */
export async function sharedRatings(datasetId: string): Promise<SharedRating[]> {
  const rows = await sql<Row>(
    `SELECT DISTINCT ON (l.audit_id) ${COLUMNS} FROM label_events l ${NOT_ADJUDICATED} LEFT JOIN label_events s ON s.id = l.set_by
     WHERE l.dataset_id = $1 AND l.assignment_id IS NULL AND ${KINDS} ORDER BY l.audit_id, l.id DESC`,
    [datasetId],
  )
  return rows.flatMap((row) => (row.standing === 'unlabelled' ? [] : [{ ...toRating(row), standing: row.standing }]))
}

/** What each annotator said in blind second labellings, by name; of several assignments the newest act counts. */
export async function blindRatings(datasetId: string): Promise<Map<string, StoredRating[]>> {
  const rows = await sql<Row & { annotator: string }>(
    `SELECT DISTINCT ON (a.annotator, l.audit_id) a.annotator, ${COLUMNS} FROM label_events l JOIN assignments a ON a.id = l.assignment_id LEFT JOIN label_events s ON s.id = l.set_by
     WHERE l.dataset_id = $1 AND l.kind IN ('label', 'clear') ORDER BY a.annotator, l.audit_id, l.id DESC`,
    [datasetId],
  )
  const byAnnotator = new Map<string, StoredRating[]>()
  for (const row of rows) {
    if (row.standing === 'unlabelled') continue
    const own = byAnnotator.get(row.annotator) ?? []
    own.push(toRating(row))
    byAnnotator.set(row.annotator, own)
  }
  return byAnnotator
}

/** The newest thing that was ever said about a data set's labels, blind ones too: label events are never changed, so it stands for all of them. */
export async function newestLabelEvent(datasetId: string): Promise<number> {
  const [row] = await sql<{ newest: string | null }>('SELECT max(id) AS newest FROM label_events WHERE dataset_id = $1', [datasetId])
  return Number(row?.newest ?? 0)
}

interface Row {
  audit_id: string; role: Role | null; context: string | null; to_label: unknown; standing: Exclude<LabelStanding, 'suggested'>; actor: string; at: Date
}

function toRating(row: Row): StoredRating {
  return { auditID: row.audit_id, role: row.role, label: stored(row.to_label), context: row.context, by: row.actor, at: iso(row.at) }
}
