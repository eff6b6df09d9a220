import { createReadStream, readdirSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { gunzipNative } from '@/lib/audit/gunzip.node.ts'
import { executeRun } from '@/lib/experiments/execute-run'
import type { RunOutcome, TrainingLines } from '@/lib/experiments/execute-types'
import { runSpecSchema, type RunSpec } from '@/lib/experiments/run-spec'
import { importDataset } from '@/lib/store/import-dataset'
import { recordLabels } from '@/lib/store/labels'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { loadLabelledLog } from './load-labelled-log'
import { loadTrainingLines } from './load-training-lines'

let database: TestDatabase
let datasetId = ''
let auditID = ''
let told: string[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  const folder = path.join(process.cwd(), 'datasets', 'sample')
  const log = { unpack: gunzipNative, [Symbol.asyncIterator]: () => createReadStream(path.join(folder, 'audit.jsonl.gz'))[Symbol.asyncIterator]() as AsyncIterator<Uint8Array> }
  datasetId = (await importDataset(log, { name: 'tiny', truth: createReadStream(path.join(folder, 'truth.jsonl.gz')) })).dataset.id
})
afterAll(() => database.close())

const event = (auditID: string, verb: string) => JSON.stringify({
  kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID, stage: 'ResponseComplete', requestURI: '/api/v1/namespaces/n/pods', verb, user: { username: 'u' },
  objectRef: { resource: 'pods', namespace: 'n', name: 'p', apiVersion: 'v1' }, requestReceivedTimestamp: '2026-01-01T00:00:00.000000Z',
})
const files = () => readdirSync(path.join(database.home, 'encoded')).map((name) => path.join(database.home, 'encoded', name))
const load = (limit: number | null = 500) => loadTrainingLines(datasetId, limit, (text) => told.push(text))

function train(lines: TrainingLines, changes: Partial<RunSpec> = {}): Promise<RunOutcome> {
  const spec = runSpecSchema.parse({
    preset: 'k8ntext', protocol: 'blocked', seed: 2, lines: 500, window: 8, stride: 4, inferStride: 8, batch: 32, epochs: 1, learningRate: 0.004,
    earlyStoppingPatience: 5, reducePatience: 5, reduceFactor: 0.5, split: { test: 0.2, validation: 0.2 }, vote: 'weighted', maxSeconds: null, omitFeatures: [], ...changes,
  })
  return executeRun(spec, {
    threads: 1, version: 'test', loadLines: () => Promise.resolve(lines), loadLog: () => loadLabelledLog(datasetId), loadScored: () => Promise.reject(new Error('not asked for')),
    loadModel: () => Promise.reject(new Error('not asked for')), resume: null, signal: new AbortController().signal,
    onProgress: () => undefined, onEpoch: () => undefined, onCheckpoint: () => undefined,
  })
}

describe('the encoded lines of a data set', () => {
  it('are read once, and give the same weights as the events do', async () => {
    const first = await load()
    expect(files()).toHaveLength(1)
    const second = await load()
    expect(second).toEqual(first)
    expect(files()).toHaveLength(1)
    const [before, after] = [await train(first), await train(second)]
    expect(Buffer.from(after.model?.weights ?? []).equals(Buffer.from(before.model?.weights ?? [0]))).toBe(true)
    expect(after.metrics).toEqual(before.metrics)
    expect(told).toEqual([])
  })

  it('are another file for another limit, and made anew when theirs is cut', async () => {
    const first = await load()
    expect((await load(400)).table.lines).toBe(400)
    expect(files()).toHaveLength(2)
    for (const file of files()) truncateSync(file, 5000)
    expect(await load()).toEqual(first)
    expect(told.join()).toMatch(/cannot be used/)
  })

  it('are refused where nothing is labelled at all, not where the first ones are background', async () => {
    const { dataset } = await importDataset(memorySource([event('a', 'get'), event('b', 'create')].join('\n')), { name: 'bare' })
    await expect(loadTrainingLines(dataset.id, 1)).rejects.toMatchObject({ code: 'no-truth' })
    await recordLabels(dataset.id, [{ auditID: 'b', label: { group: '', resource: 'pods', verb: 'create', namespaced: true, single: true } }], { actor: 'test', source: 'person' })
    expect((await loadTrainingLines(dataset.id, 1)).table.lines).toBe(1)
  })

  it('are trained on with another engine than asked for where that is absent, and the run says so', async () => {
    const { environment } = await train(await load(), { engine: 'webgpu' })
    expect(environment.engineNotes?.join(' ')).toMatch(/webgpu was asked for/)
    const plain = await train(await load(), { engine: 'wasm' })
    expect(plain.environment).toMatchObject({ engine: expect.stringMatching(/^wasm/) as unknown, engineNotes: [expect.stringMatching(/wasm/)] })
  })

  it('follow the labels', async () => {
    const { rows: [event] } = await import('@/lib/store/events').then(({ listEvents }) => listEvents(datasetId, { limit: 1, role: 'consequence' }))
    auditID = event?.auditID ?? ''
    const before = await load(null)
    await recordLabels(datasetId, [{ auditID, label: { group: '', resource: 'bananas', verb: 'create', namespaced: true, single: true } }], { actor: 'test', source: 'person' })
    const after = await load(null)
    expect(after.table.labels.some((label) => label.resource === 'bananas')).toBe(true)
    expect(before.table.labels.some((label) => label.resource === 'bananas')).toBe(false)
  })
})
