import type { LineFacets } from '@/lib/experiments/compare/line-facets'
import { agentName } from '@/lib/experiments/compare/line-facets'
import { sql } from './database'
import { columnText, toNumber } from './values'

/**
 * What is known of the events of a data set with these auditIDs, in the order asked; undefined where there is none. Of several
 * stages the last counts, as in a run's answers; contexts are those of the newest labels.
 */
export async function answeredEvents(datasetId: string, auditIDs: readonly string[]): Promise<(LineFacets | undefined)[]> {
  const ids = auditIDs.map((id) => columnText(id) ?? '')
  const rows = await sql<Row>(
    `SELECT DISTINCT ON (e.audit_id) e.audit_id, e.seq, e.received_micros, e.verb, e.username, e.api_group, e.resource, e.subresource, e.namespace, e.name, e.code,
       left(e.body ->> 'userAgent', 200) AS user_agent, l.context
     FROM events e
     LEFT JOIN (SELECT DISTINCT ON (audit_id) audit_id, context FROM label_events WHERE dataset_id = $1 AND assignment_id IS NULL ORDER BY audit_id, id DESC) l ON l.audit_id = e.audit_id
     WHERE e.dataset_id = $1 AND e.audit_id = ANY($2::text[]) ORDER BY e.audit_id, e.seq DESC`,
    [datasetId, ids],
  )
  const byId = new Map(rows.map((row) => [row.audit_id, toFacets(row)]))
  return ids.map((id) => byId.get(id))
}

interface Row {
  audit_id: string; seq: number; received_micros: string | null; verb: string | null; username: string | null; api_group: string | null; resource: string | null
  subresource: string | null; namespace: string | null; name: string | null; code: number | null; user_agent: string | null; context: string | null
}

function toFacets(row: Row): LineFacets {
  const kind = row.resource && [row.resource, row.subresource].filter(Boolean).join('/')
  return {
    seq: row.seq, micros: toNumber(row.received_micros), verb: row.verb, user: row.username, resource: kind && row.api_group ? `${kind}.${row.api_group}` : kind,
    object: [row.namespace, row.name].filter(Boolean).join('/') || null, agent: agentName(row.user_agent), code: row.code, context: row.context,
  }
}
