import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import type { LaunchOptions } from '@/lib/experiments/launch-options'
import { inTransaction, sql } from './database'
import { newId } from './ids'
import { keepRunsOfPublished } from './model-about'
import { CHANNELS, notify } from './notify'
import { readOptions } from './launch-changes'
import { insertRun } from './run-insert'
import type { NewRun } from './run-types'
import type { JsonObject, RunState } from './types'
import { iso, jsonText, stored } from './values'

export { stopExperiment } from './run-transitions'
export { setLaunchBudget, setLaunchNote, setLaunchPriority, tellBatch, untoldBatch } from './launch-changes'

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
  /** Of the data set when the first of its runs began; the present one before. */
  readonly datasetVersion: number
  readonly note: string
  /** Shared by launches that were made at once ("run all"); null for one by itself. */
  readonly batch: string | null
  readonly options: LaunchOptions
  readonly createdAt: string
  readonly finishedAt: string | null
  /** By state, and how many of those done were cut short. */
  readonly runs: Record<RunState, number> & { readonly total: number; readonly endedEarly: number }
}

export interface NewExperiment {
  readonly name: string
  readonly title: string
  readonly spec: object
  readonly scale: string
  readonly datasetId: string
  readonly runs: readonly NewRun[]
  readonly options?: LaunchOptions
}

const SELECT = `SELECT x.*, d.name AS dataset_name, COALESCE(c.first_version, d.version) AS dataset_version, c.* FROM experiments x JOIN datasets d ON d.id = x.dataset_id
  LEFT JOIN LATERAL (SELECT count(*)::int AS total, count(*) FILTER (WHERE r.state = 'queued')::int AS queued, count(*) FILTER (WHERE r.state = 'running')::int AS running,
    count(*) FILTER (WHERE r.state = 'done')::int AS done, count(*) FILTER (WHERE r.state = 'failed')::int AS failed, count(*) FILTER (WHERE r.state = 'stopped')::int AS stopped,
    count(*) FILTER (WHERE r.ended_early IS NOT NULL)::int AS ended_early, min(r.dataset_version) AS first_version, min(r.number) AS first_number, max(r.finished_at) AS last_finished FROM runs r WHERE r.experiment_id = x.id) c ON true`

/** Launches, the newest first; of one experiment or of one batch when named. */
export async function listExperiments(options: { name?: string; batch?: string } = {}): Promise<Experiment[]> {
  const rows = await sql<ExperimentRow>(
    `${SELECT} WHERE ($1::text IS NULL OR x.name = $1) AND ($2::text IS NULL OR x.batch = $2) ORDER BY x.created_at DESC, c.first_number`,
    [options.name ?? null, options.batch ?? null],
  )
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

/** The launches of a batch in the order in which they were made. @throws AuditweaveError 'unknown-experiment' */
export async function requireBatch(batch: string): Promise<Experiment[]> {
  const launches = await listExperiments({ batch })
  if (launches.length === 0) throw new AuditweaveError('unknown-experiment', `There is no batch "${batch.slice(0, 40)}"; it may have been deleted.`)
  return launches
}

export interface Launched { readonly experiment: Experiment; readonly runIds: string[] }

/** Stores a launch with its runs, all queued, in one transaction. `lib/jobs/queue` wakes the workers too. */
export async function createExperiment(plan: NewExperiment): Promise<Launched> {
  const id = newId()
  const runIds = await inTransaction((client) => insertExperiment(client, id, null, plan))
  await notify(CHANNELS.experiments, id)
  return { experiment: await requireExperiment(id), runIds }
}

/** Stores launches that belong together, all or none, and answers the batch's id and the launches in the order given. */
export async function createBatch(plans: readonly NewExperiment[]): Promise<{ batch: string; launched: Launched[] }> {
  const batch = newId()
  const stored = await inTransaction(async (client) => {
    const made: { id: string; runIds: string[] }[] = []
    for (const plan of plans) {
      const id = newId()
      made.push({ id, runIds: await insertExperiment(client, id, batch, plan) })
    }
    return made
  })
  const launched: Launched[] = []
  for (const { id, runIds } of stored) {
    await notify(CHANNELS.experiments, id)
    launched.push({ experiment: await requireExperiment(id), runIds })
  }
  return { batch, launched }
}

async function insertExperiment(client: PoolClient, id: string, batch: string | null, plan: NewExperiment): Promise<string[]> {
  const { name, title, spec, scale, datasetId, options = {} } = plan
  await client.query(
    'INSERT INTO experiments (id, name, title, spec, scale, dataset_id, batch, options) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [id, name, title, jsonText(spec), scale, datasetId, batch, jsonText({ ...options, begun: plan.runs.length })],
  )
  const ids: string[] = []
  for (const run of plan.runs) ids.push(await insertRun(client, datasetId, id, { ...run, priority: (run.priority ?? 0) + (options.priority ?? 0) }))
  return ids
}

/**
 * Deletes a launch with its runs.
 * @throws AuditweaveError 'unknown-experiment', 'wrong-state' while a run of it is running
 */
export async function deleteExperiment(id: string): Promise<void> {
  const experiment = await requireExperiment(id)
  if (experiment.runs.running > 0) throw new AuditweaveError('wrong-state', `${experiment.title} is running. Stop it before deleting it.`)
  await keepRunsOfPublished({ experiment: id })
  await sql('DELETE FROM experiments WHERE id = $1', [id])
  await notify(CHANNELS.experiments, id)
}

interface ExperimentRow {
  id: string; name: string; title: string; spec: unknown; scale: string; dataset_id: string; dataset_name: string; dataset_version: number; note: string
  batch: string | null; options: unknown; created_at: Date; ended_early: number
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
  const { queued, running, done, failed, stopped, total, ended_early: endedEarly } = row
  const state = stateOf(row)
  return {
    id: row.id, name: row.name, title: row.title, spec: stored(row.spec), scale: row.scale, datasetId: row.dataset_id, datasetName: row.dataset_name,
    datasetVersion: row.dataset_version, state, note: row.note, batch: row.batch, options: readOptions(row.options), createdAt: iso(row.created_at) ?? '', finishedAt: state === 'queued' || state === 'running' ? null : iso(row.last_finished),
    runs: { queued, running, done, failed, stopped, total, endedEarly },
  }
}
