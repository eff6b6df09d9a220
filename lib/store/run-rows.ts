import type { Run, RunKind, RunRow } from './run-types'
import type { RunState } from './types'
import { iso, stored } from './values'

/** The columns of a RunRow; the heavy ones are read for single runs only. */
export const RUN_COLUMNS = `r.id, r.number, r.name, r.experiment_id, x.name AS experiment_name, r.dataset_id, d.name AS dataset_name, r.preset, r.protocol,
  r.seed, r.axes, r.kind, r.state, r.ended_early, r.dataset_version, r.attempt, r.worker, r.cancel_requested, r.progress, r.engine, r.timings, r.metrics, r.error, r.tags, r.pinned,
  (SELECT count(*)::int FROM epochs e WHERE e.run_id = r.id) AS epochs, r.created_at, r.started_at, r.finished_at`

export const RUN_TABLES = 'FROM runs r JOIN datasets d ON d.id = r.dataset_id LEFT JOIN experiments x ON x.id = r.experiment_id'

export const FULL_RUN = `SELECT ${RUN_COLUMNS}, r.params, r.priority, r.points, r.worked_seconds, r.environment, r.per_class, r.confusion, r.note, r.cloned_from_id,
  EXISTS (SELECT FROM run_checkpoints c WHERE c.run_id = r.id) AS has_checkpoint,
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name) ORDER BY m.created_at) FROM models m WHERE m.run_id = r.id), '[]') AS models
  ${RUN_TABLES}`

export interface SlimRecord {
  id: string; number: number; name: string; experiment_id: string | null; experiment_name: string | null; dataset_id: string; dataset_name: string
  preset: string; protocol: string; seed: number; axes: unknown; kind: RunKind; state: RunState; ended_early: string | null; dataset_version: number | null; attempt: number; worker: string | null; cancel_requested: boolean
  progress: unknown; engine: string | null; timings: unknown; metrics: unknown; error: unknown; tags: string[]; pinned: boolean; epochs: number
  created_at: Date; started_at: Date | null; finished_at: Date | null
}

export interface FullRecord extends SlimRecord {
  params: unknown; priority: number; points: unknown; worked_seconds: number; environment: unknown; per_class: unknown; confusion: unknown; note: string; cloned_from_id: string | null
  has_checkpoint: boolean; models: unknown
}

export function toRunRow(row: SlimRecord): RunRow {
  return {
    id: row.id, number: row.number, name: row.name, experimentId: row.experiment_id, experimentName: row.experiment_name, datasetId: row.dataset_id,
    datasetName: row.dataset_name, preset: row.preset, protocol: row.protocol, seed: row.seed, axes: stored(row.axes), kind: row.kind, state: row.state,
    endedEarly: row.ended_early, datasetVersion: row.dataset_version, attempt: row.attempt,
    worker: row.worker, cancelRequested: row.cancel_requested, progress: stored(row.progress), engine: row.engine, timings: stored(row.timings),
    metrics: stored(row.metrics), error: stored(row.error), tags: row.tags, pinned: row.pinned, epochs: row.epochs, createdAt: iso(row.created_at) ?? '',
    startedAt: iso(row.started_at), finishedAt: iso(row.finished_at),
  }
}

export function toRun(row: FullRecord): Run {
  return {
    ...toRunRow(row), params: stored(row.params), priority: row.priority, points: stored(row.points), workedSeconds: row.worked_seconds, environment: stored(row.environment), perClass: stored(row.per_class),
    confusion: stored(row.confusion), note: row.note, clonedFromId: row.cloned_from_id, hasCheckpoint: row.has_checkpoint, models: stored(row.models),
  }
}
