import { AuditweaveError, isAuditweaveError } from '@/lib/audit/errors'
import type { Severity, StarterWatch, Watch, WatchChange, WatchInput } from '@/lib/live/watch'
import { sql } from '../database'
import { newId } from '../ids'
import { CHANNELS, notify } from '../notify'
import { iso, jsonText, stored } from '../values'

interface Row {
  id: string; name: string; description: string; query: string; severity: Severity; enabled: boolean; notify: boolean
  source: Watch['source']; references: unknown; created_at: Date; updated_at: Date
}

const COLUMNS = 'id, name, description, query, severity, enabled, notify, source, "references", created_at, updated_at'

/** All watches by name; those that were removed are left out. */
export async function listWatches(): Promise<Watch[]> {
  return (await sql<Row>(`SELECT ${COLUMNS} FROM watches WHERE removed_at IS NULL ORDER BY lower(name), name`)).map(toWatch)
}

/** Makes a watch. @throws AuditweaveError 'name-taken' */
export async function createWatch(input: WatchInput, from: { readonly source: Watch['source']; readonly references: readonly string[] } = { source: 'own', references: [] }): Promise<Watch> {
  const id = newId()
  const values = [id, input.name, input.description, input.query, input.severity, input.enabled, input.notify, from.source, jsonText(from.references)]
  const rows = await sql<Row>(
    `INSERT INTO watches (id, name, description, query, severity, enabled, notify, source, "references") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (name) WHERE removed_at IS NULL DO NOTHING RETURNING ${COLUMNS}`,
    values,
  )
  return told(rows, () => nameTaken(input.name))
}

/** Changes what is given. @throws AuditweaveError 'unknown-watch', 'name-taken' */
export async function changeWatch(id: string, change: WatchChange): Promise<Watch> {
  const { name, description, query, severity, enabled, notify: tells } = change
  const statement = `UPDATE watches SET name = COALESCE($2, name), description = COALESCE($3, description), query = COALESCE($4, query), severity = COALESCE($5, severity),
    enabled = COALESCE($6, enabled), notify = COALESCE($7, notify), updated_at = now() WHERE id = $1 AND removed_at IS NULL RETURNING ${COLUMNS}`
  const values = [id, name ?? null, description ?? null, query ?? null, severity ?? null, enabled ?? null, tells ?? null]
  const rows = await sql<Row>(statement, values).catch((error: unknown) => { throw isDouble(error) ? nameTaken(name ?? '') : error })
  return told(rows, () => unknownWatch(id))
}

/** Takes a watch away; its alerts stay, and `restoreWatch` brings it back as it was. @throws AuditweaveError 'unknown-watch' */
export async function removeWatch(id: string): Promise<Watch> {
  return told(await sql<Row>(`UPDATE watches SET removed_at = now(), updated_at = now() WHERE id = $1 AND removed_at IS NULL RETURNING ${COLUMNS}`, [id]), () => unknownWatch(id))
}

/** @throws AuditweaveError 'unknown-watch', 'name-taken' where another has taken its name since */
export async function restoreWatch(id: string): Promise<Watch> {
  const rows = await sql<Row>(`UPDATE watches SET removed_at = NULL, updated_at = now() WHERE id = $1 AND removed_at IS NOT NULL RETURNING ${COLUMNS}`, [id])
    .catch((error: unknown) => { throw isDouble(error) ? nameTaken('') : error })
  return told(rows, () => unknownWatch(id))
}

/** Adds the starter watches that are not there yet, by name, and switches them on or leaves them off; returns those it added. */
export async function addStarters(starters: readonly StarterWatch[], { enabled }: { readonly enabled: boolean }): Promise<Watch[]> {
  const added: Watch[] = []
  for (const { references, ...starter } of starters) {
    const made = await createWatch({ ...starter, enabled, notify: true }, { source: 'starter', references }).catch((error: unknown) => {
      if (isAuditweaveError(error) && error.code === 'name-taken') return null
      throw error
    })
    if (made) added.push(made)
  }
  return added
}

async function told(rows: readonly Row[], missing: () => AuditweaveError): Promise<Watch> {
  const [row] = rows
  if (!row) throw missing()
  await notify(CHANNELS.watches, row.id)
  return toWatch(row)
}

function toWatch({ references, created_at, updated_at, ...row }: Row): Watch {
  return { ...row, references: stored<string[]>(references), createdAt: iso(created_at) ?? '', updatedAt: iso(updated_at) ?? '' }
}

function isDouble(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}

function nameTaken(name: string): AuditweaveError {
  return new AuditweaveError('name-taken', `There is a watch${name === '' ? ' of that name' : ` called "${name}"`} already. Choose another name, or change that one.`)
}

function unknownWatch(id: string): AuditweaveError {
  return new AuditweaveError('unknown-watch', `There is no watch ${id.slice(0, 60)}. Somebody may have deleted it; open /live/watches for those there are.`)
}
