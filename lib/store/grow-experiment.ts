import type { PoolClient } from 'pg'
import type { GrownRun as StandingRun } from '@/lib/experiments/growth/growth-run'
import type { LaunchOptions } from '@/lib/experiments/launch-options'
import { inTransaction, sql } from './database'
import { CHANNELS, notify } from './notify'
import { insertRun } from './run-insert'
import type { NewRun } from './run-types'
import type { JsonObject } from './types'
import { stored } from './values'

/** A run to add to a launch, which goes on from the checkpoint of another one of it. */
export interface GrownRun extends NewRun { readonly from: string | null }

export interface Growth {
  readonly add: readonly GrownRun[]
  /** Ended runs whose checkpoints are not needed any more. */
  readonly spent: readonly string[]
}

/** A run that was added, as the queue must know it. */
export interface GrownRunRow { readonly id: string; readonly priority: number }

export interface GrowingLaunch { readonly id: string; readonly spec: JsonObject; readonly scale: string; readonly runs: readonly StandingRun[] }

/**
 * Adds to a launch what `decide` finds should follow from its runs, all or nothing. The launch is locked meanwhile, so that of
 * many who ask at once one adds and the others see it done. A launch that a person has stopped grows no further until it is
 * resumed. Returns the new runs.
 */
export async function growExperiment(id: string, decide: (launch: GrowingLaunch) => Growth): Promise<GrownRunRow[]> {
  const grown = await inTransaction(async (client) => {
    const { rows: [launch] } = await client.query<LaunchRecord>('SELECT dataset_id, spec, scale, options FROM experiments WHERE id = $1 FOR UPDATE', [id])
    if (launch === undefined) return []
    const { rows } = await client.query<RunRecord>('SELECT id, state, cancel_requested, axes, params, metrics FROM runs WHERE experiment_id = $1 ORDER BY number', [id])
    if (rows.some((run) => run.state === 'stopped' || run.cancel_requested)) return []
    const { add, spent } = decide({ id, spec: stored(launch.spec), scale: launch.scale, runs: rows.map(toStanding) })
    const base = stored<LaunchOptions>(launch.options).priority ?? 0
    const added: GrownRunRow[] = []
    for (const run of add) {
      const priority = base + (run.priority ?? 0)
      added.push({ id: await insertGrown(client, launch.dataset_id, id, { ...run, priority }), priority })
    }
    await client.query('DELETE FROM run_checkpoints WHERE run_id = ANY($1)', [spent])
    return added
  })
  for (const run of grown) await notify(CHANNELS.runs, run.id)
  if (grown.length > 0) await notify(CHANNELS.experiments, id)
  return grown
}

interface LaunchRecord { dataset_id: string; spec: unknown; scale: string; options: unknown }

interface RunRecord { id: string; state: StandingRun['state']; cancel_requested: boolean; axes: unknown; params: unknown; metrics: unknown }

function toStanding({ id, state, axes, params, metrics }: RunRecord): StandingRun {
  return { id, state, axes: stored(axes), params: stored(params), metrics: stored(metrics) }
}

/** The new run has the old one's checkpoint and epochs, as if it had been at work from the start. */
async function insertGrown(client: PoolClient, datasetId: string, experimentId: string, run: GrownRun): Promise<string> {
  const id = await insertRun(client, datasetId, experimentId, run)
  if (run.from === null) return id
  await client.query('INSERT INTO run_checkpoints (run_id, attempt, fold, epoch, bytes) SELECT $2, 0, fold, epoch, bytes FROM run_checkpoints WHERE run_id = $1', [run.from, id])
  await client.query(
    `INSERT INTO epochs (run_id, fold, epoch, steps, loss, accuracy, validation_loss, validation_accuracy, learning_rate, seconds, best)
     SELECT $2, fold, epoch, steps, loss, accuracy, validation_loss, validation_accuracy, learning_rate, seconds, best FROM epochs WHERE run_id = $1`,
    [run.from, id],
  )
  return id
}

/** Growing launches that have runs and none at work: finished, or to be grown by somebody who died before he did. */
export async function idleGrowing(): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `SELECT x.id FROM experiments x WHERE x.spec #> ARRAY['scales', x.scale, 'growth'] IS NOT NULL AND EXISTS (SELECT FROM runs r WHERE r.experiment_id = x.id)
       AND NOT EXISTS (SELECT FROM runs r WHERE r.experiment_id = x.id AND r.state IN ('queued', 'running', 'stopped'))`,
  )
  return rows.map((row) => row.id)
}

/** The growing launch that a run belongs to; null for all other runs. */
export async function growingOfRun(runId: string): Promise<string | null> {
  const [row] = await sql<{ id: string }>(`SELECT x.id FROM runs r JOIN experiments x ON x.id = r.experiment_id WHERE r.id = $1 AND x.spec #> ARRAY['scales', x.scale, 'growth'] IS NOT NULL`, [runId])
  return row?.id ?? null
}
