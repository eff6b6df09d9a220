import type { RequestLabel } from '@/lib/labelling/types'
import { sql } from '../database'
import { readOrigins, type LabelScope } from './read-states'
import { toRequestLabel } from './state'
import { originsWanted, toState, type StateRow } from './state-rows'

/** Each column of the answer as one JSON array: the driver would take ten times as long over the values of 50,000 rows. */
const ARRAYS = `json_agg(d.id) AS id, json_agg(d.audit_id) AS audit_id, json_agg(d.kind) AS kind, json_agg(d.actor) AS actor, json_agg(d.role) AS role, json_agg(d.context) AS context,
  json_agg(d.to_label) AS to_label, json_agg(d.standing) AS standing, json_agg(d.set_by) AS set_by, json_agg(d.flagged) AS flagged, json_agg(d.skipped) AS skipped, json_agg(d.comments) AS comments,
  json_agg(floor(extract(epoch FROM d.created_at) * 1000)) AS millis`

type Arrays = { readonly [Key in Exclude<keyof StateRow, 'created_at' | 'comment'>]: readonly StateRow[Key][] } & { readonly millis: readonly number[] }

/**
 * What stands by now of every request with a label event newer than `since` (0 for all), and the newest label event; ask again with that.
 * Requests of which nobody ever said anything are left out.
 */
export async function labelsSince({ datasetId, assignment }: LabelScope, since: number): Promise<{ newest: number; labels: RequestLabel[] }> {
  const which = assignment === null ? 'l.assignment_id IS NULL' : 'l.assignment_id = $3'
  const [arrays] = await sql<Arrays | { id: null }>(
    `SELECT ${ARRAYS} FROM (SELECT DISTINCT ON (l.audit_id) l.* FROM label_events l WHERE l.dataset_id = $1 AND l.id > $2 AND ${which} ORDER BY l.audit_id, l.id DESC) d`,
    assignment === null ? [datasetId, since] : [datasetId, since, assignment],
  )
  if (arrays === undefined || arrays.id === null) return { newest: since, labels: [] }
  const rows = rowsOf(arrays)
  const origins = await readOrigins(sql, originsWanted(rows))
  return { newest: rows.reduce((most, { id }) => Math.max(most, Number(id)), since), labels: rows.map((row) => toRequestLabel(toState(row, origins))) }
}

function rowsOf(from: Arrays): StateRow[] {
  return from.id.map((id, i) => ({
    id, audit_id: from.audit_id[i], kind: from.kind[i], actor: from.actor[i], role: from.role[i], context: from.context[i], to_label: from.to_label[i], standing: from.standing[i],
    set_by: from.set_by[i], flagged: from.flagged[i], skipped: from.skipped[i], comments: from.comments[i], comment: null, created_at: new Date(from.millis[i] ?? 0),
  }) as StateRow)
}

/** The newest label event of a data set and whose it is, assignments among them; null when nobody ever said anything. */
export async function newestLabel(datasetId: string): Promise<{ newest: number; actor: string } | null> {
  const [row] = await sql<{ id: string; actor: string }>('SELECT id, actor FROM label_events WHERE dataset_id = $1 ORDER BY dataset_id DESC, id DESC LIMIT 1', [datasetId])
  return row === undefined ? null : { newest: Number(row.id), actor: row.actor }
}
