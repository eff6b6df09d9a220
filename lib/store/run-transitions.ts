import { AuditweaveError } from '@/lib/audit/errors'
import { inTransaction, sql } from './database'
import { CHANNELS, notify } from './notify'
import { insertRun } from './run-insert'
import { requireRun } from './runs'
import type { Run } from './run-types'

/**
 * Stops a run: a queued one at once, a running one as soon as its worker hears of it (its checkpoint is kept).
 * @throws AuditweaveError 'unknown-run', 'wrong-state'
 */
export async function stopRun(id: string): Promise<void> {
  const rows = await stopWhere('id = $1', id)
  if (rows > 0) return
  const run = await requireRun(id)
  throw wrongState(run, 'stopped')
}

/** Stops all that is queued or running of a launch. */
export async function stopExperiment(experimentId: string): Promise<void> {
  await stopWhere('experiment_id = $1', experimentId)
  await notify(CHANNELS.experiments, experimentId)
}

async function stopWhere(condition: string, value: string): Promise<number> {
  const rows = await sql<{ id: string }>(
    `UPDATE runs SET cancel_requested = (state = 'running'), finished_at = CASE WHEN state = 'queued' THEN now() END,
       state = CASE WHEN state = 'queued' THEN 'stopped' ELSE state END
     WHERE ${condition} AND state IN ('queued', 'running') RETURNING id`,
    [value],
  )
  for (const { id } of rows) await notify(CHANNELS.runs, id)
  return rows.length
}

/**
 * Queues a stopped or failed run again; it goes on from its checkpoint, or from the start when `fresh`.
 * @throws AuditweaveError 'unknown-run', 'wrong-state'
 */
export async function requeueRun(id: string, options: { fresh: boolean }): Promise<Requeued> {
  const priority = await inTransaction(async (client) => {
    const { rows: [run] } = await client.query<{ priority: number }>(
      `UPDATE runs SET state = 'queued', error = NULL, worker = NULL, lease_until = NULL, cancel_requested = false, finished_at = NULL, queued_at = now(), lost = 0,
         started_at = CASE WHEN $2 THEN NULL ELSE started_at END, progress = NULL
       WHERE id = $1 AND state IN ('stopped', 'failed') RETURNING priority`,
      [id, options.fresh],
    )
    if (run === undefined) return null
    if (options.fresh) for (const table of ['run_checkpoints', 'run_answers', 'epochs']) await client.query(`DELETE FROM ${table} WHERE run_id = $1`, [id])
    return run.priority
  })
  if (priority === null) throw wrongState(await requireRun(id), 'queued again')
  await notify(CHANNELS.runs, id)
  return { id, priority }
}

/** A run that was queued again, as the queue must know it. */
export interface Requeued { readonly id: string; readonly priority: number }

/** Queues all stopped runs of a launch again, the failed ones too when asked, and takes back every wish to stop it. */
export async function requeueStopped(experimentId: string, options: { failed?: boolean } = {}): Promise<Requeued[]> {
  await sql(`UPDATE runs SET cancel_requested = false WHERE experiment_id = $1 AND cancel_requested AND state <> 'running'`, [experimentId])
  const states = options.failed ? ['stopped', 'failed'] : ['stopped']
  const rows = await sql<{ id: string }>('SELECT id FROM runs WHERE experiment_id = $1 AND state = ANY($2::run_state[]) ORDER BY number', [experimentId, states])
  const queued: Requeued[] = []
  for (const { id } of rows) queued.push(await requeueRun(id, { fresh: false }))
  return queued
}

/** Those of the runs that are queued, as the queue must know them. */
export async function queuedPriorities(ids: readonly string[]): Promise<Requeued[]> {
  return sql<{ id: string; priority: number }>(`SELECT id, priority FROM runs WHERE id = ANY($1) AND state = 'queued' ORDER BY number`, [ids])
}

/** Makes a queued copy of a run, with another seed when given; it belongs to no launch. Returns its id. */
export async function copyRun(id: string, options: { seed?: number } = {}): Promise<string> {
  const run = await requireRun(id)
  const seed = options.seed ?? run.seed
  const name = seed === run.seed ? run.name : run.name.replace(/ seed \d+$/, '').concat(` seed ${seed}`)
  const copy = { name, kind: run.kind, preset: run.preset, protocol: run.protocol, seed, axes: run.axes, params: { ...run.params, seed }, priority: run.priority, tags: run.tags }
  const copyId = await inTransaction((client) => insertRun(client, run.datasetId, null, copy, run.id))
  await notify(CHANNELS.runs, copyId)
  return copyId
}

function wrongState(run: Run, wanted: string): AuditweaveError {
  const advice = run.state === 'done' ? 'Clone it to run it again.' : 'Wait until it has changed.'
  return new AuditweaveError('wrong-state', `Run ${run.number} is ${run.state} and cannot be ${wanted}. ${advice}`)
}
