import { sql } from './database'
import { iso } from './values'

/** A worker process that was heard of lately. */
export interface WorkerSeen {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly seenAt: string
  readonly startedAt: string
  /** The run it is at, if any. */
  readonly running: string | null
}

const SILENT_SECONDS = 30
const FORGET_HOURS = 24

/** Says that a worker lives; forgets those that have been silent for a day. */
export async function workerSeen(worker: { id: string; host: string; pid: number; home: string | null; running: string | null }): Promise<void> {
  await sql(
    `INSERT INTO workers (id, host, pid, home, running) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET running = EXCLUDED.running, seen_at = now()`,
    [worker.id, worker.host, worker.pid, worker.home, worker.running],
  )
  await sql('DELETE FROM workers WHERE seen_at < now() - make_interval(hours => $1)', [FORGET_HOURS])
}

export async function workerGone(id: string): Promise<void> {
  await sql('DELETE FROM workers WHERE id = $1', [id])
}

/** The workers that would take a run now. */
export async function listWorkers(): Promise<WorkerSeen[]> {
  const rows = await sql<{ id: string; host: string; pid: number; seen_at: Date; started_at: Date; running: string | null }>(
    'SELECT * FROM workers WHERE seen_at > now() - make_interval(secs => $1) ORDER BY started_at', [SILENT_SECONDS],
  )
  return rows.map((row) => ({ id: row.id, host: row.host, pid: row.pid, seenAt: iso(row.seen_at) ?? '', startedAt: iso(row.started_at) ?? '', running: row.running }))
}
