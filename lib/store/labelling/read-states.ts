import type { PoolClient, QueryResultRow } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import { iso } from '../values'
import { blankState, type RequestState } from './state'
import { originsWanted, STATE_COLUMNS, toState, type Origin, type StateRow } from './state-rows'

/** Where labels stand: the shared ones of a data set, or those of an assignment. */
export interface LabelScope { readonly datasetId: string; readonly assignment: string | null }

/**
 * What stands of these requests by now, in the order asked.
 * @throws AuditweaveError 'unknown-request' when the data set has no such auditID
 */
export async function readStates(client: PoolClient, { datasetId, assignment }: LabelScope, auditIDs: readonly string[]): Promise<RequestState[]> {
  const { rows } = await client.query<Omit<StateRow, 'id'> & { id: string | null; asked: string; known: boolean }>(
    `SELECT u.asked, EXISTS (SELECT FROM events e WHERE e.dataset_id = $1 AND e.audit_id = u.asked) AS known, ${STATE_COLUMNS}
     FROM unnest($2::text[]) WITH ORDINALITY u(asked, place)
     LEFT JOIN LATERAL (SELECT * FROM label_events WHERE dataset_id = $1 AND audit_id = u.asked AND assignment_id IS NOT DISTINCT FROM $3 ORDER BY id DESC LIMIT 1) l ON true
     ORDER BY u.place`,
    [datasetId, auditIDs, assignment],
  )
  const unknown = rows.find(({ known }) => !known)
  if (unknown) throw new AuditweaveError('unknown-request', `This data set has no request "${unknown.asked.slice(0, 60)}". Load the page again.`)
  const present = rows.filter((row): row is typeof row & { id: string } => row.id !== null)
  const origins = await readOrigins(asQuery(client), originsWanted(present))
  return rows.map((row) => (row.id === null ? blankState(row.asked) : toState({ ...row, id: row.id }, origins)))
}

/** Runs a statement and answers its rows. */
type Query = <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<Row[]>

export function asQuery(client: PoolClient): Query {
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => (await client.query<Row>(text, [...values])).rows
}

/** Who made these label events, and when. */
export async function readOrigins(query: Query, ids: readonly number[]): Promise<Map<number, Origin>> {
  if (ids.length === 0) return new Map()
  const rows = await query<{ id: string; actor: string; created_at: Date }>('SELECT id, actor, created_at FROM label_events WHERE id = ANY($1::bigint[])', [ids])
  return new Map(rows.map(({ id, actor, created_at: at }) => [Number(id), { actor, at: iso(at) ?? '' }]))
}
