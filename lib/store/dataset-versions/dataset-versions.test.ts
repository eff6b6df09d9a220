import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSource } from '@/lib/audit/source.node.ts'
import { memorySource } from '@/lib/audit/source'
import type { JsonObject } from '@/lib/audit/event'
import { exportLabelled } from '@/lib/export/labelled/formats'
import { labelledLogBytes, readLabels } from '@/lib/export/labelled/read-labels'
import { EMPTY_CARD } from '@/lib/labelling/dataset/card'
import { hmac } from '@/lib/labelling/dataset/pseudonyms/hmac.node.ts'
import { sql } from '../database'
import { deleteDataset, requireDataset, type Dataset } from '../datasets'
import { getEvent } from '../events'
import { importDataset } from '../import-dataset'
import { takeBack } from '../labelling/take-back'
import { lineageOf } from '../lineage'
import { act, write } from '../labelling/testing'
import { openTestDatabase, type TestDatabase } from '../testing'
import { exportCard, readCard, readOrigin, writeCard } from './about'
import { compareVersions } from './compare'
import { standingLabels } from './current'
import { freezeVersion } from './freeze'
import { hashEvents, hashLabels } from './hashes'
import { labelledEvents } from './labelled-events'
import { mergeDatasets, pseudonymiseDataset, sliceDataset } from './operations'
import { importLabels, restoreVersion } from './relabel'
import { createSplit, deleteSplit, listSplits, readSplits, requireSplit } from './splits'
import { hasChanged, labelsOf, listVersions, newestVersion, placeOf } from './versions'

let database: TestDatabase
let sample: Dataset

beforeAll(async () => {
  database = await openTestDatabase()
  const lines = gunzipSync(readFileSync('datasets/sample/audit.jsonl.gz')).toString('utf8').split('\n').slice(300, 600)
  sample = (await importDataset(memorySource(lines.join('\n')), { name: 'sample', truth: openSource('datasets/sample/truth.jsonl.gz'), truthName: 'truth.jsonl.gz' })).dataset
}, 60_000)

afterAll(() => database.close())

const ids: Record<string, string> = {}

/** Two requests with labels, and a third without. */
async function small(name: string, change: (raw: JsonObject, i: number) => JsonObject = (raw) => raw): Promise<Dataset> {
  const lines = [0, 1, 2].map((i) => JSON.stringify(change({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: `r${i}`, stage: 'ResponseComplete', requestURI: '/api/v1/namespaces/n/pods', verb: 'create', user: { username: i === 0 ? 'alice' : 'bob' }, objectRef: { resource: 'pods', namespace: 'n', name: `p${i}` }, requestReceivedTimestamp: `2026-01-01T00:00:0${i}.000000Z` }, i)))
  const { dataset } = await importDataset(memorySource(lines.join('\n')), { name })
  ids[name] = dataset.id
  return dataset
}

describe('versions', () => {
  it('are frozen at import, and by hand when labels have changed', async () => {
    const dataset = await small('versioned')
    const first = await newestVersion(dataset.id)
    expect(first).toMatchObject({ number: 1, parent: null, events: 3, requests: 3, actor: 'import', counts: { labelled: 0 }, eventsSha256: await hashEvents(dataset.id) })
    await expect(freezeVersion('versioned', { actor: 'ann' })).rejects.toThrow(expect.objectContaining({ code: 'nothing-changed' }))
    await write(dataset.id, 'ann', [['r0', act('pods', 'c1')], ['r1', act('services', 'c1')]])
    expect(await hasChanged(dataset.id, first)).toBe(true)
    const second = await freezeVersion('versioned', { actor: 'ann', note: 'first labels' })
    expect(second).toMatchObject({ number: 2, parent: 1, note: 'first labels', actor: 'ann', eventsSha256: first?.eventsSha256, counts: { labelled: 2, contexts: 1, classes: 2 } })
    expect(second.labelsSha256).not.toBe(first?.labelsSha256)
    expect((await requireDataset(dataset.id)).version).toBe(2)
    expect([...(await labelsOf(await placeOf('versioned@2'))).keys()].sort()).toEqual(['r0', 'r1'])
    expect((await labelsOf(await placeOf('versioned@1'))).size).toBe(0)
  })

  it('cannot be changed by anybody, and go with their data set', async () => {
    await expect(sql(`UPDATE dataset_versions SET note = 'x' WHERE dataset_id = $1`, [ids.versioned])).rejects.toThrow(/never changed/)
    await expect(sql('DELETE FROM dataset_versions WHERE dataset_id = $1', [ids.versioned])).rejects.toThrow(/never changed/)
    const gone = await small('gone')
    await deleteDataset(gone.id)
    expect(await listVersions(gone.id)).toEqual([])
  })

  it('differ readably', async () => {
    const id = ids.versioned as string
    await write(id, 'ann', [['r1', act('secrets', 'c1')], ['r2', act('pods', 'c2')], ['r0', { kind: 'clear' }]])
    const { labels, events } = await compareVersions(await placeOf('versioned@2'), await placeOf('versioned'))
    expect(events).toMatchObject({ same: true, added: 0, removed: 0 })
    expect(labels).toMatchObject({ added: 1, removed: 1, changed: 1, same: 0 })
    expect(labels.classes.map(({ from, to, count, samples }) => [from, to, count, samples])).toEqual([
      [null, 'create pods', 1, ['r2']], ['create pods', null, 1, ['r0']], ['create services', 'create secrets', 1, ['r1']],
    ])
  })

  it('give their labels back in one act, which can be undone', async () => {
    const id = ids.versioned as string
    const before = hashLabels(await standingLabels(id)).sha256
    const restored = await restoreVersion(id, 2, 'ann')
    expect(restored).toMatchObject({ changed: 2, cleared: 1 })
    expect(await hasChanged(id, await newestVersion(id))).toBe(false)
    expect(await restoreVersion(id, 2, 'ann')).toMatchObject({ batch: null, changed: 0 })
    await takeBack({ datasetId: id, assignment: null }, { kind: 'undo', batch: restored.batch ?? '' }, 'ann')
    expect(hashLabels(await standingLabels(id)).sha256).toBe(before)
  })

  it('are named by the data set and a number, also where its name has an @', async () => {
    await small('odd@7')
    expect(await placeOf('odd@7')).toMatchObject({ name: 'odd@7', number: null })
    expect(await placeOf('odd@7@1')).toMatchObject({ name: 'odd@7', number: 1 })
    await expect(placeOf('odd@7@9')).rejects.toThrow(/has no version 9: there are 1/)
    await expect(placeOf('nobody@1')).rejects.toThrow(expect.objectContaining({ code: 'unknown-dataset' }))
  })
})

describe('splits', () => {
  it('stay with a version, by name, with what they leak', async () => {
    const made = await createSplit('sample', { name: 'blocks', spec: { protocol: 'blocked', gap: 59, validation: 0.2, test: 0.2 } }, 'ann')
    expect(made).toMatchObject({ name: 'blocks', version: 1, leakage: { nearTraining: 0 } })
    const random = await createSplit('sample', { name: 'random', spec: { protocol: 'random', seed: 1, validation: 0.2, test: 0.2 } }, 'ann')
    expect(random.leakage.nearTraining).toBeGreaterThan(0.9)
    await expect(createSplit('sample', { name: 'random', spec: { protocol: 'random', seed: 2, validation: 0.2, test: 0.2 } }, 'ann')).rejects.toThrow(expect.objectContaining({ code: 'split-taken' }))
    const [blocks] = await readSplits(sample.id)
    const { parts } = made.counts
    expect(blocks?.partOf.size).toBe(parts.train.requests + parts.validation.requests + parts.test.requests)
    expect(sample.auditIDs).toBe((blocks?.partOf.size ?? 0) + made.counts.leftOut)
    expect((await requireSplit(sample.id, 'random')).id).toBe(random.id)
    await deleteSplit(sample.id, random.id)
    expect((await listSplits(sample.id)).map(({ name }) => name)).toEqual(['blocks'])
    await expect(deleteSplit(ids.versioned as string, made.id)).rejects.toThrow(expect.objectContaining({ code: 'unknown-split' }))
  })
})

describe('operations', () => {
  it('slice by user with whole contexts, and say where it came from', async () => {
    const users = sample.summary?.users.map(({ value }) => value).filter((user) => !user.startsWith('system:')) ?? []
    const user = users[0] as string
    const slice = await sliceDataset('sample', { users: [user], contexts: 'whole' }, { name: 'of one user', actor: 'ann' })
    const cut = await sliceDataset('sample@1', { users: [user], contexts: 'cut' }, { name: 'cut', actor: 'ann' })
    expect(slice.events).toBeGreaterThan(cut.events)
    expect(cut.events).toBe(sample.summary?.users.find(({ value }) => value === user)?.count)
    const labels = await standingLabels(slice.id)
    const whole = await standingLabels(sample.id)
    for (const [auditID, labelling] of labels) expect(labelling).toEqual(whole.get(auditID))
    expect(await readOrigin(slice.id)).toMatchObject({ operation: { kind: 'slice', report: { of: sample.events } }, parents: [{ id: sample.id, name: 'sample', version: 1 }] })
    expect(await newestVersion(slice.id)).toMatchObject({ number: 1, events: slice.events, eventsSha256: slice.sha256 })
    const { events } = await compareVersions(await placeOf('sample'), await placeOf('of one user'))
    expect(events).toMatchObject({ same: false, added: 0, removed: sample.events - slice.events, changed: 0 })
    const lineage = await lineageOf('dataset', slice.id)
    expect(lineage?.edges).toContainEqual({ from: `dataset/${sample.id}`, to: `dataset/${slice.id}` })
    await expect(sliceDataset('sample', { users: ['nobody'], contexts: 'whole' }, { name: 'empty', actor: 'ann' })).rejects.toThrow(expect.objectContaining({ code: 'nothing-left' }))
    expect(await sql(`SELECT 1 FROM datasets WHERE name = 'empty'`)).toEqual([])
  })

  it('merge what was cut apart to the same log', async () => {
    const half = sample.firstMicros === null || sample.lastMicros === null ? 0 : (sample.firstMicros + sample.lastMicros) / 2
    const middle = new Date(half / 1000).toISOString()
    await sliceDataset('sample', { until: middle, contexts: 'cut' }, { name: 'early', actor: 'ann' })
    await sliceDataset('sample', { from: middle, contexts: 'cut' }, { name: 'late', actor: 'ann' })
    const merged = await mergeDatasets(['late', 'early'], 'once', { name: 'both', actor: 'ann' })
    const [before, after] = [await newestVersion(sample.id), await newestVersion(merged.id)]
    expect(after?.eventsSha256).toBe(before?.eventsSha256)
    await expect(mergeDatasets(['both', 'early'], 'refuse', { name: 'x', actor: 'ann' })).rejects.toThrow(expect.objectContaining({ code: 'audit-ids-collide' }))
    const again = await mergeDatasets(['both', 'early'], 'once', { name: 'again', actor: 'ann' })
    expect((await newestVersion(again.id))?.eventsSha256).toBe(before?.eventsSha256)
    const apart = await mergeDatasets(['both', 'early'], 'apart', { name: 'apart', actor: 'ann' })
    expect(apart.events).toBe(merged.events + (await requireDataset('early')).events)
    await expect(mergeDatasets(['both', 'both'], 'apart', { name: 'y', actor: 'ann' })).rejects.toThrow(expect.objectContaining({ code: 'bad-merge' }))
  })

  it('pseudonymise, keeping labels and no key', async () => {
    const made = await pseudonymiseDataset('sample', hmac('a key that nobody guesses'), { name: 'shared', actor: 'ann' })
    const [before, after] = [await standingLabels(sample.id), await standingLabels(made.id)]
    expect([...after].map(([auditID, { role, label }]) => [auditID, role, label])).toEqual([...before].map(([auditID, { role, label }]) => [auditID, role, label]))
    const [a, b] = [await getEvent(sample.id, 10), await getEvent(made.id, 10)]
    expect(b?.event.auditID).toBe(a?.event.auditID)
    const [kept] = await sql<{ text: string }>(`SELECT row_to_json(d)::text AS text FROM datasets d WHERE id = $1`, [made.id])
    expect(kept?.text).not.toMatch(/nobody guesses/)
    const users = sample.summary?.users.map(({ value }) => value).filter((user) => !user.startsWith('system:') && user !== 'kubernetes-admin') ?? []
    expect(users.length).toBeGreaterThan(0)
    for (const user of users) expect(made.summary?.users.map(({ value }) => value)).not.toContain(user)
  })
})

describe('labels from files', () => {
  it('are one act that can be undone, and tell what does not fit', async () => {
    const dataset = await small('labelled by file')
    const truth = '{"auditID":"r0","context":"c","role":"trigger","label":{"group":"","resource":"pods","subresource":"","verb":"create","namespaced":true,"single":true}}\n{"auditID":"zz","context":null,"role":"background","label":null}'
    const { labels } = await readLabels(memorySource(truth), 'truth.jsonl')
    expect(await importLabels(dataset.id, labels, { actor: 'ann', file: 'truth.jsonl' })).toMatchObject({ changed: 1, notInLog: 1 })
    expect([...(await standingLabels(dataset.id)).keys()]).toEqual(['r0'])
    await expect(importLabels(sample.id, labels, { actor: 'ann', file: 'truth.jsonl' })).rejects.toThrow(expect.objectContaining({ code: 'wrong-truth' }))
  })

  it('exported and imported again give a data set with the same hashes', async () => {
    const place = await placeOf('sample')
    for (const format of ['jsonl', 'k8ntext', 'parquet'] as const) {
      const pieces: Uint8Array<ArrayBuffer>[] = []
      for await (const piece of exportLabelled(format, await labelledEvents(place))) pieces.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece.slice())
      const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer())
      const log = async function* (): AsyncGenerator<Uint8Array> { yield bytes }
      const { dataset } = await importDataset(labelledLogBytes(log(), 'x'), { name: `back from ${format}`, truth: log(), truthName: 'x' })
      const [before, after] = [await newestVersion(sample.id), await newestVersion(dataset.id)]
      expect({ events: after?.eventsSha256, labels: after?.labelsSha256 }, format).toEqual({ events: before?.eventsSha256, labels: before?.labelsSha256 })
    }
  })
})

describe('cards', () => {
  it('keep what was said, answer what was before, and are Markdown with figures', async () => {
    const card = { ...EMPTY_CARD, source: 'A lab.', licence: 'CC-BY-4.0' }
    expect(await writeCard(sample.id, card)).toEqual(EMPTY_CARD)
    expect(await readCard(sample.id)).toEqual(card)
    const text = await exportCard('sample')
    expect(text).toContain('## Licence\n\nCC-BY-4.0\n')
    expect(text).toContain(`| Requests | ${sample.auditIDs} |`)
    expect(text).toContain((await newestVersion(sample.id))?.labelsSha256)
  })
})
