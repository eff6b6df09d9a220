import type { Alert } from '@/lib/live/watch'
import { sql } from '../database'
import { CHANNELS, notify } from '../notify'
import { findAlert } from './alerts'

/** An alert that is to be posted, and how often that was tried. */
export interface Due { readonly alert: Alert; readonly attempts: number }

/** The next alert whose time to be posted has come; null where there is none. */
export async function nextDue(): Promise<Due | null> {
  const [row] = await sql<{ id: string; attempts: number }>(`SELECT id, delivery_attempts AS attempts FROM alerts WHERE delivery = 'pending' AND delivery_next_at <= now() ORDER BY delivery_next_at, id LIMIT 1`)
  const alert = row ? await findAlert(row.id) : null
  return row && alert ? { alert, attempts: row.attempts } : null
}

export async function noteSent(id: string): Promise<void> {
  await sql(`UPDATE alerts SET delivery = 'sent', delivery_attempts = delivery_attempts + 1, delivery_next_at = NULL, delivery_error = NULL WHERE id = $1`, [id])
  await notify(CHANNELS.alerts, id)
}

/** `again` in seconds, null where it is given up. */
export async function noteNotSent(id: string, { error, again }: { readonly error: string; readonly again: number | null }): Promise<void> {
  await sql(
    `UPDATE alerts SET delivery = CASE WHEN $3::float8 IS NULL THEN 'failed' ELSE 'pending' END::alert_delivery, delivery_attempts = delivery_attempts + 1,
       delivery_next_at = CASE WHEN $3::float8 IS NOT NULL THEN now() + make_interval(secs => $3::float8) END, delivery_error = $2 WHERE id = $1`,
    [id, error.slice(0, 500), again],
  )
  await notify(CHANNELS.alerts, id)
}
