import { AuditweaveError } from '@/lib/audit/errors'
import type { Notebook as Row } from '@/generated/prisma/client'
import { withPrisma } from './database'
import { newId } from './ids'
import type { JsonValue } from './types'
import { stored } from './values'

export interface Notebook {
  readonly id: string
  readonly title: string
  readonly cells: JsonValue
  readonly revision: number
  readonly createdAt: string
  readonly updatedAt: string
}

/** All notebooks, the last changed first, without their cells. */
export async function listNotebooks(): Promise<Omit<Notebook, 'cells'>[]> {
  const rows = await withPrisma((db) => db.notebook.findMany({ omit: { cells: true }, orderBy: { updatedAt: 'desc' } }))
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() }))
}

export async function getNotebook(id: string): Promise<Notebook | null> {
  const row = await withPrisma((db) => db.notebook.findUnique({ where: { id } }))
  return row === null ? null : toNotebook(row)
}

export async function createNotebook(notebook: { title: string; cells: JsonValue }): Promise<Notebook> {
  const data = { id: newId(), title: notebook.title, cells: asInput(notebook.cells) }
  return toNotebook(await withPrisma((db) => db.notebook.create({ data })))
}

/**
 * Saves over the revision that was read.
 * @throws AuditweaveError 'stale-notebook' when somebody has saved since, 'unknown-notebook'
 */
export async function saveNotebook(id: string, notebook: { title: string; cells: JsonValue; revision: number }): Promise<Notebook> {
  const { title, cells, revision } = notebook
  const { count } = await withPrisma((db) => db.notebook.updateMany({ where: { id, revision }, data: { title, cells: asInput(cells), revision: revision + 1 } }))
  const now = await getNotebook(id)
  if (now === null) throw new AuditweaveError('unknown-notebook', `There is no notebook "${id.slice(0, 40)}"; it may have been deleted.`)
  if (count === 0) throw new AuditweaveError('stale-notebook', `${now.title} was saved elsewhere meanwhile (revision ${now.revision}). Read it again, then repeat the change.`)
  return now
}

export async function deleteNotebook(id: string): Promise<void> {
  await withPrisma((db) => db.notebook.deleteMany({ where: { id } }))
}

function asInput(cells: JsonValue): object {
  return Array.isArray(cells) || (typeof cells === 'object' && cells !== null) ? cells : []
}

function toNotebook(row: Row): Notebook {
  return { ...row, cells: stored(row.cells), createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() }
}
