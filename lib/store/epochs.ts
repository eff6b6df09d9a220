import { sql } from './database'
import type { StoredEpoch } from './run-types'

export type { StoredEpoch } from './run-types'

const COLUMNS = `fold, epoch, loss, accuracy, validation_loss AS "validationLoss", validation_accuracy AS "validationAccuracy", learning_rate AS "learningRate", seconds, steps, best`

/** The epochs of a run so far, in order; only those after `afterEpoch` when given. */
export async function listEpochs(runId: string, options: { afterEpoch?: number } = {}): Promise<StoredEpoch[]> {
  return sql<StoredEpoch>(`SELECT ${COLUMNS} FROM epochs WHERE run_id = $1 AND epoch > $2 ORDER BY fold, epoch`, [runId, options.afterEpoch ?? -1])
}
