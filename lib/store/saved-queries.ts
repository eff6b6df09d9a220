import { AuditweaveError } from '@/lib/audit/errors'
import type { NamedQuery, SavedQuery } from '@/lib/contexts/saved-query'
import { sql } from './database'
import { checkName } from './datasets'
import { newId } from './ids'
import { iso } from './values'

export type { NamedQuery, SavedQuery } from '@/lib/contexts/saved-query'

interface Row { id: string; name: string; text: string; folder: string; description: string; dataset_id: string | null; created_at: Date; updated_at: Date }

const COLUMNS = 'id, name, text, folder, description, dataset_id, created_at, updated_at'

/** All saved queries by folder and name; those in no folder first. */
export async function listSavedQueries(): Promise<SavedQuery[]> {
  return (await sql<Row>(`SELECT ${COLUMNS} FROM saved_queries ORDER BY lower(folder), folder, lower(name), name`)).map(toSavedQuery)
}

/** Saves under a name; one that has the name already is replaced. @throws AuditweaveError 'bad-name' */
export async function saveQuery({ name, text, folder = '', description = '', datasetId = null }: NamedQuery): Promise<SavedQuery> {
  checkName(name)
  const rows = await sql<Row>(
    `INSERT INTO saved_queries (id, name, text, folder, description, dataset_id) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (name) DO UPDATE SET text = $3, folder = $4, description = $5, dataset_id = $6, updated_at = now() RETURNING ${COLUMNS}`,
    [newId(), name, text, folder, description, datasetId],
  )
  return only(rows, name)
}

/** Saves under a new name. @throws AuditweaveError 'bad-name', 'name-taken' */
export async function createSavedQuery({ name, text, folder = '', description = '', datasetId = null }: NamedQuery): Promise<SavedQuery> {
  checkName(name)
  const [row] = await sql<Row>(
    `INSERT INTO saved_queries (id, name, text, folder, description, dataset_id) VALUES ($1, $2, $3, $4, $5, (SELECT id FROM datasets WHERE id = $6))
     ON CONFLICT (name) DO NOTHING RETURNING ${COLUMNS}`,
    [newId(), name, text, folder, description, datasetId],
  )
  if (!row) throw nameTaken(name)
  return toSavedQuery(row)
}

/** Changes what is given and leaves the rest. @throws AuditweaveError 'unknown-query', 'bad-name', 'name-taken' */
export async function changeSavedQuery(id: string, { name, text, folder, description }: Partial<NamedQuery>): Promise<SavedQuery> {
  if (name !== undefined) {
    checkName(name)
    const [other] = await sql<{ id: string }>('SELECT id FROM saved_queries WHERE name = $1 AND id <> $2', [name, id])
    if (other) throw nameTaken(name)
  }
  const rows = await sql<Row>(
    `UPDATE saved_queries SET name = COALESCE($2, name), text = COALESCE($3, text), folder = COALESCE($4, folder), description = COALESCE($5, description), updated_at = now()
     WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, name ?? null, text ?? null, folder ?? null, description ?? null],
  )
  return only(rows, id)
}

/** Deletes a query and gives it back, so that it can be saved again. @throws AuditweaveError 'unknown-query' */
export async function deleteSavedQuery(id: string): Promise<SavedQuery> {
  return only(await sql<Row>(`DELETE FROM saved_queries WHERE id = $1 RETURNING ${COLUMNS}`, [id]), id)
}

function only([row]: readonly Row[], id: string): SavedQuery {
  if (!row) throw new AuditweaveError('unknown-query', `There is no saved query "${id.slice(0, 40)}"; it may have been deleted. See the list of saved queries.`)
  return toSavedQuery(row)
}

function nameTaken(name: string): AuditweaveError {
  return new AuditweaveError('name-taken', `There is a saved query called "${name}" already. Choose another name, or change that one.`)
}

function toSavedQuery(row: Row): SavedQuery {
  const { id, name, text, folder, description } = row
  return { id, name, text, folder, description, datasetId: row.dataset_id, createdAt: iso(row.created_at) ?? '', updatedAt: iso(row.updated_at) ?? '' }
}
