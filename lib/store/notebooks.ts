import { randomBytes } from 'node:crypto'
import { AuditweaveError } from '@/lib/audit/errors'
import { documentSchema, type NotebookDocument } from '@/lib/notebook/cell'
import { resultSchema, type CellResult, type Results } from '@/lib/notebook/result'
import { sql } from './database'
import { newId } from './ids'
import { iso, jsonText } from './values'

/** A notebook as lists show it. */
export interface NotebookRow {
  readonly id: string
  readonly title: string
  readonly cells: number
  readonly revision: number
  readonly shared: boolean
  /** The name of the example that it was made from. */
  readonly example: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

export interface Notebook extends Omit<NotebookRow, 'cells'> {
  readonly document: NotebookDocument
  /** The last result of each cell, by its id. */
  readonly results: Results
  readonly shareToken: string | null
}

interface Row {
  id: string; title: string; cells: unknown; outputs: unknown; revision: number; share_token: string | null; example: string | null; created_at: Date; updated_at: Date
}

/** All notebooks, the last changed first. */
export async function listNotebooks(): Promise<NotebookRow[]> {
  const rows = await sql<Omit<Row, 'cells' | 'outputs'> & { count: number }>(
    `SELECT id, title, revision, share_token, example, created_at, updated_at,
       CASE jsonb_typeof(cells) WHEN 'object' THEN jsonb_array_length(COALESCE(cells->'cells', '[]')) WHEN 'array' THEN jsonb_array_length(cells) ELSE 0 END AS count
     FROM notebooks ORDER BY updated_at DESC, id`,
  )
  return rows.map((row) => ({ ...common(row), cells: row.count }))
}

export async function getNotebook(id: string): Promise<Notebook | null> {
  const [row] = await sql<Row>('SELECT * FROM notebooks WHERE id = $1', [id])
  return row === undefined ? null : toNotebook(row)
}

/** @throws AuditweaveError 'unknown-notebook' */
export async function requireNotebook(id: string): Promise<Notebook> {
  const notebook = await getNotebook(id)
  if (notebook === null) throw unknown(id)
  return notebook
}

/** By the token of its shared address; null when there is none, or when sharing was withdrawn. */
export async function sharedNotebook(token: string): Promise<Notebook | null> {
  const [row] = await sql<Row>('SELECT * FROM notebooks WHERE share_token = $1', [token])
  return row === undefined ? null : toNotebook(row)
}

/** @throws AuditweaveError 'bad-notebook' */
export async function createNotebook(notebook: { title: string; document: NotebookDocument; example?: string }): Promise<Notebook> {
  const id = newId()
  await sql('INSERT INTO notebooks (id, title, cells, example) VALUES ($1, $2, $3, $4)', [id, titleText(notebook.title), jsonText(checked(notebook.document)), notebook.example ?? null])
  return requireNotebook(id)
}

/**
 * Saves over the revision that was read; outputs stay. Returns the new revision.
 * @throws AuditweaveError 'stale-notebook' when somebody has saved since, 'unknown-notebook', 'bad-notebook'
 */
export async function saveNotebook(id: string, notebook: { title: string; document: NotebookDocument; revision: number }): Promise<number> {
  const { title, document, revision } = notebook
  const [saved] = await sql<{ revision: number }>(
    'UPDATE notebooks SET title = $3, cells = $4, revision = revision + 1, updated_at = now() WHERE id = $1 AND revision = $2 RETURNING revision',
    [id, revision, titleText(title), jsonText(checked(document))],
  )
  if (saved) return saved.revision
  const now = await requireNotebook(id)
  throw new AuditweaveError('stale-notebook', `${now.title} was saved elsewhere meanwhile (revision ${now.revision}). Read it again, then repeat the change.`)
}

/** Keeps a cell's result; other cells' results may come in at the same time. Those of cells that are gone are let go. */
export async function saveResult(id: string, cell: string, result: CellResult): Promise<void> {
  const rows = await sql(
    `UPDATE notebooks n SET outputs = (
       SELECT COALESCE(jsonb_object_agg(o.key, o.value), '{}') FROM jsonb_each(n.outputs) o
       WHERE o.key <> $2 AND EXISTS (SELECT FROM jsonb_array_elements(n.cells->'cells') c WHERE c->>'id' = o.key)
     ) || jsonb_build_object($2::text, $3::jsonb) WHERE n.id = $1 RETURNING n.id`,
    [id, cell, jsonText(result)],
  )
  if (rows.length === 0) throw unknown(id)
}

export async function deleteNotebook(id: string): Promise<void> {
  await sql('DELETE FROM notebooks WHERE id = $1', [id])
}

/** Gives the notebook an address that nobody can guess (256 bits); one that has an address keeps it. @throws AuditweaveError 'unknown-notebook' */
export async function shareNotebook(id: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const [row] = await sql<{ share_token: string }>('UPDATE notebooks SET share_token = COALESCE(share_token, $2) WHERE id = $1 RETURNING share_token', [id, token])
  if (!row) throw unknown(id)
  return row.share_token
}

/** Withdraws the shared address for good: sharing again gives another one. @throws AuditweaveError 'unknown-notebook' */
export async function withdrawNotebook(id: string): Promise<void> {
  const rows = await sql('UPDATE notebooks SET share_token = NULL WHERE id = $1 RETURNING id', [id])
  if (rows.length === 0) throw unknown(id)
}

function unknown(id: string): AuditweaveError {
  return new AuditweaveError('unknown-notebook', `There is no notebook "${id.slice(0, 40)}"; it may have been deleted.`)
}

function checked(document: NotebookDocument): NotebookDocument {
  const parsed = documentSchema.safeParse(document)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AuditweaveError('bad-notebook', `The notebook cannot be stored: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}.`)
}

function titleText(title: string): string {
  return title.trim().slice(0, 200).toWellFormed().replaceAll('\u0000', '\uFFFD') || 'Untitled'
}

function common(row: Omit<Row, 'cells' | 'outputs'>): Omit<NotebookRow, 'cells'> {
  return { id: row.id, title: row.title, revision: row.revision, shared: row.share_token !== null, example: row.example, createdAt: iso(row.created_at) ?? '', updatedAt: iso(row.updated_at) ?? '' }
}

/** What another version wrote and this one cannot read is left out of the results, never of the text. */
function toNotebook(row: Row): Notebook {
  const document = documentSchema.safeParse(Array.isArray(row.cells) ? { cells: row.cells } : row.cells)
  if (!document.success) throw new AuditweaveError('bad-notebook', `The notebook ${row.id} was stored by another version and cannot be read: ${document.error.issues[0]?.message ?? 'not valid'}.`)
  const results = Object.entries(row.outputs ?? {}).flatMap(([id, value]) => {
    const result = resultSchema.safeParse(value)
    return result.success ? [[id, result.data] as const] : []
  })
  return { ...common(row), document: document.data, results: Object.fromEntries(results), shareToken: row.share_token }
}
