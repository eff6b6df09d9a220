import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from './database'
import { setModelNote } from './model-about'
import { deleteModel, modelWeights, requireModel, saveModel, setDefaultModel, setModelState } from './models'
import { openTestDatabase, type TestDatabase } from './testing'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

const manifest = '{"version":1,"data":{"sha256":"abc"}}'

it('a published model stays what it is: it can be written about, made the default and archived, but neither changed nor deleted', async () => {
  const model = await saveModel({ name: 'kept', manifest, weights: new Uint8Array([0, 1, 255]), metrics: { lineAccuracy: 0.5 } })
  await setModelState(model.id, 'published')
  const published = await requireModel(model.id)
  await setModelNote(model.id, 'good on writes')
  await setDefaultModel(model.id)
  await expect(deleteModel(model.id)).rejects.toMatchObject({ code: 'wrong-state' })
  await expect(saveModel({ name: 'kept', manifest: '{}', weights: new Uint8Array([9]) })).rejects.toMatchObject({ code: 'name-taken' })
  const now = await requireModel(model.id)
  expect({ ...now, updatedAt: '' }).toEqual({ ...published, note: 'good on writes', isDefault: true, updatedAt: '' })
  const [stored] = await sql<{ manifest: unknown }>('SELECT manifest FROM models WHERE id = $1', [model.id])
  expect(stored?.manifest).toEqual(JSON.parse(manifest))
  expect(createHash('sha256').update(manifest).update('\0').update(await modelWeights(model.id)).digest('hex')).toBe(now.sha256)
  await setModelState(model.id, 'archived')
  expect(await requireModel(model.id)).toMatchObject({ sha256: published.sha256, state: 'archived', isDefault: false })
})

it('a note of a model that is not there is refused', async () => {
  await expect(setModelNote('none', 'x')).rejects.toMatchObject({ code: 'unknown-model' })
})
