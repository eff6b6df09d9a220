import type { AuditEvent } from '@/lib/audit/event'
import type { ActionLabel } from '@/lib/labels/action-label'
import { sql } from './database'
import { clamp, Filter } from './filter'
import type { Page, Role } from './types'
import { stored, toNumber } from './values'

/** One line of a log with its newest label, without the body. */
export interface EventRow {
  readonly seq: number
  readonly auditID: string
  readonly stage: string | null
  readonly receivedMicros: number | null
  readonly level: string | null
  readonly verb: string | null
  readonly username: string | null
  readonly group: string | null
  readonly resource: string | null
  readonly subresource: string | null
  readonly namespace: string | null
  readonly name: string | null
  readonly code: number | null
  readonly role: Role | null
  readonly context: string | null
  readonly label: ActionLabel | null
}

export interface StoredEvent { readonly seq: number; readonly event: AuditEvent }

export interface EventQuery {
  /** Substring of user, resource, name, namespace or auditID. */
  readonly q?: string
  readonly verb?: string
  readonly username?: string
  readonly resource?: string
  readonly namespace?: string
  readonly code?: number
  readonly role?: Role
  readonly auditID?: string
  readonly offset?: number
  readonly limit?: number
}

const NEWEST_LABEL = `LEFT JOIN LATERAL (SELECT l.role, l.context, l.to_label FROM label_events l
  WHERE l.dataset_id = e.dataset_id AND l.audit_id = e.audit_id AND l.assignment_id IS NULL ORDER BY l.id DESC LIMIT 1) l ON true`

const COLUMNS = `e.seq, e.audit_id, e.stage, e.received_micros, e.level, e.verb, e.username, e.api_group, e.resource, e.subresource,
  e.namespace, e.name, e.code`

/** Events in order of time received (equal times: in the order of the log), by page. */
export async function listEvents(datasetId: string, query: EventQuery = {}): Promise<Page<EventRow>> {
  const filter = new Filter()
    .add(datasetId, (p) => `e.dataset_id = ${p}`)
    .contains(query.q, ['e.username', 'e.resource', 'e.name', 'e.namespace', 'e.audit_id'])
    .add(query.verb, (p) => `e.verb = ${p}`)
    .add(query.username, (p) => `e.username = ${p}`)
    .add(query.resource, (p) => `e.resource = ${p}`)
    .add(query.namespace, (p) => `e.namespace = ${p}`)
    .add(query.code, (p) => `e.code = ${p}`)
    .add(query.auditID, (p) => `e.audit_id = ${p}`)
    .add(query.role, (p) => `l.role = ${p}::line_role`)
  const label = query.role === undefined ? '' : NEWEST_LABEL
  const [counted] = await sql<{ total: number }>(`SELECT count(*)::int AS total FROM events e ${label} ${filter.where}`, filter.values)
  const [limit, offset] = [filter.parameter(clamp(query.limit, 100, 1000)), filter.parameter(clamp(query.offset, 0, 2 ** 31))]
  const rows = await sql<Row>(`SELECT ${COLUMNS}, l.role, l.context, l.to_label FROM events e ${NEWEST_LABEL} ${filter.where}
    ORDER BY e.received_micros, e.seq LIMIT ${limit} OFFSET ${offset}`, filter.values)
  return { rows: rows.map(toRow), total: counted?.total ?? 0 }
}

/** One event with its body; null when there is none. */
export async function getEvent(datasetId: string, seq: number): Promise<{ row: EventRow; event: AuditEvent } | null> {
  if (!Number.isInteger(seq) || seq < 0 || seq >= 2 ** 31) return null
  const [row] = await sql<Row & { body: AuditEvent }>(`SELECT ${COLUMNS}, e.body, l.role, l.context, l.to_label FROM events e ${NEWEST_LABEL} WHERE e.dataset_id = $1 AND e.seq = $2`, [datasetId, seq])
  return row === undefined ? null : { row: toRow(row), event: row.body }
}

/** All events, or the first `limit`, in order of time received, batch by batch; memory does not grow with the log. */
export async function* streamEvents(datasetId: string, options: { limit?: number | null; batch?: number } = {}): AsyncGenerator<StoredEvent[]> {
  const batch = options.batch ?? 500
  let left = options.limit ?? Number.POSITIVE_INFINITY
  let after: { micros: string | null; seq: number } | null = null
  while (left > 0) {
    const rows: StreamRow[] = await nextBatch(datasetId, after, Math.min(batch, left))
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ seq, body }) => ({ seq, event: body }))
    left -= rows.length
    after = { micros: last.received_micros, seq: last.seq }
  }
}

interface StreamRow { seq: number; received_micros: string | null; body: AuditEvent }

/** Keyset paging along the index; events without a time come last, as `compareEvents` has it. */
function nextBatch(datasetId: string, after: { micros: string | null; seq: number } | null, limit: number): Promise<StreamRow[]> {
  const select = 'SELECT seq, received_micros, body FROM events WHERE dataset_id = $1'
  const order = 'ORDER BY received_micros, seq LIMIT'
  if (after === null) return sql(`${select} ${order} $2`, [datasetId, limit])
  if (after.micros === null) return sql(`${select} AND received_micros IS NULL AND seq > $2 ${order} $3`, [datasetId, after.seq, limit])
  return timed(datasetId, after.micros, after.seq, limit, select, order)
}

async function timed(datasetId: string, micros: string, seq: number, limit: number, select: string, order: string): Promise<StreamRow[]> {
  const rows = await sql<StreamRow>(`${select} AND (received_micros, seq) > ($2, $3) ${order} $4`, [datasetId, micros, seq, limit])
  return rows.length > 0 ? rows : sql<StreamRow>(`${select} AND received_micros IS NULL ${order} $2`, [datasetId, limit])
}

interface Row {
  seq: number; audit_id: string; stage: string | null; received_micros: string | null; level: string | null; verb: string | null; username: string | null
  api_group: string | null; resource: string | null; subresource: string | null; namespace: string | null; name: string | null; code: number | null
  role: Role | null; context: string | null; to_label: unknown
}

function toRow(row: Row): EventRow {
  const { seq, stage, level, verb, username, resource, subresource, namespace, name, code, role, context } = row
  return { seq, auditID: row.audit_id, stage, receivedMicros: toNumber(row.received_micros), level, verb, username, group: row.api_group, resource, subresource, namespace, name, code, role, context, label: stored(row.to_label) }
}
