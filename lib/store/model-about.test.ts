import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from './database'
import { createExperiment, deleteExperiment } from './experiments'
import { setModelAbout } from './model-about'
import { deleteModel, modelWeights, requireModel, saveModel, setDefaultModel, setModelState } from './models'
import { deleteRuns } from './runs'
import { openTestDatabase, type TestDatabase } from './testing'

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

const manifest = '{"version":1,"data":{"sha256":"abc"}}'

it('a published model stays what it is: it can be written about, made the default and archived, but neither changed nor deleted', async () => {
  const model = await saveModel({ name: 'kept', manifest, weights: new Uint8Array([0, 1, 255]), metrics: { lineAccuracy: 0.5 } })
  await setModelState(model.id, 'published')
  const published = await requireModel(model.id)
  await setModelAbout(model.id, { note: 'good on writes' })
  await setModelAbout(model.id, { tags: ['writes', 'lab'] })
  await setDefaultModel(model.id)
  await expect(deleteModel(model.id)).rejects.toMatchObject({ code: 'wrong-state' })
  await expect(saveModel({ name: 'kept', manifest: '{}', weights: new Uint8Array([9]) })).rejects.toMatchObject({ code: 'name-taken' })
  const now = await requireModel(model.id)
  expect({ ...now, updatedAt: '' }).toEqual({ ...published, note: 'good on writes', tags: ['writes', 'lab'], isDefault: true, updatedAt: '' })
  for (const change of [`manifest = '{}'`, `weights = '\\x00'`, `name = 'other'`, `metrics = '{}'`, `sha256 = 'x'`]) await expect(sql(`UPDATE models SET ${change} WHERE id = $1`, [model.id])).rejects.toThrow('model kept is published')
  await expect(sql('DELETE FROM models WHERE id = $1', [model.id])).rejects.toThrow('model kept is published')
  const [stored] = await sql<{ manifest: unknown }>('SELECT manifest FROM models WHERE id = $1', [model.id])
  expect(stored?.manifest).toEqual(JSON.parse(manifest))
  expect(createHash('sha256').update(manifest).update('\0').update(await modelWeights(model.id)).digest('hex')).toBe(now.sha256)
  await expect(setModelState(model.id, 'draft')).rejects.toMatchObject({ code: 'wrong-state' })
  await expect(sql(`UPDATE models SET state = 'draft' WHERE id = $1`, [model.id])).rejects.toThrow('model kept is published')
  await setModelState(model.id, 'archived')
  expect(await requireModel(model.id)).toMatchObject({ sha256: published.sha256, state: 'archived', isDefault: false })
})

it('a note of a model that is not there is refused', async () => {
  await expect(setModelAbout('none', { note: 'x' })).rejects.toMatchObject({ code: 'unknown-model' })
})

it('the run behind a published model stays until the model is archived', async () => {
  const [dataset] = await sql<{ id: string }>(`INSERT INTO datasets (id, name, state, source_name) VALUES ('aboutdataset', 'about', 'ready', 'x') RETURNING id`)
  const { experiment, runIds: [runId = ''] } = await createExperiment({ name: 'sweep', title: 'Sweep', spec: {}, scale: 'smoke', datasetId: dataset?.id ?? '', runs: [{ kind: 'train', name: 'one', preset: 'k8ntext', protocol: 'blocked', seed: 1, axes: {}, params: {} }] })
  const model = await saveModel({ name: 'of-a-run', manifest, weights: new Uint8Array([1]), runId })
  await setModelState(model.id, 'published')
  await expect(deleteRuns([runId])).rejects.toMatchObject({ code: 'wrong-state', message: expect.stringMatching(/^Run \d+ made the published model of-a-run/) as unknown })
  await expect(deleteExperiment(experiment.id)).rejects.toMatchObject({ code: 'wrong-state' })
  await setModelState(model.id, 'archived')
  expect(await deleteRuns([runId])).toBe(1)
  expect(await requireModel(model.id)).toMatchObject({ runId: null, state: 'archived' })
})
