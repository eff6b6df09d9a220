import type { PoolClient } from 'pg'
import type { EpochRow, RunOutcome } from '@/lib/experiments/execute-types'
import { AuditweaveError } from '@/lib/audit/errors'
import { inTransaction, sql } from './database'
import { countWork, type Hold } from './lease'
import { insertModel } from './models'
import { CHANNELS, notify } from './notify'
import { writeRunAnswers } from './run-answers'
import { jsonParameter, jsonText } from './values'

// Everything here is written by the holder of a run alone: a worker that lost its lease changes nothing.

export interface Checkpoint { readonly epoch: number; readonly bytes: Uint8Array }

/** The newest checkpoint, and forgets the epochs after it: they are run again. A run that begins anew notes the data set's version. */
export async function startFromCheckpoint(hold: Hold): Promise<Checkpoint | null> {
  const [row] = await sql<{ epoch: number; bytes: Buffer }>('SELECT epoch, bytes FROM run_checkpoints WHERE run_id = $1', [hold.id])
  await sql(
    `UPDATE runs r SET dataset_version = CASE WHEN $3 AND r.dataset_version IS NOT NULL THEN r.dataset_version ELSE d.version END
     FROM datasets d WHERE d.id = r.dataset_id AND r.id = $1 AND r.attempt = $2 AND r.state = 'running'`,
    [hold.id, hold.attempt, row !== undefined],
  )
  await sql(`DELETE FROM epochs WHERE run_id = $1 AND epoch > $3 AND EXISTS (SELECT FROM runs WHERE id = $1 AND attempt = $2 AND state = 'running')`, [hold.id, hold.attempt, row?.epoch ?? -1])
  return row === undefined ? null : { epoch: row.epoch, bytes: new Uint8Array(row.bytes) }
}

/** Adds an epoch. @throws AuditweaveError 'lease-lost' */
export async function writeEpoch(hold: Hold, row: EpochRow, fold = 0): Promise<void> {
  const written = await sql(
    `INSERT INTO epochs (run_id, fold, epoch, loss, accuracy, validation_loss, validation_accuracy, learning_rate, seconds, steps, best)
     SELECT id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM runs WHERE id = $1 AND attempt = $2 AND state = 'running' FOR SHARE
     ON CONFLICT (run_id, fold, epoch) DO UPDATE SET loss = EXCLUDED.loss, accuracy = EXCLUDED.accuracy, validation_loss = EXCLUDED.validation_loss,
       validation_accuracy = EXCLUDED.validation_accuracy, learning_rate = EXCLUDED.learning_rate, seconds = EXCLUDED.seconds,
       steps = EXCLUDED.steps, best = EXCLUDED.best RETURNING epoch`,
    [hold.id, hold.attempt, fold, row.epoch, row.loss, row.accuracy, row.validationLoss, row.validationAccuracy, row.learningRate, row.seconds, row.steps, row.best],
  )
  if (written.length === 0) throw leaseLost(hold)
  await notify(CHANNELS.runs, hold.id)
}

/** Replaces the checkpoint. @throws AuditweaveError 'lease-lost' */
export async function writeCheckpoint(hold: Hold, checkpoint: Checkpoint): Promise<void> {
  const written = await sql(
    `INSERT INTO run_checkpoints (run_id, attempt, epoch, bytes)
     SELECT id, $2, $3, $4 FROM runs WHERE id = $1 AND attempt = $2 AND state = 'running' FOR SHARE
     ON CONFLICT (run_id) DO UPDATE SET attempt = EXCLUDED.attempt, epoch = EXCLUDED.epoch, bytes = EXCLUDED.bytes, created_at = now() RETURNING epoch`,
    [hold.id, hold.attempt, checkpoint.epoch, Buffer.from(checkpoint.bytes.buffer, checkpoint.bytes.byteOffset, checkpoint.bytes.byteLength)],
  )
  if (written.length === 0) throw leaseLost(hold)
}

/** Whether a run that is done keeps its checkpoint, for another run to go on from. */
export type CheckpointAfter = 'forget' | 'keep'

/**
 * Ends a run as done with all that came of it, in one transaction: figures, points, answers line by line, and the model of a training. A wish to stop it
 * that came too late stays visible in the row: it was meant for the rest of its launch too. @throws AuditweaveError 'lease-lost'
 */
export async function finishRun(hold: Hold, outcome: RunOutcome, checkpoint: CheckpointAfter = 'forget'): Promise<void> {
  await inTransaction(async (client) => {
    const number = await writeOutcome(client, hold, outcome)
    if (checkpoint === 'forget') await client.query('DELETE FROM run_checkpoints WHERE run_id = $1', [hold.id])
    if (outcome.answers !== null) await writeRunAnswers(client, hold.id, outcome.answers)
    if (outcome.model !== null) await storeModel(client, hold, number, { ...outcome, model: outcome.model })
  })
  await notify(CHANNELS.runs, hold.id)
}

/** Returns the run's number. */
async function writeOutcome(client: PoolClient, hold: Hold, outcome: RunOutcome): Promise<number> {
  const { metrics, timings, perClass, confusion, environment, points, endedEarly } = outcome
  const { rows: [run] } = await client.query<{ number: number }>(
    `UPDATE runs SET state = 'done', finished_at = now(), lease_until = NULL, error = NULL, progress = NULL, lost = 0, ${countWork()},
       metrics = $3, timings = $4, per_class = $5, confusion = $6, environment = $7, engine = $8, points = $9, ended_early = $10
     WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING number`,
    [hold.id, hold.attempt, jsonParameter(metrics), jsonText(timings), jsonParameter(perClass), jsonParameter(confusion), jsonText(environment), environment.engine, jsonText(points), endedEarly],
  )
  if (run === undefined) throw leaseLost(hold)
  return run.number
}

async function storeModel(client: PoolClient, hold: Hold, number: number, { model, metrics }: { model: NonNullable<RunOutcome['model']>; metrics: RunOutcome['metrics'] }): Promise<void> {
  const wanted = `run-${number}`
  const { rowCount } = await client.query('SELECT FROM models WHERE name = $1', [wanted])
  // A person may have given that name to another model.
  const name = rowCount === 0 ? wanted : `${wanted}-${hold.id}`
  await insertModel(client, { name, manifest: model.manifest, weights: model.weights, runId: hold.id, ...(metrics ? { metrics } : {}) })
}

function leaseLost(hold: Hold): AuditweaveError {
  return new AuditweaveError('lease-lost', `Attempt ${hold.attempt} at ${hold.id} is no longer the one that counts: its lease ran out or it was stopped. It ends here.`)
}
