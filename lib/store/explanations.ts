import type { ModelExplanation } from '@/lib/model/explain/explanation-file'
import { AuditweaveError } from '@/lib/audit/errors'
import { sql } from './database'
import { requireModel } from './models'
import { jsonText, stored } from './values'

/** How far finding out what a model looks at has come. */
export interface Explaining {
  readonly state: 'queued' | 'running' | 'failed'
  /** 0..1, while running. */
  readonly share: number
  readonly part: string
  readonly error: string | null
}

/** What is known of a model; `explaining` is null when nobody looks and the last look went well. */
export interface StoredExplanation { readonly explanation: ModelExplanation | null; readonly explaining: Explaining | null }

/** A worker that has said nothing for so long is gone. */
const SILENT_SECONDS = 60
const GONE = 'The worker that looked at it is gone. Try again.'

interface Row { explanation: unknown; explaining: unknown; silent: boolean | null }

/** @throws AuditweaveError 'unknown-model' */
export async function modelExplanation(id: string): Promise<StoredExplanation> {
  const [row] = await sql<Row>(`SELECT explanation, explaining, ${SILENT} AS silent FROM models WHERE id = $1`, [id])
  if (row === undefined) throw new AuditweaveError('unknown-model', `There is no model "${id.slice(0, 80)}"; it may have been deleted.`)
  const explaining = stored<(Explaining & { at?: string }) | null>(row.explaining)
  if (explaining === null) return { explanation: stored(row.explanation), explaining: null }
  const { at: _at, ...told } = explaining
  return { explanation: stored(row.explanation), explaining: row.silent ? { ...told, state: 'failed', error: GONE } : told }
}

/** Only a running one can fall silent: a queued one waits as long as no worker is free. */
const SILENT = `(explaining->>'state' = 'running' AND (explaining->>'at')::timestamptz < now() - interval '${SILENT_SECONDS} seconds')`

/** @throws AuditweaveError 'unknown-model', 'wrong-state' where it is queued or running already */
export async function queueExplaining(id: string): Promise<void> {
  const rows = await sql(`UPDATE models SET explaining = ${state('queued')} WHERE id = $1 AND (explaining IS NULL OR explaining->>'state' = 'failed' OR ${SILENT}) RETURNING id`, [id])
  if (rows.length > 0) return
  const { name } = await requireModel(id)
  throw new AuditweaveError('wrong-state', `What ${name} looks at is being found out already.`)
}

const state = (name: Explaining['state']): string => `jsonb_build_object('state', '${name}', 'share', 0, 'part', '', 'error', NULL, 'at', now())`

/** Tells how far it is, and that its worker lives. */
export async function tellExplaining(id: string, part: string, share: number): Promise<void> {
  await sql(`UPDATE models SET explaining = ${state('running')} || jsonb_build_object('part', $2::text, 'share', $3::float8) WHERE id = $1 AND explaining->>'state' IN ('queued', 'running')`, [id, part, share])
}

export async function finishExplaining(id: string, explanation: ModelExplanation, neighbours: string | null): Promise<void> {
  await sql('UPDATE models SET explanation = $2, neighbours = $3, explaining = NULL, updated_at = now() WHERE id = $1', [id, jsonText(explanation), neighbours])
}

/** `unlessFailed` leaves words that are there already. */
export async function failExplaining(id: string, message: string, options: { unlessFailed?: boolean } = {}): Promise<void> {
  const only = options.unlessFailed ? `AND explaining IS NOT NULL AND explaining->>'state' <> 'failed'` : ''
  await sql(`UPDATE models SET explaining = ${state('failed')} || jsonb_build_object('error', $2::text) WHERE id = $1 ${only}`, [id, message])
}

/** The text of the model's neighbours.json, null where there is none. */
export async function modelNeighbours(id: string): Promise<string | null> {
  const [row] = await sql<{ neighbours: unknown }>('SELECT neighbours FROM models WHERE id = $1', [id])
  return row?.neighbours == null ? null : JSON.stringify(row.neighbours)
}
