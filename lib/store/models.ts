import { createHash } from 'node:crypto'
import type pg from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import { inTransaction, sql } from './database'
import { checkName } from './datasets'
import { newId } from './ids'
import type { JsonObject } from './types'
import { iso, jsonText, stored } from './values'

export type ModelState = 'draft' | 'published' | 'archived'

/** A trained model as lists show it; the weights are read apart. */
export interface ModelRow {
  readonly id: string
  readonly name: string
  readonly state: ModelState
  readonly isDefault: boolean
  readonly manifest: JsonObject
  /** Of manifest and weights together: equal models have equal hashes. */
  readonly sha256: string
  /** Size of the weights. */
  readonly bytes: number
  readonly metrics: JsonObject
  readonly note: string
  readonly tags: readonly string[]
  readonly runId: string | null
  /** When it was first published; it stays as it is from then on. */
  readonly publishedAt: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

export interface NewModel {
  readonly name: string
  /** The text of model.json; lib/model validates it when it is read. */
  readonly manifest: string
  /** The bytes of weights.safetensors. */
  readonly weights: Uint8Array
  readonly metrics?: object
  readonly runId?: string | null
  readonly note?: string
}

const SELECT = 'SELECT id, name, state, is_default, manifest, sha256, octet_length(weights) AS bytes, metrics, note, tags, run_id, published_at, created_at, updated_at FROM models'

/** All models, the default first, then the newest. */
export async function listModels(): Promise<ModelRow[]> {
  return (await sql<Row>(`${SELECT} ORDER BY is_default DESC, created_at DESC, id`)).map(toModel)
}

/** By id or by name; null when there is none. */
export async function findModel(idOrName: string): Promise<ModelRow | null> {
  const [row] = await sql<Row>(`${SELECT} WHERE id = $1 OR name = $1 ORDER BY (id = $1) DESC LIMIT 1`, [idOrName])
  return row === undefined ? null : toModel(row)
}

/** @throws AuditweaveError 'unknown-model' */
export async function requireModel(idOrName: string): Promise<ModelRow> {
  const model = await findModel(idOrName)
  if (model !== null) return model
  const names = (await listModels()).slice(0, 5).map(({ name }) => name)
  throw new AuditweaveError('unknown-model', `There is no model "${idOrName.slice(0, 80)}": ${names.length === 0 ? 'none is stored yet' : `there are ${names.join(', ')}`}. Train one, or name another.`)
}

export async function defaultModel(): Promise<ModelRow | null> {
  const [row] = await sql<Row>(`${SELECT} WHERE is_default`)
  return row === undefined ? null : toModel(row)
}

/** The bytes of weights.safetensors. @throws AuditweaveError 'unknown-model' */
export async function modelWeights(id: string): Promise<Uint8Array> {
  const [row] = await sql<{ weights: Buffer }>('SELECT weights FROM models WHERE id = $1', [id])
  if (row === undefined) throw new AuditweaveError('unknown-model', `There is no model "${id.slice(0, 80)}"; it may have been deleted.`)
  return new Uint8Array(row.weights)
}

/** Stores a model as a draft. @throws AuditweaveError 'name-taken', 'bad-name' */
export async function saveModel(model: NewModel): Promise<ModelRow> {
  checkName(model.name)
  const id = await inTransaction((client) => insertModel(client, model))
  return requireModel(id)
}

export async function insertModel(client: Pick<pg.ClientBase, 'query'>, model: NewModel): Promise<string> {
  const id = newId()
  const weights = Buffer.from(model.weights.buffer, model.weights.byteOffset, model.weights.byteLength)
  const sha256 = createHash('sha256').update(model.manifest).update('\0').update(weights).digest('hex')
  const { rowCount } = await client.query(
    'INSERT INTO models (id, name, manifest, weights, sha256, metrics, run_id, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (name) DO NOTHING',
    [id, model.name, jsonText(JSON.parse(model.manifest)), weights, sha256, jsonText(model.metrics ?? {}), model.runId ?? null, model.note ?? ''],
  )
  if (rowCount === 0) throw new AuditweaveError('name-taken', `There is a model "${model.name}" already. Choose another name.`)
  return id
}

/** Makes a model the one that is used when none is named. */
export async function setDefaultModel(id: string): Promise<void> {
  await requireModel(id)
  await inTransaction(async (client) => {
    await client.query('UPDATE models SET is_default = false WHERE is_default AND id <> $1', [id])
    await client.query('UPDATE models SET is_default = true, updated_at = now() WHERE id = $1', [id])
  })
}

/** Has the model that ships as the default answer again when none is named. */
export async function clearDefaultModel(): Promise<void> {
  await sql('UPDATE models SET is_default = false, updated_at = now() WHERE is_default')
}

/**
 * Publishing is for good: a model that was published once is published or archived.
 * @throws AuditweaveError 'unknown-model', 'wrong-state'
 */
export async function setModelState(id: string, state: ModelState): Promise<void> {
  const rows = await sql(
    `UPDATE models SET state = $2::model_state, is_default = is_default AND $2 <> 'archived', updated_at = now(),
       published_at = CASE WHEN $2 = 'published' THEN COALESCE(published_at, now()) ELSE published_at END
     WHERE id = $1 AND NOT ($2 = 'draft' AND published_at IS NOT NULL) RETURNING id`,
    [id, state],
  )
  if (rows.length > 0) return
  const { name } = await requireModel(id)
  throw new AuditweaveError('wrong-state', `${name} was published, so it cannot become a draft again. Archive it, or train another under a name of its own.`)
}

/** @throws AuditweaveError 'unknown-model', 'wrong-state' for a published one */
export async function deleteModel(id: string): Promise<void> {
  const model = await requireModel(id)
  if (model.state === 'published') throw new AuditweaveError('wrong-state', `${model.name} is published. Archive it before deleting it.`)
  await sql('DELETE FROM models WHERE id = $1', [id])
}

interface Row {
  id: string; name: string; state: ModelState; is_default: boolean; manifest: unknown; sha256: string; bytes: number; metrics: unknown; note: string; tags: string[]
  run_id: string | null; published_at: Date | null; created_at: Date; updated_at: Date
}

function toModel(row: Row): ModelRow {
  return {
    id: row.id, name: row.name, state: row.state, isDefault: row.is_default, manifest: stored(row.manifest), sha256: row.sha256, bytes: row.bytes,
    metrics: stored(row.metrics), note: row.note, tags: row.tags, runId: row.run_id, publishedAt: iso(row.published_at), createdAt: iso(row.created_at) ?? '', updatedAt: iso(row.updated_at) ?? '',
  }
}
