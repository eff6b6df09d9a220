import type { ReportSource, RunRecord } from '@/lib/experiments/report/run-record'
import { sql } from './database'
import { requireDataset } from './datasets'
import type { Experiment } from './experiments'
import { stored } from './values'

interface RecordRow {
  id: string; number: number; kind: RunRecord['kind']; seed: number; preset: string; protocol: string; axes: Record<string, number | string>
  metrics: unknown; timings: unknown; per_class: unknown; points: unknown; engine: string | null
}

/** What a report reads of the finished runs of a launch, in the order of their numbers; scores by class, which are many, only when asked for. */
export async function listRunRecords(experimentId: string, options: { perClass: boolean } = { perClass: true }): Promise<RunRecord[]> {
  const rows = await sql<RecordRow>(
    `SELECT id, number, kind, seed, preset, protocol, axes, metrics, timings, CASE WHEN $2 THEN per_class END AS per_class, points, engine
     FROM runs WHERE experiment_id = $1 AND state = 'done' ORDER BY number`,
    [experimentId, options.perClass],
  )
  return rows.map(toRecord)
}

function toRecord({ id, number, kind, seed, preset, protocol, axes, engine, ...row }: RecordRow): RunRecord {
  return {
    id, number, kind, seed, axes: { protocol, preset, seed, ...axes }, engine,
    metrics: stored(row.metrics), timings: stored(row.timings), perClass: stored(row.per_class), points: stored(row.points),
  }
}

/** Where the figures of a launch come from. @throws AuditweaveError 'unknown-dataset' */
export async function reportSource(launch: Experiment): Promise<ReportSource> {
  const { name, sha256 } = await requireDataset(launch.datasetId)
  return { launch: launch.id, scale: launch.scale, dataset: { name, version: launch.datasetVersion, sha256 }, at: launch.createdAt }
}
