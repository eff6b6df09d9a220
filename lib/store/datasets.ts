import { AuditweaveError } from '@/lib/audit/errors'
import { sql } from './database'
import type { DatasetSummary } from './dataset-summary'
import { CHANNELS, notify } from './notify'
import { removeRejects } from './rejects'
import type { StoredError } from './types'
import { iso, stored, toNumber } from './values'

export type { DatasetSummary, TruthSummary } from './dataset-summary'

export type DatasetState = 'importing' | 'ready' | 'failed'

export interface ImportProgress {
  readonly phase: 'reading' | 'labels' | 'summary'
  readonly bytes: number
  readonly totalBytes: number | null
  readonly events: number
  readonly rejected: number
}

export interface RejectSummary {
  readonly reason: string
  readonly count: number
  readonly first: readonly { readonly line: number; readonly excerpt: string }[]
}

/** An imported log as lists and pages show it. */
export interface Dataset {
  readonly id: string
  readonly name: string
  readonly state: DatasetState
  readonly sourceName: string
  readonly sha256: string | null
  readonly truthSha256: string | null
  readonly version: number
  readonly bytes: number
  readonly events: number
  readonly auditIDs: number
  readonly nonResource: number
  readonly redactions: number
  readonly secretsKept: boolean
  readonly firstMicros: number | null
  readonly lastMicros: number | null
  readonly levels: Record<string, number>
  readonly rejected: number
  readonly rejects: RejectSummary[]
  readonly truncated: string | null
  readonly summary: DatasetSummary | null
  readonly card: string
  readonly progress: ImportProgress | null
  readonly error: StoredError | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly runs: number
  readonly reconstructions: number
  /** Whether any request bears a label by now, of a truth or of people: what a training needs. */
  readonly hasLabels: boolean
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._:@+-]{0,119}$/u

const SELECT = `SELECT d.*,
  (SELECT count(*)::int FROM runs r WHERE r.dataset_id = d.id) AS run_count,
  (SELECT count(*)::int FROM reconstructions r WHERE r.dataset_id = d.id) AS reconstruction_count,
  EXISTS (SELECT FROM label_events l WHERE l.dataset_id = d.id AND l.to_label IS NOT NULL AND l.assignment_id IS NULL) AS has_labels
  FROM datasets d`

/** All data sets, the newest first. */
export async function listDatasets(): Promise<Dataset[]> {
  return (await sql<DatasetRow>(`${SELECT} ORDER BY d.created_at DESC, d.id`)).map(toDataset)
}

/** By id or by name; null when there is none. */
export async function findDataset(idOrName: string): Promise<Dataset | null> {
  const [row] = await sql<DatasetRow>(`${SELECT} WHERE d.id = $1 OR d.name = $1 ORDER BY (d.id = $1) DESC LIMIT 1`, [idOrName])
  return row === undefined ? null : toDataset(row)
}

/** @throws AuditweaveError 'unknown-dataset' */
export async function requireDataset(idOrName: string): Promise<Dataset> {
  const dataset = await findDataset(idOrName)
  if (dataset !== null) return dataset
  const names = (await sql<{ name: string }>('SELECT name FROM datasets ORDER BY created_at DESC LIMIT 5')).map((row) => row.name)
  const known = names.length === 0 ? 'none is imported yet' : `there are ${names.join(', ')}`
  throw new AuditweaveError('unknown-dataset', `There is no data set "${idOrName}": ${known}. Import one with: auditweave import FILE --name NAME`)
}

/** @throws AuditweaveError 'bad-name' */
export function checkName(name: string): string {
  if (NAME.test(name)) return name
  throw new AuditweaveError('bad-name', `"${name.slice(0, 60)}" cannot be a name: use 1 to 120 letters, digits, spaces and . _ : @ + -, beginning with a letter or digit.`)
}

/** @throws AuditweaveError 'unknown-dataset', 'bad-name', 'name-taken' */
export async function renameDataset(id: string, name: string): Promise<void> {
  checkName(name)
  const [other] = await sql<{ id: string }>('SELECT id FROM datasets WHERE name = $1 AND id <> $2', [name, id])
  if (other !== undefined) throw nameTaken(name)
  await changed(id, await sql<{ id: string }>('UPDATE datasets SET name = $2, updated_at = now() WHERE id = $1 RETURNING id', [id, name]))
}

/** Replaces the description (Markdown). */
export async function setDatasetCard(id: string, card: string): Promise<void> {
  await changed(id, await sql<{ id: string }>('UPDATE datasets SET card = $2, updated_at = now() WHERE id = $1 RETURNING id', [id, card]))
}

/**
 * Deletes a data set with its events, labels and reconstructions.
 * @throws AuditweaveError 'unknown-dataset', 'dataset-in-use' while runs refer to it
 */
export async function deleteDataset(id: string): Promise<void> {
  const dataset = await requireDataset(id)
  if (dataset.runs > 0) throw new AuditweaveError('dataset-in-use', `${dataset.name} is the data of ${dataset.runs} ${dataset.runs === 1 ? 'run' : 'runs'}, which could not be repeated without it. Delete them first.`)
  await sql('DELETE FROM experiments e WHERE e.dataset_id = $1 AND NOT EXISTS (SELECT FROM runs r WHERE r.experiment_id = e.id)', [dataset.id])
  await sql('DELETE FROM datasets WHERE id = $1', [dataset.id])
  await removeRejects(dataset.id)
  await notify(CHANNELS.datasets, dataset.id)
}

export function nameTaken(name: string): AuditweaveError {
  return new AuditweaveError('name-taken', `There is a data set "${name}" already. Choose another name, or delete that one first.`)
}

async function changed(id: string, rows: readonly { id: string }[]): Promise<void> {
  if (rows.length === 0) throw new AuditweaveError('unknown-dataset', `There is no data set "${id}".`)
  await notify(CHANNELS.datasets, id)
}

interface DatasetRow {
  id: string; name: string; state: DatasetState; source_name: string; sha256: string | null; truth_sha256: string | null
  version: number; bytes: string; events: number; audit_ids: number; non_resource: number; redactions: number; secrets_kept: boolean
  first_micros: string | null; last_micros: string | null; levels: unknown; rejected: number; rejects: unknown; truncated: string | null
  summary: unknown; card: string; progress: unknown; error: unknown; created_at: Date; updated_at: Date; run_count: number; reconstruction_count: number; has_labels: boolean
}

function toDataset(row: DatasetRow): Dataset {
  return {
    id: row.id, name: row.name, state: row.state, sourceName: row.source_name, sha256: row.sha256, truthSha256: row.truth_sha256,
    version: row.version, bytes: Number(row.bytes), events: row.events, auditIDs: row.audit_ids, nonResource: row.non_resource,
    redactions: row.redactions, secretsKept: row.secrets_kept, firstMicros: toNumber(row.first_micros), lastMicros: toNumber(row.last_micros),
    levels: stored(row.levels), rejected: row.rejected, rejects: stored(row.rejects), truncated: row.truncated, summary: stored(row.summary),
    card: row.card, progress: stored(row.progress), error: stored(row.error), createdAt: iso(row.created_at) ?? '', updatedAt: iso(row.updated_at) ?? '',
    runs: row.run_count, reconstructions: row.reconstruction_count, hasLabels: row.has_labels,
  }
}
