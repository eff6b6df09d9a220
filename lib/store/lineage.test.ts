import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { inTransaction, sql } from './database'
import { createExperiment } from './experiments'
import { importDataset } from './import-dataset'
import { lineageOf, type Lineage } from './lineage'
import { insertModel } from './models'
import { createNotebook, saveResult } from './notebooks'
import { createReconstruction } from './reconstructions'
import { copyRun } from './run-transitions'
import { openTestDatabase, type TestDatabase } from './testing'

const event = JSON.stringify({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: 'a', stage: 'ResponseComplete', requestURI: '/api/v1/pods', verb: 'list', user: { username: 'u' }, requestReceivedTimestamp: '2026-01-01T00:00:00.000000Z' })
const run = (seed: number) => ({ name: `net seed ${seed}`, preset: 'net', protocol: 'blocked', seed, axes: {}, params: { seed } })

let database: TestDatabase
let [dataset, launch, first, second, model, reconstruction, notebook] = ['', '', '', '', '', '', '']

beforeAll(async () => {
  database = await openTestDatabase()
  dataset = (await importDataset(memorySource(event), { name: 'tiny' })).dataset.id
  const made = await createExperiment({ name: 'sweep', title: 'Sweep', spec: {}, scale: 'smoke', datasetId: dataset, runs: [run(1), run(2)] })
  launch = made.experiment.id
  ;[first = '', second = ''] = made.runIds
  await sql('UPDATE runs SET dataset_version = 1 WHERE id = $1', [first])
  model = await inTransaction((client) => insertModel(client, { name: 'm', manifest: '{"data":{"sha256":"abcdef0123456789"}}', weights: new Uint8Array([1]), runId: first }))
  reconstruction = await createReconstruction({ datasetId: dataset, method: 'linked', modelId: model, modelName: 'm' })
  notebook = (await createNotebook({ title: 'The argument', document: { cells: [{ kind: 'comparison', id: 'c1', text: '', runs: '1', measures: 'lineAccuracy' }], heading: true } })).id
  await saveResult(notebook, 'c1', {
    output: { kind: 'comparison', runs: [{ id: first, number: 1, label: 'one', protocol: 'blocked' }], more: 0, rows: [], lines: [] }, error: null, ranAt: '2026-01-01T00:00:00Z', seconds: 1,
    made: { content: 'x', dataset: null, model: null, runs: null, from: {} },
  })
})
afterAll(() => database.close())

const keys = (lineage: Lineage | null): string[] => (lineage?.nodes ?? []).map((node) => `${node.kind}/${node.id}`)

describe('lineage', () => {
  it('of a model leads to its data, launch, run and what uses it', async () => {
    const lineage = await lineageOf('model', model)
    expect(keys(lineage)).toEqual([`dataset/${dataset}`, `experiment/${launch}`, `run/${first}`, `model/${model}`, `reconstruction/${reconstruction}`, `report/${launch}`, `notebook/${notebook}`])
    expect(lineage?.edges).toEqual([
      { from: `dataset/${dataset}`, to: `experiment/${launch}` }, { from: `experiment/${launch}`, to: `run/${first}` }, { from: `run/${first}`, to: `model/${model}` },
      { from: `model/${model}`, to: `reconstruction/${reconstruction}` }, { from: `dataset/${dataset}`, to: `reconstruction/${reconstruction}` }, { from: `experiment/${launch}`, to: `report/${launch}` }, { from: `run/${first}`, to: `notebook/${notebook}` },
    ])
  })

  it('tells version, hash and time of each', async () => {
    const nodes = (await lineageOf('run', first))?.nodes ?? []
    const node = (kind: string) => nodes.find((one) => one.kind === kind)
    expect(node('dataset')).toMatchObject({ title: 'tiny', version: 'version 1', hash: expect.stringMatching(/^[0-9a-f]{64}$/), note: '1 events' })
    expect(node('run')).toMatchObject({ note: 'blocked, seed 1, data version 1, queued' })
    expect(node('model')).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), note: 'draft, data abcdef012345' })
    expect(node('notebook')).toMatchObject({ title: 'The argument', version: 'revision 1' })
    expect(nodes.every((one) => !Number.isNaN(Date.parse(one.at)))).toBe(true)
  })

  it('of a run leaves its siblings out, but not what it was cloned from', async () => {
    const copy = await copyRun(first)
    const lineage = await lineageOf('run', copy)
    expect(keys(lineage)).toContain(`run/${first}`)
    expect(keys(lineage)).not.toContain(`run/${second}`)
    expect(lineage?.edges).toContainEqual({ from: `run/${first}`, to: `run/${copy}` })
    expect(lineage?.edges).toContainEqual({ from: `dataset/${dataset}`, to: `run/${copy}` })
  })

  it('begins anywhere', async () => {
    expect(keys(await lineageOf('dataset', dataset))).toEqual(expect.arrayContaining([`run/${second}`, `model/${model}`, `notebook/${notebook}`]))
    expect(keys(await lineageOf('experiment', launch))).toEqual(expect.arrayContaining([`run/${second}`, `reconstruction/${reconstruction}`]))
    expect(keys(await lineageOf('reconstruction', reconstruction))).toEqual(expect.arrayContaining([`model/${model}`, `run/${first}`, `dataset/${dataset}`]))
    expect(keys(await lineageOf('notebook', notebook))).toEqual(expect.arrayContaining([`notebook/${notebook}`, `run/${first}`, `experiment/${launch}`, `dataset/${dataset}`]))
  })

  it('of what is not there is nothing', async () => {
    for (const kind of ['dataset', 'experiment', 'run', 'model', 'reconstruction', 'notebook'] as const) expect(await lineageOf(kind, 'none')).toBeNull()
  })

  it('of a data set with many runs says how many were left out', async () => {
    await sql(`INSERT INTO runs (id, name, dataset_id, preset, protocol, seed, params) SELECT 'many-' || n, 'n', $1, 'net', 'blocked', n, '{}' FROM generate_series(1, 70) n`, [dataset])
    const lineage = await lineageOf('dataset', dataset)
    expect(lineage?.more).toEqual({ run: 13 })
  })
})
