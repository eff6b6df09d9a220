import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'

/** Makes all who write labels of a data set wait for each other until the end of this transaction. */
export async function lockForWriting(client: PoolClient, datasetId: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('auditweave labels ' || $1, 0))`, [datasetId])
}

/**
 * The lock of `lockForWriting`: nobody overwrites what he has not seen, and ids of label events become visible in their order, on
 * which `since` relies.
 * @throws AuditweaveError 'unknown-dataset', 'wrong-state' while it is being imported
 */
export async function lockLabels(client: PoolClient, datasetId: string): Promise<void> {
  await lockForWriting(client, datasetId)
  const { rows } = await client.query<{ name: string; state: string }>('SELECT name, state FROM datasets WHERE id = $1', [datasetId])
  const [dataset] = rows
  if (dataset === undefined) throw new AuditweaveError('unknown-dataset', `There is no data set "${datasetId.slice(0, 40)}"; it may have been deleted.`)
  if (dataset.state !== 'ready') throw new AuditweaveError('wrong-state', `${dataset.name} is ${dataset.state}. Label it when it is imported.`)
}
