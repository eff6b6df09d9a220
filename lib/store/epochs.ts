import { sql } from './database'
import type { StoredEpoch } from './run-types'
import type { JsonObject, JsonValue } from './types'
import { stored } from './values'

export type { StoredEpoch } from './run-types'

export interface FoldRow {
  readonly fold: number
  readonly lines: JsonValue
  readonly metrics: JsonObject
  readonly perClass: JsonValue
  readonly timings: JsonObject | null
}

const COLUMNS = `fold, epoch, loss, accuracy, validation_loss AS "validationLoss", validation_accuracy AS "validationAccuracy", learning_rate AS "learningRate", seconds, steps, best`

/** The epochs of a run so far, in order; only those after `afterEpoch` when given. */
export async function listEpochs(runId: string, options: { afterEpoch?: number } = {}): Promise<StoredEpoch[]> {
  return sql<StoredEpoch>(`SELECT ${COLUMNS} FROM epochs WHERE run_id = $1 AND epoch > $2 ORDER BY fold, epoch`, [runId, options.afterEpoch ?? -1])
}

export async function listFolds(runId: string): Promise<FoldRow[]> {
  const rows = await sql<{ fold: number; lines: unknown; metrics: unknown; per_class: unknown; timings: unknown }>('SELECT fold, lines, metrics, per_class, timings FROM folds WHERE run_id = $1 ORDER BY fold', [runId])
  return rows.map((row) => ({ fold: row.fold, lines: stored(row.lines), metrics: stored(row.metrics), perClass: stored(row.per_class), timings: stored(row.timings) }))
}
