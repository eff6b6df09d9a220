import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { closeDatabase, sql } from './database'
import { deleteDataset } from './datasets'
import { importDataset } from './import-dataset'
import { currentLabels, labelHistory, recordLabels } from './labels'
import { defaultModel, deleteModel, findModel, listModels, modelWeights, saveModel, setDefaultModel, setModelState } from './models'
import { createNotebook, getNotebook, listNotebooks, saveNotebook } from './notebooks'
import { CHANNELS, notify, subscribe } from './notify'
import { listSavedQueries, saveQuery } from './saved-queries'
import { openTestDatabase, type TestDatabase } from './testing'
import { deleteUpload, openUpload, saveUpload } from './uploads'

const event = JSON.stringify({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: 'a', stage: 'ResponseComplete', requestURI: '/api/v1/pods', verb: 'list', user: { username: 'u' }, requestReceivedTimestamp: '2026-01-01T00:00:00.000000Z' })

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(() => database.close())

describe('label events', () => {
  const pods = { group: '', resource: 'pods', verb: 'update', namespaced: true, single: true }

  it('are a history that is never changed; the newest counts', async () => {
    const { dataset } = await importDataset(memorySource(event), { name: 'labels' })
    await recordLabels(dataset.id, [{ auditID: 'a', role: 'trigger', context: 'c1', label: pods }], { actor: 'ann', source: 'person' })
    await recordLabels(dataset.id, [{ auditID: 'a', label: { ...pods, verb: 'delete' } }], { actor: 'model-1', source: 'suggestion', sourceRef: 'model-1' })
    const history = await labelHistory(dataset.id, 'a')
    expect(history.map(({ actor, role, context, from, label }) => [actor, role, context, from?.verb ?? null, label?.verb])).toEqual([
      ['model-1', 'trigger', 'c1', 'patch', 'delete'], ['ann', 'trigger', 'c1', null, 'patch'],
    ])
    expect((await currentLabels(dataset.id)).get('a')?.label?.verb).toBe('delete')
    await expect(sql(`UPDATE label_events SET actor = 'eve'`)).rejects.toThrow('never changed')
    await expect(sql('DELETE FROM label_events')).rejects.toThrow('never changed')
    await deleteDataset(dataset.id)
    expect(await sql('SELECT FROM label_events')).toEqual([])
  })
})

describe('models', () => {
  const weights = new Uint8Array([0, 1, 2, 255])

  it('come back as they were stored; one is the default; a published one stays', async () => {
    const first = await saveModel({ name: 'first', manifest: '{"version":1}', weights })
    const second = await saveModel({ name: 'second', manifest: '{"version":2}', weights })
    expect(await modelWeights(first.id)).toEqual(weights)
    expect(await findModel('second')).toEqual(second)
    expect([first.manifest, first.bytes, first.sha256 === second.sha256]).toEqual([{ version: 1 }, 4, false])
    await expect(saveModel({ name: 'first', manifest: '{}', weights })).rejects.toMatchObject({ code: 'name-taken' })
    for (const model of [first, second]) await setDefaultModel(model.id)
    expect((await defaultModel())?.name).toBe('second')
    expect((await listModels()).map(({ name, isDefault }) => [name, isDefault])).toEqual([['second', true], ['first', false]])
    await setModelState(first.id, 'published')
    await expect(deleteModel(first.id)).rejects.toMatchObject({ code: 'wrong-state' })
    await expect(modelWeights('none')).rejects.toMatchObject({ code: 'unknown-model' })
  })
})

describe('notebooks and saved queries', () => {
  it('refuse a save over somebody else\'s', async () => {
    const document = { cells: [], heading: true }
    const { id } = await createNotebook({ title: 'One', document })
    await saveNotebook(id, { title: 'Two', document, revision: 1 })
    await expect(saveNotebook(id, { title: 'Three', document, revision: 1 })).rejects.toMatchObject({ code: 'stale-notebook' })
    expect(await getNotebook(id)).toMatchObject({ title: 'Two', revision: 2, document })
    expect((await listNotebooks()).map(({ title }) => title)).toEqual(['Two'])
  })

  it('replace a query of the same name', async () => {
    await saveQuery({ name: 'deletes', text: 'verb = "delete"' })
    await saveQuery({ name: 'deletes', text: 'verb = "get"' })
    expect((await listSavedQueries()).map(({ name, text }) => [name, text])).toEqual([['deletes', 'verb = "get"']])
  })
})

describe('uploads', () => {
  it('are found by id alone, never by a path', async () => {
    const { id, bytes } = await saveUpload((async function* () { yield Buffer.from('abc') })(), { name: '../../etc/passwd' })
    expect(bytes).toBe(3)
    expect((await openUpload(id)).bytes).toBe(3)
    for (const bad of ['../home-id', '..%2fhome-id', '/etc/passwd', `${id}\0`, `../uploads/${id}`, '']) await expect(openUpload(bad)).rejects.toMatchObject({ code: 'unknown-upload' })
    await deleteUpload(id)
    await expect(openUpload(id)).rejects.toMatchObject({ code: 'unknown-upload' })
  })

  it('are not kept when they break off', async () => {
    const broken = (async function* () {
      yield Buffer.from('abc')
      throw new Error('connection lost')
    })()
    await expect(saveUpload(broken, { name: 'log.gz' })).rejects.toMatchObject({ code: 'upload-broken', message: 'The upload of log.gz broke off; nothing of it was kept. Send it again.' })
  })
})

describe('notifications', () => {
  it('reach listeners, also after the connection broke', async () => {
    const heard: string[] = []
    const end = await subscribe(CHANNELS.runs, (id) => heard.push(id))
    await notify(CHANNELS.runs, 'one')
    await expect.poll(() => heard).toEqual(['one'])
    await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`)
    await expect.poll(async () => {
      await notify(CHANNELS.runs, 'two')
      return heard.includes('two')
    }, { timeout: 10_000, interval: 200 }).toBe(true)
    await end()
    await closeDatabase()
  })
})
