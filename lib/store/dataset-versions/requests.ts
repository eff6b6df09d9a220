import { labelKey } from '@/lib/labels/label-key'
import type { Labellings } from '@/lib/labelling/dataset/labelling'
import type { SplitRequest } from '@/lib/labelling/dataset/splits/spec'
import { sql } from '../database'
import { toNumber } from '../values'

interface Row { audit_id: string; line: number; received_micros: string | null; username: string | null; namespace: string | null; api_group: string | null; resource: string | null; name: string | null }

/** What splitting needs of each request, in order of time: its first line, and what that was about. */
export async function readSplitRequests(datasetId: string, labels: Labellings): Promise<SplitRequest[]> {
  const rows = await sql<Row>(
    `SELECT DISTINCT ON (audit_id) * FROM (
       SELECT audit_id, (row_number() OVER (ORDER BY received_micros, seq) - 1)::int AS line, received_micros, username, namespace, api_group, resource, name FROM events WHERE dataset_id = $1) lines
     ORDER BY audit_id, line`,
    [datasetId],
  )
  return rows.sort((a, b) => a.line - b.line).map((row) => {
    const labelling = labels.get(row.audit_id)
    return {
      auditID: row.audit_id, line: row.line, micros: toNumber(row.received_micros), user: row.username, namespace: row.namespace,
      object: row.name === null ? null : JSON.stringify([row.api_group, row.resource, row.namespace, row.name]),
      context: labelling?.context ?? null, trigger: labelling?.role === 'trigger', label: labelling?.label ? labelKey(labelling.label) : null,
    }
  })
}
