import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { AuditweaveError } from '@/lib/audit/errors'
import { dealSplit } from '@/lib/labelling/dataset/splits/deal'
import { countParts, splitLeakage } from '@/lib/labelling/dataset/splits/leakage'
import { PARTS, type SplitSpec } from '@/lib/labelling/dataset/splits/spec'
import { sql } from '../database'
import { requireDataset } from '../datasets'
import { newId } from '../ids'
import { CHANNELS, notify } from '../notify'
import { columnText, iso, jsonText, stored } from '../values'
import { readSplitRequests } from './requests'
import type { SplitSummary, StoredSplit } from './types'
import { labelsOf, newestVersion } from './versions'

const [pack, unpack] = [promisify(gzip), promisify(gunzip)]
const COLUMNS = 'id, dataset_id, version, name, spec, counts, leakage, actor, created_at'
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._:+-]{0,79}$/u

/**
 * Deals the requests of a version (the newest where none is named) to training, validation and test, and keeps that under a name.
 * @throws AuditweaveError 'unknown-dataset', 'unknown-version', 'not-frozen', 'bad-name', 'bad-split', 'split-taken'
 */
export async function createSplit(idOrName: string, plan: { readonly name: string; readonly spec: SplitSpec; readonly version?: number }, actor: string): Promise<SplitSummary> {
  const dataset = await requireDataset(idOrName)
  if (!NAME.test(plan.name)) throw new AuditweaveError('bad-name', `"${plan.name.slice(0, 60)}" cannot be a name: use 1 to 80 letters, digits, spaces and . _ : + -, beginning with a letter or digit.`)
  const version = plan.version ?? (await newestVersion(dataset.id))?.number
  if (version === undefined) throw new AuditweaveError('not-frozen', `${dataset.name} has no version yet, and a split belongs to one. Freeze it first: auditweave dataset freeze ${dataset.name}`)
  const requests = await readSplitRequests(dataset.id, await labelsOf({ datasetId: dataset.id, name: dataset.name, number: version }))
  const parts = dealSplit(requests, plan.spec)
  const lines = requests.map(({ auditID }, i) => JSON.stringify([auditID, parts[i]])).join('\n')
  const [row] = await sql<Row>(
    `INSERT INTO dataset_splits (id, dataset_id, version, name, spec, counts, leakage, parts, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (dataset_id, version, name) DO NOTHING RETURNING ${COLUMNS}`,
    [newId(), dataset.id, version, plan.name, jsonText(plan.spec), jsonText(countParts(requests, parts)), jsonText(splitLeakage(requests, parts)), await pack(lines), columnText(actor)],
  )
  if (row === undefined) throw new AuditweaveError('split-taken', `Version ${version} of ${dataset.name} has a split "${plan.name}" already. Take another name, or remove that one first.`)
  await notify(CHANNELS.datasets, dataset.id)
  return toSummary(row)
}

/** The splits of all versions, the newest version first. */
export async function listSplits(datasetId: string): Promise<SplitSummary[]> {
  return (await sql<Row>(`SELECT ${COLUMNS} FROM dataset_splits WHERE dataset_id = $1 ORDER BY version DESC, created_at, id`, [datasetId])).map(toSummary)
}

/** Name and version of every split by data set, the newest version first: what a launch may choose from. */
export async function namesOfSplits(): Promise<Map<string, { name: string; version: number }[]>> {
  const found = new Map<string, { name: string; version: number }[]>()
  for (const { dataset_id: id, name, version } of await sql<Pick<Row, 'dataset_id' | 'name' | 'version'>>('SELECT dataset_id, name, version FROM dataset_splits ORDER BY version DESC, created_at, id')) {
    const splits = found.get(id) ?? []
    found.set(id, splits)
    splits.push({ name, version })
  }
  return found
}

/** The splits of a version with the part of every request; of the newest version where none is named, none where nothing is frozen. */
export async function readSplits(datasetId: string, version?: number): Promise<StoredSplit[]> {
  const number = version ?? (await newestVersion(datasetId))?.number
  if (number === undefined) return []
  const rows = await sql<Row & { parts: Buffer }>(`SELECT ${COLUMNS}, parts FROM dataset_splits WHERE dataset_id = $1 AND version = $2 ORDER BY created_at, id`, [datasetId, number])
  return Promise.all(rows.map(async (row) => ({ ...toSummary(row), parts: PARTS, partOf: await readParts(row.parts) })))
}

/** A split by id or name, of the newest version that has it unless one is named. @throws AuditweaveError 'unknown-split' also for one of another data set; it tells those there are */
export async function requireSplit(datasetId: string, idOrName: string, version?: number): Promise<StoredSplit> {
  const [row] = await sql<Row & { parts: Buffer }>(`SELECT ${COLUMNS}, parts FROM dataset_splits WHERE dataset_id = $1 AND (id = $2 OR name = $2) AND ($3::int IS NULL OR version = $3) ORDER BY (id = $2) DESC, version DESC LIMIT 1`, [datasetId, idOrName, version ?? null])
  if (row === undefined) throw new AuditweaveError('unknown-split', `This data set has no split "${idOrName.slice(0, 80)}"${version === undefined ? '' : ` of version ${version}`}. ${await splitsInWords(datasetId)}`)
  return { ...toSummary(row), parts: PARTS, partOf: await readParts(row.parts) }
}

async function splitsInWords(datasetId: string): Promise<string> {
  const names = [...new Set((await listSplits(datasetId)).map(({ name, version }) => `"${name}" of version ${version}`))]
  return names.length === 0 ? 'It has none: make one with auditweave dataset split.' : `It has ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}.`
}

/** @throws AuditweaveError 'unknown-split' */
export async function deleteSplit(datasetId: string, id: string): Promise<void> {
  const rows = await sql('DELETE FROM dataset_splits WHERE dataset_id = $1 AND id = $2 RETURNING id', [datasetId, id])
  if (rows.length === 0) throw new AuditweaveError('unknown-split', `This data set has no split "${id.slice(0, 80)}".`)
  await notify(CHANNELS.datasets, datasetId)
}

/** What is left out stands in the file as -1. */
async function readParts(bytes: Buffer): Promise<Map<string, 0 | 1 | 2>> {
  const text = (await unpack(bytes)).toString('utf8')
  const lines = text === '' ? [] : text.split('\n')
  return new Map(lines.map((line) => JSON.parse(line) as [string, 0 | 1 | 2 | -1]).filter((entry): entry is [string, 0 | 1 | 2] => entry[1] >= 0))
}

interface Row { id: string; dataset_id: string; version: number; name: string; spec: unknown; counts: unknown; leakage: unknown; actor: string; created_at: Date }

function toSummary(row: Row): SplitSummary {
  return { id: row.id, name: row.name, version: row.version, spec: stored(row.spec), counts: stored(row.counts), leakage: stored(row.leakage), actor: row.actor, createdAt: iso(row.created_at) ?? '' }
}
