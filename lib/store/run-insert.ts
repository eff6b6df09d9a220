import type pg from 'pg'
import { newId } from './ids'
import type { NewRun } from './run-types'
import { jsonText } from './values'

/** Stores one queued run and returns its id. */
export async function insertRun(client: Pick<pg.ClientBase, 'query'>, datasetId: string, experimentId: string | null, run: NewRun, clonedFromId: string | null = null): Promise<string> {
  const id = newId()
  await client.query(
    `INSERT INTO runs (id, name, experiment_id, dataset_id, preset, protocol, seed, axes, params, priority, tags, cloned_from_id, kind)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [id, run.name, experimentId, datasetId, run.preset, run.protocol, run.seed, jsonText(run.axes), jsonText(run.params), run.priority ?? 0, run.tags ?? [], clonedFromId, run.kind ?? 'train'],
  )
  return id
}
