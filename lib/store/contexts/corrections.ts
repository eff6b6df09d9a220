import type { PoolClient } from 'pg'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Correction, CorrectionAnswer } from '@/lib/contexts/corrections/types'
import { sql } from '../database'
import { iso, stored } from '../values'

const SELECT = `SELECT k.id, k.number, k.act, k.about, k.actor, k.why, k.contexts, cardinality(k.requests) AS requests, k.undoes, k.outcome, k.created_at,
  EXISTS (SELECT FROM context_corrections u WHERE u.undoes = k.id) AS undone FROM context_corrections k`
/** How many acts one answer tells at most, the newest first. */
const MOST = 500

/** Corrections of a reconstruction, the newest first; of one context when named. */
export async function listCorrections(reconstructionId: string, context?: string): Promise<Correction[]> {
  const rows = await sql<CorrectionRow>(`${SELECT} WHERE k.reconstruction_id = $1 AND ($2::text IS NULL OR $2 = ANY(k.contexts)) ORDER BY k.number DESC LIMIT ${MOST}`, [reconstructionId, context ?? null])
  return rows.map(toCorrection)
}

/** What acts and undos are held against. */
export interface Touching {
  readonly contexts: readonly string[]
  readonly requests: readonly string[]
}

/** Acts and undos after `number` on the same contexts or requests; `standing` leaves out undos and what was undone. */
export async function actsAfter(client: PoolClient, reconstructionId: string, number: number, { contexts, requests }: Touching, which: 'all' | 'standing'): Promise<Correction[]> {
  const { rows } = await client.query<CorrectionRow>(
    `${SELECT} WHERE k.reconstruction_id = $1 AND k.number > $2 AND (k.contexts && $3::text[] OR k.requests && $4::text[])
     ${which === 'standing' ? `AND k.act <> 'undo' AND NOT EXISTS (SELECT FROM context_corrections u WHERE u.undoes = k.id)` : ''} ORDER BY k.number DESC LIMIT ${MOST}`,
    [reconstructionId, number, contexts, requests],
  )
  return rows.map(toCorrection)
}

export interface StoredAct {
  readonly correction: Correction
  readonly outcome: { readonly made: string | null; readonly gone: readonly string[] }
}

/** One act with what it came to; null where there is none of this id. @throws AuditweaveError 'correction-taken' where another reconstruction has it */
export async function findAct(client: PoolClient, reconstructionId: string, id: string): Promise<StoredAct | null> {
  const { rows: [row] } = await client.query<CorrectionRow & { own: boolean }>(`${SELECT.replace('SELECT k.id', 'SELECT k.reconstruction_id = $2 AS own, k.id')} WHERE k.id = $1`, [id, reconstructionId])
  if (row === undefined) return null
  if (!row.own) throw new AuditweaveError('correction-taken', 'Another act bears this id. Make a new random one for each act.')
  return { correction: toCorrection(row), outcome: stored(row.outcome) }
}

/** Holds the reconstruction until the end of the transaction; its revision. @throws AuditweaveError 'unknown-reconstruction', 'wrong-state' */
export async function lockReconstruction(client: PoolClient, id: string): Promise<{ revision: number; datasetId: string }> {
  const { rows: [row] } = await client.query<{ state: string; revision: string; dataset_id: string }>('SELECT state, revision, dataset_id FROM reconstructions WHERE id = $1 FOR UPDATE', [id])
  if (row === undefined) throw new AuditweaveError('unknown-reconstruction', `There is no reconstruction "${id.slice(0, 40)}"; it may have been deleted.`)
  if (row.state !== 'done') throw new AuditweaveError('wrong-state', `The reconstruction is ${row.state}. Its contexts can be corrected when it is done.`)
  return { revision: Number(row.revision), datasetId: row.dataset_id }
}

/** The answer to an act that is stored. */
export async function answerAct(client: PoolClient, reconstructionId: string, { correction, outcome }: StoredAct): Promise<CorrectionAnswer> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM contexts WHERE reconstruction_id = $1 AND id = ANY($2::text[]) ORDER BY id', [reconstructionId, correction.contexts])
  const { revision } = await lockReconstruction(client, reconstructionId)
  return { correction, revision, contexts: rows.map(({ id }) => id), gone: outcome.gone, made: outcome.made }
}

interface CorrectionRow {
  id: string; number: string; act: Correction['act']; about: unknown; actor: string; why: string; contexts: string[]; requests: number; undoes: string | null; outcome: unknown
  created_at: Date; undone: boolean
}

function toCorrection(row: CorrectionRow): Correction {
  const { id, act, why, contexts, requests, undoes, undone } = row
  return { id, number: Number(row.number), act, about: stored(row.about), by: row.actor, at: iso(row.created_at) ?? '', why, contexts, requests, undoes, undone }
}
