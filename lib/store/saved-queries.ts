import type { SavedQuery as Row } from '@/generated/prisma/client'
import { withPrisma } from './database'
import { checkName } from './datasets'
import { newId } from './ids'

export interface SavedQuery {
  readonly id: string
  readonly name: string
  readonly text: string
  readonly datasetId: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

/** All saved queries by name. */
export async function listSavedQueries(): Promise<SavedQuery[]> {
  return (await withPrisma((db) => db.savedQuery.findMany({ orderBy: { name: 'asc' } }))).map(toSavedQuery)
}

/** Saves under a name; one that has the name already is replaced. @throws AuditweaveError 'bad-name' */
export async function saveQuery({ name, text, datasetId = null }: { name: string; text: string; datasetId?: string | null }): Promise<SavedQuery> {
  checkName(name)
  const values = { text, datasetId }
  return toSavedQuery(await withPrisma((db) => db.savedQuery.upsert({ where: { name }, create: { id: newId(), name, ...values }, update: values })))
}

export async function deleteSavedQuery(id: string): Promise<void> {
  await withPrisma((db) => db.savedQuery.deleteMany({ where: { id } }))
}

function toSavedQuery(row: Row): SavedQuery {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() }
}
