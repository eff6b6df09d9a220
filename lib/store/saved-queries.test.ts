import { afterAll, beforeAll, expect, it } from 'vitest'
import { changeSavedQuery, createSavedQuery, deleteSavedQuery, listSavedQueries } from './saved-queries'
import { openTestDatabase, type TestDatabase } from './testing'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

it('are kept by folder, changed, deleted and brought back', async () => {
  const first = await createSavedQuery({ name: 'deletes', text: 'verb == "delete"', folder: 'hunting', description: 'what went' })
  await createSavedQuery({ name: 'all', text: 'size > 0', datasetId: 'one that is gone' })
  expect((await listSavedQueries()).map(({ folder, name, datasetId }) => [folder, name, datasetId])).toEqual([['', 'all', null], ['hunting', 'deletes', null]])
  await expect(createSavedQuery({ name: 'deletes', text: 'size > 1' })).rejects.toMatchObject({ code: 'name-taken' })
  expect(await changeSavedQuery(first.id, { name: 'Deletes', folder: '' })).toMatchObject({ name: 'Deletes', folder: '', description: 'what went', text: 'verb == "delete"' })
  await expect(changeSavedQuery(first.id, { name: 'all' })).rejects.toMatchObject({ code: 'name-taken' })
  await expect(changeSavedQuery('none', { folder: 'x' })).rejects.toMatchObject({ code: 'unknown-query' })
  const { id, createdAt: _c, updatedAt: _u, ...gone } = await deleteSavedQuery(first.id)
  await expect(deleteSavedQuery(id)).rejects.toMatchObject({ code: 'unknown-query' })
  expect(await createSavedQuery(gone)).toMatchObject(gone)
})
