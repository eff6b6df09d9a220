import { mayBegin } from './budget'
import { inTransaction, sql } from './database'
import { CHANNELS, notify } from './notify'
import { jsonText } from './values'

/** What a worker can hold: rows with state, attempt, worker, lease_until, lost and cancel_requested. */
export type Leased = 'runs' | 'reconstructions'

/** Proof of holding a row: `attempt` is the fencing token, and every write of the holder names it. */
export interface Hold { readonly id: string; readonly attempt: number }

const PRIORITY: Readonly<Record<Leased, string>> = { runs: 'priority', reconstructions: '0 AS priority' }

/** A row that killed so many workers is given up. */
const MOST_LOST = 3

const LOST = { code: 'worker-lost', message: `${MOST_LOST} workers died over this work, perhaps for want of memory. Look at their output, then resume it.` }

/** Adds the attempt that ends to what the row has cost; `to` is when it was last heard of. */
export const countWork = (to: 'now()' | 'lease_until' = 'now()'): string => `worked_seconds = worked_seconds + GREATEST(0, extract(epoch FROM ${to} - COALESCE(claimed_at, ${to})))`

/** Takes a queued row for `worker`; null when somebody else has it, it is not queued any more, or the budget of its launch is spent. */
export async function claim(table: Leased, id: string, worker: string, leaseSeconds: number, jobId: string | null): Promise<Hold | null> {
  const row = await inTransaction(async (client) => {
    if (table === 'runs' && !(await mayBegin(client, id))) return undefined
    const { rows } = await client.query<{ attempt: number }>(
      `UPDATE ${table} SET state = 'running', attempt = attempt + 1, worker = $2, job_id = $4, lease_until = now() + make_interval(secs => $3),
         started_at = COALESCE(started_at, now()), claimed_at = now(), finished_at = NULL, progress = NULL, error = NULL
       WHERE id = $1 AND state = 'queued' RETURNING attempt`,
      [id, worker, leaseSeconds, jobId],
    )
    return rows[0]
  })
  if (row === undefined) return null
  await notify(CHANNELS[table], id)
  return { id, attempt: row.attempt }
}

export type LeaseState = 'held' | 'cancelled' | 'lost'

/** Extends the hold; tells whether it was asked to stop, or is no longer ours. */
export async function renew(table: Leased, hold: Hold, leaseSeconds: number): Promise<LeaseState> {
  const [row] = await sql<{ cancel_requested: boolean }>(
    `UPDATE ${table} SET lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING cancel_requested`,
    [hold.id, hold.attempt, leaseSeconds],
  )
  if (row === undefined) return 'lost'
  return row.cancel_requested ? 'cancelled' : 'held'
}

export interface Expired { readonly id: string; readonly jobId: string | null; readonly queued: boolean; readonly priority: number }

/** Puts rows of dead workers back into the queue (checkpoints are kept); returns them. Safe to call from many processes. */
export async function requeueExpired(table: Leased): Promise<Expired[]> {
  const rows = await sql<{ id: string; state: string; job_id: string | null; priority: number }>(
    `UPDATE ${table} SET lost = lost + 1, worker = NULL, lease_until = NULL, queued_at = now(), ${countWork('lease_until')},
       state = CASE WHEN cancel_requested THEN 'stopped' WHEN lost + 1 >= $1 THEN 'failed' ELSE 'queued' END::run_state,
       finished_at = CASE WHEN cancel_requested OR lost + 1 >= $1 THEN now() END,
       error = CASE WHEN NOT cancel_requested AND lost + 1 >= $1 THEN $2::jsonb END,
       cancel_requested = false
     WHERE state = 'running' AND lease_until < now() RETURNING id, state, job_id, ${PRIORITY[table]}`,
    [MOST_LOST, jsonText(LOST)],
  )
  for (const { id } of rows) await notify(CHANNELS[table], id)
  return rows.map(({ id, state, job_id, priority }) => ({ id, jobId: job_id, queued: state === 'queued', priority }))
}

/** Queued rows that nobody has taken for some seconds. */
export async function waitingLong(table: Leased, seconds: number): Promise<{ id: string; priority: number }[]> {
  return sql(`SELECT id, ${PRIORITY[table]} FROM ${table} WHERE state = 'queued' AND queued_at < now() - make_interval(secs => $1) ORDER BY queued_at`, [seconds])
}

/** Gives a row back unfinished, for another worker: this one is shutting down. */
export async function handBack(table: Leased, hold: Hold): Promise<boolean> {
  const rows = await sql(
    `UPDATE ${table} SET state = 'queued', worker = NULL, lease_until = NULL, queued_at = now(), ${countWork()} WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING id`,
    [hold.id, hold.attempt],
  )
  await notify(CHANNELS[table], hold.id)
  return rows.length > 0
}

/** Ends the work as failed or stopped; false when the hold was lost meanwhile. */
export async function endUnfinished(table: Leased, hold: Hold, end: { state: 'stopped' } | { state: 'failed'; error: { code: string; message: string } }): Promise<boolean> {
  const error = end.state === 'failed' ? jsonText(end.error) : null
  const rows = await sql(
    `UPDATE ${table} SET state = $3::run_state, error = $4::jsonb, finished_at = now(), lease_until = NULL, cancel_requested = false, ${countWork()}
     WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING id`,
    [hold.id, hold.attempt, end.state, error],
  )
  await notify(CHANNELS[table], hold.id)
  return rows.length > 0
}

/** Notes how far the work is. */
export async function writeProgress(table: Leased, hold: Hold, progress: object): Promise<void> {
  await sql(`UPDATE ${table} SET progress = $3 WHERE id = $1 AND attempt = $2 AND state = 'running'`, [hold.id, hold.attempt, jsonText(progress)])
  await notify(CHANNELS[table], hold.id)
}
