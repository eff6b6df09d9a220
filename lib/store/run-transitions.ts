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
export async function requeueRun(id: string, options: { fresh: boolean }): Promise<void> {
  const done = await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE runs SET state = 'queued', error = NULL, worker = NULL, lease_until = NULL, cancel_requested = false, finished_at = NULL, queued_at = now(), lost = 0,
         started_at = CASE WHEN $2 THEN NULL ELSE started_at END, progress = NULL
       WHERE id = $1 AND state IN ('stopped', 'failed')`,
      [id, options.fresh],
    )
    if (rowCount === 0) return false
    if (options.fresh) for (const table of ['run_checkpoints', 'run_answers', 'epochs']) await client.query(`DELETE FROM ${table} WHERE run_id = $1`, [id])
    return true
  })
  if (!done) throw wrongState(await requireRun(id), 'queued again')
  await notify(CHANNELS.runs, id)
}

/** Queues all stopped runs of a launch again and takes back every wish to stop it; returns their ids. */
export async function requeueStopped(experimentId: string): Promise<string[]> {
  await sql(`UPDATE runs SET cancel_requested = false WHERE experiment_id = $1 AND cancel_requested AND state <> 'running'`, [experimentId])
  const rows = await sql<{ id: string }>(`SELECT id FROM runs WHERE experiment_id = $1 AND state = 'stopped' ORDER BY number`, [experimentId])
  for (const { id } of rows) await requeueRun(id, { fresh: false })
  return rows.map((row) => row.id)
}

/** Makes a queued copy of a run, with another seed when given; it belongs to no launch. Returns its id. */
export async function copyRun(id: string, options: { seed?: number } = {}): Promise<string> {
  const run = await requireRun(id)
  const seed = options.seed ?? run.seed
  const name = seed === run.seed ? run.name : run.name.replace(/ seed \d+$/, '').concat(` seed ${seed}`)
  const copy = { name, preset: run.preset, protocol: run.protocol, seed, axes: run.axes, params: { ...run.params, seed }, priority: run.priority, tags: run.tags }
  const copyId = await inTransaction((client) => insertRun(client, run.datasetId, null, copy, run.id))
  await notify(CHANNELS.runs, copyId)
  return copyId
}

function wrongState(run: Run, wanted: string): AuditweaveError {
  const advice = run.state === 'done' ? 'Clone it to run it again.' : 'Wait until it has changed.'
  return new AuditweaveError('wrong-state', `Run ${run.number} is ${run.state} and cannot be ${wanted}. ${advice}`)
}
