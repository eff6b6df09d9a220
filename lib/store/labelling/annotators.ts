import { createHash, randomBytes } from 'node:crypto'
import { AuditweaveError } from '@/lib/audit/errors'
import type { Annotator, AnnotatorRole } from '@/lib/labelling/types'
import { sql } from '../database'
import { newId } from '../ids'
import { iso } from '../values'

/** Tells an annotator's token from all else before the database is asked. */
const TOKEN = /^awa_[A-Za-z0-9_-]{43}$/
const PROOF = /^awa_[0-9a-f]{64}$/

export interface AnnotatorLine extends Annotator {
  readonly createdAt: string
  readonly disabledAt: string | null
  /** Whether it may sign in from elsewhere. */
  readonly hasToken: boolean
}

/** What a session of an annotator's token is proved by: not the token, and not what is stored of it. Undefined for what is no such token. */
export function sessionProof(token: string): string | undefined {
  return TOKEN.test(token) ? `awa_${sha256(`auditweave annotator ${token}`)}` : undefined
}

/** The annotator of a session, null where there is none or it was disabled. */
export async function findByProof(proof: string): Promise<Annotator | null> {
  if (!PROOF.test(proof)) return null
  const [row] = await sql<{ id: string; name: string; role: AnnotatorRole }>('SELECT id, name, role FROM annotators WHERE token_hash = $1 AND disabled_at IS NULL', [sha256(proof)])
  return row === undefined ? null : { id: row.id, name: row.name, role: row.role }
}

/** Everybody who ever labelled under a name, by name. */
export async function listAnnotators(): Promise<AnnotatorLine[]> {
  const rows = await sql<Row>('SELECT id, name, role, token_hash IS NOT NULL AS has_token, created_at, disabled_at FROM annotators ORDER BY lower(name), id')
  return rows.map(toLine)
}

/**
 * Gives somebody a role and a token of his own. The token is answered this once and stored nowhere; whoever was disabled, or had only a name, gets one anew.
 * @throws AuditweaveError 'annotator-taken'
 */
export async function addAnnotator(name: string, role: AnnotatorRole): Promise<{ annotator: AnnotatorLine; token: string }> {
  const token = `awa_${randomBytes(32).toString('base64url')}`
  const [row] = await sql<Row>(
    `INSERT INTO annotators (id, name, role, token_hash) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET role = EXCLUDED.role, token_hash = EXCLUDED.token_hash, disabled_at = NULL WHERE annotators.token_hash IS NULL OR annotators.disabled_at IS NOT NULL
     RETURNING id, name, role, true AS has_token, created_at, disabled_at`,
    [newId(), name, role, sha256(sessionProof(token) ?? '')],
  )
  if (row === undefined) throw new AuditweaveError('annotator-taken', `There is an annotator ${name} with a token already. Take another name, or disable that one first.`)
  return { annotator: toLine(row), token }
}

/**
 * The annotator that an owner labels as from now on; made where there is none.
 * @throws AuditweaveError 'annotator-taken' when the name is somebody else's who signs in with a token
 */
export async function pickAnnotator(name: string): Promise<Annotator> {
  const [row] = await sql<{ id: string }>(
    `INSERT INTO annotators (id, name, role) VALUES ($1, $2, 'owner') ON CONFLICT (name) DO UPDATE SET disabled_at = NULL WHERE annotators.token_hash IS NULL RETURNING id`,
    [newId(), name],
  )
  if (row === undefined) throw new AuditweaveError('annotator-taken', `${name} signs in with a token of his own. Take another name.`)
  return { id: row.id, name, role: 'owner' }
}

/** Ends an annotator's rights at once; what he said stays. @throws AuditweaveError 'unknown-annotator' */
export async function disableAnnotator(id: string): Promise<void> {
  const rows = await sql('UPDATE annotators SET disabled_at = COALESCE(disabled_at, now()) WHERE id = $1 RETURNING id', [id])
  if (rows.length === 0) throw new AuditweaveError('unknown-annotator', `There is no annotator "${id.slice(0, 40)}".`)
}

interface Row { id: string; name: string; role: AnnotatorRole; has_token: boolean; created_at: Date; disabled_at: Date | null }

function toLine(row: Row): AnnotatorLine {
  return { id: row.id, name: row.name, role: row.role, hasToken: row.has_token, createdAt: iso(row.created_at) ?? '', disabledAt: iso(row.disabled_at) }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
