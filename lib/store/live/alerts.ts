import { AuditweaveError } from '@/lib/audit/errors'
import type { Alert, AlertTrigger, Delivery, Severity } from '@/lib/live/watch'
import { sql } from '../database'
import { newId } from '../ids'
import { CHANNELS, notify } from '../notify'
import { iso, jsonText, stored } from '../values'

/** A context that a watch matches. Times in milliseconds since the epoch. */
export interface Match {
  readonly watchId: string
  readonly contextId: string
  readonly trigger: AlertTrigger
  readonly events: number
  readonly firstAt: number
  readonly lastAt: number
  /** Numbers of its lines among all received ones. */
  readonly lines: readonly number[]
  /** Whether a new alert is to be posted. */
  readonly posts: boolean
}

interface Row {
  id: string; watch_id: string; watch: string; severity: Severity; context_id: string; trigger: unknown; events: number; first_at: Date; last_at: Date; raised_at: Date
  state: Alert['state']; acknowledged_at: Date | null; acknowledged_by: string | null; delivery: Delivery; delivery_error: string | null
}

const SELECT = `SELECT a.id, a.watch_id, w.name AS watch, w.severity, a.context_id, a.trigger, a.events, a.first_at, a.last_at, a.raised_at, a.state, a.acknowledged_at, a.acknowledged_by,
  a.delivery, a.delivery_error FROM alerts a JOIN watches w ON w.id = a.watch_id`
const KEPT_LINES = 500

/** Raises an alert for each match that has none, and brings the others up to date; returns those that are new. A watch that has been removed meanwhile raises none. */
export async function raiseAlerts(matches: readonly Match[]): Promise<Alert[]> {
  if (matches.length === 0) return []
  const rows = matches.map(({ watchId, contextId, trigger, events, firstAt, lastAt, lines, posts }) => ({
    id: newId(), watch_id: watchId, context_id: contextId, trigger, events, first_at: new Date(firstAt).toISOString(), last_at: new Date(lastAt).toISOString(), lines: lines.slice(0, KEPT_LINES), posts,
  }))
  const written = await sql<{ id: string; raised: boolean }>(
    `INSERT INTO alerts (id, watch_id, context_id, trigger, lines, events, first_at, last_at, delivery, delivery_next_at)
     SELECT m.id, m.watch_id, m.context_id, m.trigger, m.lines, m.events, m.first_at, m.last_at,
       CASE WHEN m.posts THEN 'pending' ELSE 'off' END::alert_delivery, CASE WHEN m.posts THEN now() END
     FROM jsonb_to_recordset($1::jsonb) AS m(id text, watch_id text, context_id text, trigger jsonb, lines jsonb, events int, first_at timestamptz, last_at timestamptz, posts boolean)
     JOIN watches w ON w.id = m.watch_id AND w.removed_at IS NULL
     ON CONFLICT (watch_id, context_id) DO UPDATE SET events = EXCLUDED.events, last_at = EXCLUDED.last_at, lines = EXCLUDED.lines WHERE alerts.events < EXCLUDED.events
     RETURNING id, (xmax = 0) AS raised`,
    [jsonText(rows)],
  )
  for (const { id } of written) await notify(CHANNELS.alerts, id)
  const raised = written.filter((row) => row.raised).map(({ id }) => id)
  return raised.length === 0 ? [] : (await sql<Row>(`${SELECT} WHERE a.id = ANY($1)`, [raised])).map(toAlert)
}

/** The newest alerts, at most `limit`. */
export async function listAlerts({ state, limit = 200, contextId }: { readonly state?: Alert['state']; readonly limit?: number; readonly contextId?: string } = {}): Promise<Alert[]> {
  const rows = await sql<Row>(`${SELECT} WHERE ($1::alert_state IS NULL OR a.state = $1::alert_state) AND ($2::text IS NULL OR a.context_id = $2) ORDER BY a.raised_at DESC, a.id LIMIT $3`, [state ?? null, contextId ?? null, limit])
  return rows.map(toAlert)
}

export async function countOpenAlerts(): Promise<number> {
  return Number((await sql<{ count: string }>(`SELECT count(*) FROM alerts WHERE state = 'open'`))[0]?.count ?? 0)
}

export async function findAlert(id: string): Promise<Alert | null> {
  const [row] = await sql<Row>(`${SELECT} WHERE a.id = $1`, [id])
  return row ? toAlert(row) : null
}

/** Numbers of the lines of a context that raised an alert, as far as they were kept; empty where none did. */
export async function alertLines(contextId: string): Promise<number[]> {
  const [row] = await sql<{ lines: unknown }>('SELECT lines FROM alerts WHERE context_id = $1 ORDER BY events DESC LIMIT 1', [contextId])
  return row ? stored<number[]>(row.lines) : []
}

/** Says that somebody has seen to it, or takes that back; either done again changes nothing. @throws AuditweaveError 'unknown-alert' */
export async function acknowledgeAlert(id: string, { by, state }: { readonly by: string; readonly state: Alert['state'] }): Promise<Alert> {
  const rows = await sql(
    `UPDATE alerts SET state = $2::alert_state, acknowledged_at = CASE WHEN $2 = 'open' THEN NULL ELSE COALESCE(acknowledged_at, now()) END,
       acknowledged_by = CASE WHEN $2 = 'open' THEN NULL ELSE COALESCE(acknowledged_by, $3) END WHERE id = $1 RETURNING id`,
    [id, state, by],
  )
  const alert = rows.length > 0 ? await findAlert(id) : null
  if (!alert) throw new AuditweaveError('unknown-alert', `There is no alert ${id.slice(0, 60)}.`)
  await notify(CHANNELS.alerts, id)
  return alert
}

function toAlert(row: Row): Alert {
  return {
    id: row.id, watchId: row.watch_id, watch: row.watch, severity: row.severity, contextId: row.context_id, trigger: stored<AlertTrigger>(row.trigger), events: row.events,
    firstAt: iso(row.first_at) ?? '', lastAt: iso(row.last_at) ?? '', raisedAt: iso(row.raised_at) ?? '', state: row.state,
    acknowledgedAt: iso(row.acknowledged_at), acknowledgedBy: row.acknowledged_by, delivery: row.delivery, deliveryError: row.delivery_error,
  }
}
