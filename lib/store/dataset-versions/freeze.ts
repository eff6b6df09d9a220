import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Labellings } from '@/lib/labelling/dataset/labelling'
import { inTransaction } from '../database'
import { requireDataset } from '../datasets'
import { lockForWriting } from '../labelling/lock'
import { CHANNELS } from '../notify'
import { columnText, jsonText } from '../values'
import { countLabels, standingLabels } from './current'
import { hashEvents, hashLabels } from './hashes'
import type { DatasetVersion } from './types'
import { newestVersion, requireVersion } from './versions'

const pack = promisify(gzip)
const LONGEST_NOTE = 2000

/**
 * Freezes what stands of a data set's labels as its next version, which `datasets.version` names from then on and new runs record.
 * @throws AuditweaveError 'unknown-dataset', 'wrong-state' while it is being imported, 'nothing-changed' where the newest version says the same
 */
export async function freezeVersion(idOrName: string, by: { readonly actor: string; readonly note?: string }): Promise<DatasetVersion> {
  const dataset = await requireDataset(idOrName)
  if (dataset.state !== 'ready') throw new AuditweaveError('wrong-state', `${dataset.name} is ${dataset.state}. Freeze it when it is imported.`)
  const eventsSha256 = (await newestVersion(dataset.id))?.eventsSha256 ?? (await hashEvents(dataset.id))
  const number = await inTransaction(async (client) => {
    await lockForWriting(client, dataset.id)
    const labels = await standingLabels(dataset.id)
    const newest = await newestVersion(dataset.id)
    if (newest?.labelsSha256 === hashLabels(labels).sha256) throw new AuditweaveError('nothing-changed', `${dataset.name} stands as version ${newest.number} has it: there is nothing to freeze.`)
    const next = newest === null ? 1 : newest.number + 1
    await insertVersion(client, { datasetId: dataset.id, number: next, parent: newest?.number ?? null, eventsSha256, events: dataset.events, requests: dataset.auditIDs, labels, ...by })
    await client.query('SELECT pg_notify($1, $2)', [CHANNELS.datasets, dataset.id])
    return next
  })
  return requireVersion(dataset, number)
}

export interface NewVersion {
  readonly datasetId: string
  readonly number: number
  readonly parent: number | null
  readonly eventsSha256: string
  readonly events: number
  readonly requests: number
  readonly labels: Labellings
  readonly actor: string
  readonly note?: string
}

/** Stores a version; part of the transaction of `client`. */
export async function insertVersion(client: PoolClient, version: NewVersion): Promise<void> {
  const { text, sha256 } = hashLabels(version.labels)
  await client.query(
    `INSERT INTO dataset_versions (dataset_id, number, parent, events_sha256, labels_sha256, events, requests, counts, labels, note, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [version.datasetId, version.number, version.parent, version.eventsSha256, sha256, version.events, version.requests, jsonText(countLabels(version.labels)), await pack(text),
      (version.note ?? '').slice(0, LONGEST_NOTE), columnText(version.actor)],
  )
  await client.query('UPDATE datasets SET version = $2, updated_at = now() WHERE id = $1', [version.datasetId, version.number])
}
