import type { RequestLine } from '@/lib/labelling/agreement/answers'
import { sql } from '../database'
import { toNumber } from '../values'

/** The first line of each of these requests. */
export async function firstLines(datasetId: string, auditIDs: readonly string[]): Promise<Map<string, RequestLine>> {
  if (auditIDs.length === 0) return new Map()
  const rows = await sql<Row>(
    `SELECT DISTINCT ON (audit_id) audit_id, seq, received_micros, verb, username, api_group, resource, subresource, namespace, name, code
     FROM events WHERE dataset_id = $1 AND audit_id = ANY($2) ORDER BY audit_id, received_micros, seq`,
    [datasetId, auditIDs],
  )
  return new Map(rows.map(({ audit_id: auditID, received_micros: micros, username: user, api_group: group, ...row }) => [auditID, { ...row, auditID, receivedMicros: toNumber(micros), user, group }]))
}

interface Row {
  audit_id: string; seq: number; received_micros: string | null; verb: string | null; username: string | null; api_group: string | null; resource: string | null
  subresource: string | null; namespace: string | null; name: string | null; code: number | null
}

