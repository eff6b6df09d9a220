import { AuditweaveError } from '@/lib/audit/errors'
import { sql } from './database'
import { newId } from './ids'
import { CHANNELS, notify } from './notify'
import type { JsonObject, RunState, StoredError, WorkProgress } from './types'
import { iso, jsonText, stored } from './values'

/** One reconstruction of a data set's contexts. */
export interface Reconstruction {
  readonly id: string
  readonly datasetId: string
  readonly datasetName: string
  readonly method: string
  readonly modelId: string | null
  readonly modelName: string | null
  readonly options: JsonObject
  readonly state: RunState
  readonly progress: WorkProgress | null
  readonly figures: JsonObject | null
  readonly error: StoredError | null
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly contexts: number
  /** Number of the newest correction by hand or undo; 0 before the first. */
  readonly revision: number
  /** Corrections that stand. */
  readonly corrections: number
}

export interface NewReconstruction {
  readonly datasetId: string
  readonly method: string
  readonly modelId?: string | null
  readonly modelName?: string | null
  readonly options?: object
}

const SELECT = `SELECT r.*, d.name AS dataset_name, (SELECT count(*)::int FROM contexts c WHERE c.reconstruction_id = r.id) AS contexts,
  (SELECT count(*) FILTER (WHERE k.act <> 'undo')::int - count(*) FILTER (WHERE k.act = 'undo')::int FROM context_corrections k WHERE k.reconstruction_id = r.id) AS corrections
  FROM reconstructions r JOIN datasets d ON d.id = r.dataset_id`

/** The newest first; of one data set when named. */
export async function listReconstructions(options: { datasetId?: string } = {}): Promise<Reconstruction[]> {
  const rows = await sql<Row>(`${SELECT} WHERE $1::text IS NULL OR r.dataset_id = $1 ORDER BY r.created_at DESC, r.id`, [options.datasetId ?? null])
  return rows.map(toReconstruction)
}

export async function getReconstruction(id: string): Promise<Reconstruction | null> {
  const [row] = await sql<Row>(`${SELECT} WHERE r.id = $1`, [id])
  return row === undefined ? null : toReconstruction(row)
}

/** @throws AuditweaveError 'unknown-reconstruction' */
export async function requireReconstruction(id: string): Promise<Reconstruction> {
  const found = await getReconstruction(id)
  if (found === null) throw new AuditweaveError('unknown-reconstruction', `There is no reconstruction "${id.slice(0, 40)}"; it may have been deleted.`)
  return found
}

/** Stores a queued reconstruction; `lib/jobs/queue` wakes the workers too. */
export async function createReconstruction(plan: NewReconstruction): Promise<string> {
  const id = newId()
  await sql('INSERT INTO reconstructions (id, dataset_id, method, model_id, model_name, options) VALUES ($1, $2, $3, $4, $5, $6)', [
    id, plan.datasetId, plan.method, plan.modelId ?? null, plan.modelName ?? null, jsonText(plan.options ?? {}),
  ])
  await notify(CHANNELS.reconstructions, id)
  return id
}

/** @throws AuditweaveError 'unknown-reconstruction', 'wrong-state' */
export async function stopReconstruction(id: string): Promise<void> {
  const rows = await sql(
    `UPDATE reconstructions SET cancel_requested = (state = 'running'), finished_at = CASE WHEN state = 'queued' THEN now() END,
       state = CASE WHEN state = 'queued' THEN 'stopped' ELSE state END
     WHERE id = $1 AND state IN ('queued', 'running') RETURNING id`,
    [id],
  )
  if (rows.length === 0) {
    const { state } = await requireReconstruction(id)
    throw new AuditweaveError('wrong-state', `The reconstruction is ${state} and cannot be stopped.`)
  }
  await notify(CHANNELS.reconstructions, id)
}

/** @throws AuditweaveError 'unknown-reconstruction', 'wrong-state' while it is running */
export async function deleteReconstruction(id: string): Promise<void> {
  const { state } = await requireReconstruction(id)
  if (state === 'running') throw new AuditweaveError('wrong-state', 'The reconstruction is running. Stop it before deleting it.')
  await sql(`DELETE FROM reconstructions WHERE id = $1 AND state <> 'running'`, [id])
  await notify(CHANNELS.reconstructions, id)
}

interface Row {
  id: string; dataset_id: string; dataset_name: string; method: string; model_id: string | null; model_name: string | null; options: unknown; state: RunState
  progress: unknown; figures: unknown; error: unknown; created_at: Date; started_at: Date | null; finished_at: Date | null; contexts: number; revision: string; corrections: number
}

function toReconstruction(row: Row): Reconstruction {
  return {
    id: row.id, datasetId: row.dataset_id, datasetName: row.dataset_name, method: row.method, modelId: row.model_id, modelName: row.model_name,
    options: stored(row.options), state: row.state, progress: stored(row.progress), figures: stored(row.figures), error: stored(row.error),
    createdAt: iso(row.created_at) ?? '', startedAt: iso(row.started_at), finishedAt: iso(row.finished_at), contexts: row.contexts,
    revision: Number(row.revision), corrections: row.corrections,
  }
}
