import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AuditweaveError } from '@/lib/audit/errors'
import { parseLabelLines } from '@/lib/labelling/dataset/label-lines'
import type { Labelling } from '@/lib/labelling/dataset/labelling'
import { sql } from '../database'
import { requireDataset, type Dataset } from '../datasets'
import { iso, stored } from '../values'
import { standingLabels } from './current'
import { hashLabels } from './hashes'
import type { DatasetVersion, VersionPlace } from './types'

const unpack = promisify(gunzip)
const COLUMNS = 'dataset_id, number, parent, events_sha256, labels_sha256, events, requests, counts, note, actor, created_at'

/** The versions of a data set, the newest first, without their labels. */
export async function listVersions(datasetId: string): Promise<DatasetVersion[]> {
  return (await sql<Row>(`SELECT ${COLUMNS} FROM dataset_versions WHERE dataset_id = $1 ORDER BY number DESC`, [datasetId])).map(toVersion)
}

/** Null where nothing was frozen yet: data sets of older releases. */
export async function newestVersion(datasetId: string): Promise<DatasetVersion | null> {
  const [row] = await sql<Row>(`SELECT ${COLUMNS} FROM dataset_versions WHERE dataset_id = $1 ORDER BY number DESC LIMIT 1`, [datasetId])
  return row === undefined ? null : toVersion(row)
}

/** @throws AuditweaveError 'unknown-version' naming those there are */
export async function requireVersion(dataset: Pick<Dataset, 'id' | 'name'>, number: number): Promise<DatasetVersion> {
  const [row] = await sql<Row>(`SELECT ${COLUMNS} FROM dataset_versions WHERE dataset_id = $1 AND number = $2`, [dataset.id, number])
  if (row !== undefined) return toVersion(row)
  const numbers = (await listVersions(dataset.id)).map((version) => version.number)
  throw new AuditweaveError('unknown-version', `${dataset.name} has no version ${number}: ${numbers.length === 0 ? 'none is frozen yet' : `there are ${numbers.toReversed().join(', ')}`}.`)
}

/** The labels of a version; as they stand now for null. @throws AuditweaveError 'unknown-version', 'not-label-lines' */
export async function labelsOf({ datasetId, name, number }: VersionPlace): Promise<Map<string, Labelling>> {
  if (number === null) return standingLabels(datasetId)
  await requireVersion({ id: datasetId, name }, number)
  const [row] = await sql<{ labels: Buffer }>('SELECT labels FROM dataset_versions WHERE dataset_id = $1 AND number = $2', [datasetId, number])
  return parseLabelLines((await unpack(row?.labels ?? Buffer.alloc(0))).toString('utf8'))
}

/**
 * A data set as people name it: `NAME`, `NAME@3` for a version of it. A name may hold an @ of its own.
 * @throws AuditweaveError 'unknown-dataset', 'unknown-version'
 */
export async function placeOf(reference: string): Promise<VersionPlace> {
  const [, name, number] = /^(.+)@(\d{1,9})$/s.exec(reference) ?? []
  const whole = name === undefined || (await sql('SELECT 1 FROM datasets WHERE id = $1 OR name = $1', [reference])).length > 0
  const dataset = await requireDataset(whole ? reference : (name ?? reference))
  if (whole) return { datasetId: dataset.id, name: dataset.name, number: null }
  await requireVersion(dataset, Number(number))
  return { datasetId: dataset.id, name: dataset.name, number: Number(number) }
}

/** Whether the labels that stand now are those of the newest version; true where there is none. */
export async function hasChanged(datasetId: string, newest: DatasetVersion | null): Promise<boolean> {
  return newest === null || hashLabels(await standingLabels(datasetId)).sha256 !== newest.labelsSha256
}

interface Row {
  dataset_id: string; number: number; parent: number | null; events_sha256: string; labels_sha256: string; events: number; requests: number; counts: unknown; note: string; actor: string; created_at: Date
}

function toVersion(row: Row): DatasetVersion {
  return {
    datasetId: row.dataset_id, number: row.number, parent: row.parent, eventsSha256: row.events_sha256, labelsSha256: row.labels_sha256, events: row.events, requests: row.requests,
    counts: stored(row.counts), note: row.note, actor: row.actor, createdAt: iso(row.created_at) ?? '',
  }
}
