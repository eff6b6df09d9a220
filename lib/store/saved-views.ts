import { AuditweaveError } from '@/lib/audit/errors'
import { sql } from './database'
import { checkName } from './datasets'
import { newId } from './ids'
import { iso } from './values'

/** A named state of a page; `state` is the query of its address. */
export interface SavedView {
  readonly id: string
  readonly room: string
  readonly name: string
  readonly state: string
  readonly createdAt: string
  readonly updatedAt: string
}

interface Row { id: string; room: string; name: string; state: string; created_at: Date; updated_at: Date }

const COLUMNS = 'id, room, name, state, created_at, updated_at'

/** The views of a room by name. */
export async function listViews(room: string): Promise<SavedView[]> {
  return (await sql<Row>(`SELECT ${COLUMNS} FROM saved_views WHERE room = $1 ORDER BY lower(name), name`, [room])).map(toView)
}

/** Saves a new view. @throws AuditweaveError 'bad-name', 'name-taken' */
export async function createView({ room, name, state }: { room: string; name: string; state: string }): Promise<SavedView> {
  checkName(name)
  const rows = await sql<Row>(`INSERT INTO saved_views (id, room, name, state) VALUES ($1, $2, $3, $4) ON CONFLICT (room, name) DO NOTHING RETURNING ${COLUMNS}`, [newId(), room, name, state])
  return only(rows, () => nameTaken(name))
}

/** Renames a view or writes another state over its own. @throws AuditweaveError 'unknown-view', 'bad-name', 'name-taken' */
export async function changeView(id: string, { name, state }: { name?: string; state?: string }): Promise<SavedView> {
  if (name !== undefined) {
    checkName(name)
    const [other] = await sql<{ id: string }>('SELECT o.id FROM saved_views o JOIN saved_views v ON v.room = o.room WHERE v.id = $1 AND o.name = $2 AND o.id <> $1', [id, name])
    if (other) throw nameTaken(name)
  }
  const rows = await sql<Row>(`UPDATE saved_views SET name = COALESCE($2, name), state = COALESCE($3, state), updated_at = now() WHERE id = $1 RETURNING ${COLUMNS}`, [id, name ?? null, state ?? null])
  return only(rows, () => unknownView(id))
}

/** Deletes a view and gives it back, so that it can be saved again. @throws AuditweaveError 'unknown-view' */
export async function deleteView(id: string): Promise<SavedView> {
  return only(await sql<Row>(`DELETE FROM saved_views WHERE id = $1 RETURNING ${COLUMNS}`, [id]), () => unknownView(id))
}

function only(rows: readonly Row[], missing: () => AuditweaveError): SavedView {
  const [row] = rows
  if (!row) throw missing()
  return toView(row)
}

function toView(row: Row): SavedView {
  return { id: row.id, room: row.room, name: row.name, state: row.state, createdAt: iso(row.created_at) ?? '', updatedAt: iso(row.updated_at) ?? '' }
}

function nameTaken(name: string): AuditweaveError {
  return new AuditweaveError('name-taken', `There is a view called "${name}" already. Choose another name, or overwrite that view.`)
}

function unknownView(id: string): AuditweaveError {
  return new AuditweaveError('unknown-view', `There is no saved view "${id.slice(0, 40)}"; it may have been deleted. See the list of views.`)
}
