import type { EarlyStop } from '@/lib/experiments/launch-options'
import { sql } from './database'

/** What a run is compared with while it trains: validation accuracies by epoch. */
export interface Peers { readonly own: number[]; readonly others: number[][] }

/** How the launch of a run gives up hopeless ones; null where it does not, and for a run without a launch. */
export async function earlyStopOf(runId: string): Promise<EarlyStop | null> {
  const [row] = await sql<{ rule: EarlyStop }>(`SELECT x.options->'earlyStop' AS rule FROM runs r JOIN experiments x ON x.id = r.experiment_id WHERE r.id = $1 AND x.options ? 'earlyStop'`, [runId])
  return row?.rule ?? null
}

/** The epochs of a run so far, and those of the finished runs of its launch, window, protocol and preset that were trained to their end. */
export async function peerEpochs(runId: string): Promise<Peers> {
  const rows = await sql<{ id: string; accuracies: number[] }>(
    `SELECT r.id, array_agg(e.validation_accuracy ORDER BY e.fold, e.epoch) AS accuracies
     FROM runs own JOIN runs r ON r.id = own.id OR (r.experiment_id = own.experiment_id AND r.state = 'done' AND r.ended_early IS NULL
       AND r.protocol = own.protocol AND r.preset = own.preset AND r.params->'window' IS NOT DISTINCT FROM own.params->'window')
     JOIN epochs e ON e.run_id = r.id WHERE own.id = $1 GROUP BY r.id, r.number ORDER BY r.number`,
    [runId],
  )
  return { own: rows.find((row) => row.id === runId)?.accuracies ?? [], others: rows.filter((row) => row.id !== runId).map((row) => row.accuracies) }
}
