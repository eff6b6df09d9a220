import { AuditweaveError } from '@/lib/audit/errors'
import { inTransaction, sql } from './database'
import { newId } from './ids'
import { CHANNELS, notify } from './notify'
import { insertRun } from './run-insert'
import type { NewRun } from './run-types'
import type { JsonObject, RunState } from './types'
import { iso, jsonText, stored } from './values'

export { stopExperiment } from './run-transitions'

/** One launch of an experiment. */
export interface Experiment {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly spec: JsonObject
  readonly scale: string
  readonly datasetId: string
  readonly datasetName: string
  readonly state: RunState
  readonly note: string
  readonly createdAt: string
  readonly finishedAt: string | null
  readonly runs: Record<RunState, number> & { readonly total: number }
}

export interface NewExperiment {
  readonly name: string
  readonly title: string
  readonly spec: object
  readonly scale: string
  readonly datasetId: string
  readonly runs: readonly NewRun[]
}

const SELECT = `SELECT x.*, d.name AS dataset_name, c.* FROM experiments x JOIN datasets d ON d.id = x.dataset_id
  LEFT JOIN LATERAL (SELECT count(*)::int AS total, count(*) FILTER (WHERE r.state = 'queued')::int AS queued, count(*) FILTER (WHERE r.state = 'running')::int AS running,
    count(*) FILTER (WHERE r.state = 'done')::int AS done, count(*) FILTER (WHERE r.state = 'failed')::int AS failed, count(*) FILTER (WHERE r.state = 'stopped')::int AS stopped,
    max(r.finished_at) AS last_finished FROM runs r WHERE r.experiment_id = x.id) c ON true`

/** Launches, the newest first; of one experiment when named. */
export async function listExperiments(options: { name?: string } = {}): Promise<Experiment[]> {
  const rows = await sql<ExperimentRow>(`${SELECT} WHERE $1::text IS NULL OR x.name = $1 ORDER BY x.created_at DESC, x.id`, [options.name ?? null])
  return rows.map(toExperiment)
}

export async function getExperiment(id: string): Promise<Experiment | null> {
  const [row] = await sql<ExperimentRow>(`${SELECT} WHERE x.id = $1`, [id])
  return row === undefined ? null : toExperiment(row)
}

/** @throws AuditweaveError 'unknown-experiment' */
export async function requireExperiment(id: string): Promise<Experiment> {
  const experiment = await getExperiment(id)
  if (experiment === null) throw new AuditweaveError('unknown-experiment', `There is no launch "${id.slice(0, 40)}"; it may have been deleted.`)
  return experiment
}

/** Stores a launch with its runs, all queued, in one transaction. `lib/jobs/queue` wakes the workers too. */
export async function createExperiment(plan: NewExperiment): Promise<{ experiment: Experiment; runIds: string[] }> {
  const id = newId()
  const runIds = await inTransaction(async (client) => {
    await client.query('INSERT INTO experiments (id, name, title, spec, scale, dataset_id) VALUES ($1, $2, $3, $4, $5, $6)', [id, plan.name, plan.title, jsonText(plan.spec), plan.scale, plan.datasetId])
    const ids: string[] = []
    for (const run of plan.runs) ids.push(await insertRun(client, plan.datasetId, id, run))
    return ids
  })
  await notify(CHANNELS.experiments, id)
  return { experiment: await requireExperiment(id), runIds }
}

/**
 * Deletes a launch with its runs.
 * @throws AuditweaveError 'unknown-experiment', 'wrong-state' while a run of it is running
 */
export async function deleteExperiment(id: string): Promise<void> {
  const experiment = await requireExperiment(id)
  if (experiment.runs.running > 0) throw new AuditweaveError('wrong-state', `${experiment.title} is running. Stop it before deleting it.`)
  await sql('DELETE FROM experiments WHERE id = $1', [id])
  await notify(CHANNELS.experiments, id)
}

interface ExperimentRow {
  id: string; name: string; title: string; spec: unknown; scale: string; dataset_id: string; dataset_name: string; note: string; created_at: Date
  total: number; queued: number; running: number; done: number; failed: number; stopped: number; last_finished: Date | null
}

/** The state of a launch follows from its runs: at work while any is, else the worst that happened. */
function stateOf(row: ExperimentRow): RunState {
  if (row.running > 0) return 'running'
  if (row.queued > 0) return row.queued === row.total ? 'queued' : 'running'
  if (row.failed > 0) return 'failed'
  return row.stopped > 0 ? 'stopped' : 'done'
}

function toExperiment(row: ExperimentRow): Experiment {
  const { queued, running, done, failed, stopped, total } = row
  const state = stateOf(row)
  return {
    id: row.id, name: row.name, title: row.title, spec: stored(row.spec), scale: row.scale, datasetId: row.dataset_id, datasetName: row.dataset_name,
    state, note: row.note, createdAt: iso(row.created_at) ?? '', finishedAt: state === 'queued' || state === 'running' ? null : iso(row.last_finished),
    runs: { queued, running, done, failed, stopped, total },
  }
}
