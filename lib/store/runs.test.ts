import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { sql } from './database'
import { deleteDataset } from './datasets'
import { listEpochs } from './epochs'
import { createExperiment, deleteExperiment, getExperiment, stopExperiment } from './experiments'
import { importDataset } from './import-dataset'
import { claim, endUnfinished, handBack, renew, requeueExpired, writeProgress } from './lease'
import { copyRun, requeueRun, stopRun } from './run-transitions'
import type { EpochRow, NewRun } from './run-types'
import { startFromCheckpoint, writeCheckpoint, writeEpoch } from './run-writes'
import { deleteRuns, getRun, listRuns, requireRun, runningCounts } from './runs'
import { openTestDatabase, type TestDatabase } from './testing'

const event = JSON.stringify({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: 'a', stage: 'ResponseComplete', requestURI: '/api/v1/pods', verb: 'list', user: { username: 'u' }, requestReceivedTimestamp: '2026-01-01T00:00:00.000000Z' })
const epoch = (n: number, loss = 1 / n): EpochRow => ({ epoch: n, steps: 4, best: true, loss, accuracy: 0.5, validationLoss: loss, validationAccuracy: 0.5, learningRate: 0.004, seconds: 1 })
const newRun = (window: number): NewRun => ({ name: `net W=${window} seed 1`, preset: 'net', protocol: 'blocked', seed: 1, axes: { window }, params: { window, seed: 1 } })

let database: TestDatabase
let datasetId = ''
beforeAll(async () => {
  database = await openTestDatabase()
  datasetId = (await importDataset(memorySource(event), { name: 'tiny' })).dataset.id
})
afterAll(() => database.close())

async function launch(...windows: number[]): Promise<{ id: string; runIds: string[] }> {
  const { experiment, runIds } = await createExperiment({ name: 'sweep', title: 'Sweep', spec: {}, scale: 'smoke', datasetId, runs: windows.map(newRun) })
  return { id: experiment.id, runIds }
}

async function oneRun(): Promise<string> {
  const { runIds } = await launch(10)
  return runIds[0] ?? ''
}

const LEASE = 15
async function expire(id: string): Promise<void> {
  await sql(`UPDATE runs SET lease_until = now() - interval '1 s' WHERE id = $1`, [id])
}

describe('taking a run', () => {
  it('succeeds for one of many at once', async () => {
    const id = await oneRun()
    const holds = await Promise.all(Array.from({ length: 8 }, (_, i) => claim('runs', id, `worker-${i}`, LEASE, null)))
    expect(holds.filter((hold) => hold !== null)).toEqual([{ id, attempt: 1 }])
    expect(await getRun(id)).toMatchObject({ state: 'running', attempt: 1 })
  })

  it('shuts out an earlier holder: nothing it writes counts', async () => {
    const id = await oneRun()
    const old = await claim('runs', id, 'old', LEASE, null)
    if (old === null) throw new Error('not claimed')
    await writeEpoch(old, epoch(1))
    await expire(id)
    expect(await requeueExpired('runs')).toEqual([{ id, jobId: null, queued: true, priority: 0 }])
    const now = await claim('runs', id, 'new', LEASE, null)
    expect(now).toEqual({ id, attempt: 2 })
    await expect(writeEpoch(old, epoch(2))).rejects.toMatchObject({ code: 'lease-lost' })
    await expect(writeCheckpoint(old, { epoch: 2, bytes: new Uint8Array([1]) })).rejects.toMatchObject({ code: 'lease-lost' })
    await writeProgress('runs', old, { phase: 'train' })
    expect(await renew('runs', old, LEASE)).toBe('lost')
    expect(await endUnfinished('runs', old, { state: 'failed', error: { code: 'x', message: 'x' } })).toBe(false)
    expect(await getRun(id)).toMatchObject({ state: 'running', worker: 'new', progress: null, epochs: 1 })
  })

  it('goes on from the checkpoint and forgets later epochs', async () => {
    const id = await oneRun()
    const first = await claim('runs', id, 'a', LEASE, null)
    if (first === null) throw new Error('not claimed')
    expect(await startFromCheckpoint(first)).toBeNull()
    for (const n of [1, 2, 3]) await writeEpoch(first, epoch(n))
    await writeCheckpoint(first, { epoch: 1, bytes: new Uint8Array([1]) })
    await writeCheckpoint(first, { epoch: 2, bytes: new Uint8Array([0, 255, 7]) })
    expect(await handBack('runs', first)).toBe(true)
    const second = await claim('runs', id, 'b', LEASE, null)
    if (second === null) throw new Error('not claimed')
    expect(await startFromCheckpoint(second)).toEqual({ epoch: 2, bytes: new Uint8Array([0, 255, 7]) })
    expect((await listEpochs(id)).map((row) => row.epoch)).toEqual([1, 2])
    await writeEpoch(second, epoch(2, 0.25))
    expect((await listEpochs(id, { afterEpoch: 1 })).map((row) => row.loss)).toEqual([0.25])
  })

  it('gives up a run that three workers died over', async () => {
    const id = await oneRun()
    for (let i = 0; i < 3; i++) {
      expect(await claim('runs', id, `worker-${i}`, LEASE, null)).not.toBeNull()
      await expire(id)
      expect(await requeueExpired('runs')).toEqual([{ id, jobId: null, queued: i < 2, priority: 0 }])
    }
    expect(await getRun(id)).toMatchObject({ state: 'failed', error: { code: 'worker-lost' } })
  })
})

describe('the states of a run', () => {
  it('queued stops at once; stopped is queued again with or without its checkpoint', async () => {
    const id = await oneRun()
    await stopRun(id)
    expect((await requireRun(id)).state).toBe('stopped')
    await expect(stopRun(id)).rejects.toMatchObject({ code: 'wrong-state' })
    await requeueRun(id, { fresh: false })
    expect(await claim('runs', id, 'w', LEASE, null)).not.toBeNull()
  })

  it('running hears of a stop, keeps its checkpoint, and restarts from nothing when asked', async () => {
    const id = await oneRun()
    const hold = await claim('runs', id, 'w', LEASE, null)
    if (hold === null) throw new Error('not claimed')
    await writeEpoch(hold, epoch(1))
    await writeCheckpoint(hold, { epoch: 1, bytes: new Uint8Array([9]) })
    await stopRun(id)
    expect((await requireRun(id)).state).toBe('running')
    expect(await renew('runs', hold, LEASE)).toBe('cancelled')
    expect(await endUnfinished('runs', hold, { state: 'stopped' })).toBe(true)
    expect(await requireRun(id)).toMatchObject({ state: 'stopped', hasCheckpoint: true, epochs: 1, cancelRequested: false })
    await expect(deleteRuns([id])).resolves.toBe(1)
  })

  it('done is final', async () => {
    const id = await oneRun()
    await sql(`UPDATE runs SET state = 'done', finished_at = now() WHERE id = $1`, [id])
    await expect(requeueRun(id, { fresh: true })).rejects.toMatchObject({ code: 'wrong-state', message: expect.stringContaining('Clone it') })
    const copy = await requireRun(await copyRun(id, { seed: 7 }))
    expect(copy).toMatchObject({ state: 'queued', seed: 7, name: 'net W=10 seed 7', params: { window: 10, seed: 7 }, clonedFromId: id, experimentId: null })
  })

  it('make up the state of their launch', async () => {
    const { id, runIds } = await launch(5, 10)
    expect((await getExperiment(id))?.state).toBe('queued')
    await claim('runs', runIds[0] ?? '', 'w', LEASE, null)
    expect(await getExperiment(id)).toMatchObject({ state: 'running', runs: { queued: 1, running: 1, total: 2 }, finishedAt: null })
    await expect(deleteExperiment(id)).rejects.toMatchObject({ code: 'wrong-state' })
    await stopExperiment(id)
    expect((await getExperiment(id))?.runs).toMatchObject({ running: 1, stopped: 1 })
    await expect(deleteRuns(runIds)).rejects.toMatchObject({ code: 'wrong-state' })
    await expect(deleteDataset(datasetId)).rejects.toMatchObject({ code: 'dataset-in-use' })
  })
})

describe('the table of runs', () => {
  it('filters and sorts by columns and by paths into metrics and axes, missing values last', async () => {
    const { id, runIds } = await launch(5, 40, 10)
    for (const [i, run] of runIds.entries()) if (i < 2) await sql('UPDATE runs SET metrics = $2 WHERE id = $1', [run, JSON.stringify({ lineMacroF1: i === 0 ? 0.9 : 0.95 })])
    const order = async (sort: string, descending: boolean) => (await listRuns({ experimentId: id, sort, descending })).rows.map((row) => row.axes.window)
    expect(await order('axes.window', false)).toEqual([5, 10, 40])
    expect(await order('metrics.lineMacroF1', true)).toEqual([40, 5, 10])
    expect(await order('metrics.lineMacroF1', false)).toEqual([5, 40, 10])
    expect((await listRuns({ experimentId: id, q: 'w=40' })).total).toBe(1)
    expect((await listRuns({ experimentId: id, state: ['running', 'done'] })).total).toBe(0)
    await expect(order('number; DROP TABLE runs', false)).rejects.toMatchObject({ code: 'bad-sort' })
    await expect(order('constructor', false)).rejects.toMatchObject({ code: 'bad-sort' })
    expect(await order(`axes.x'y`, false)).toHaveLength(3)
  })

  it('reads 10,000 slim rows at once', async () => {
    await sql(
      `INSERT INTO runs (id, name, dataset_id, preset, protocol, seed, axes, params, state, finished_at, metrics, timings)
       SELECT 'many-' || n, 'run ' || n, $1, 'net', 'paper', n, '{"window": 60}', '{}', 'done', now(), '{"lineMacroF1": 0.5, "windowMacroF1": 0.6}', '{"trainSeconds": 12.5}' FROM generate_series(1, 10000) n`,
      [datasetId],
    )
    const { rows, total } = await listRuns({ limit: 20_000, protocol: 'paper' })
    expect([rows.length, total]).toEqual([10_000, 10_000])
    expect((await runningCounts()).done).toBeGreaterThanOrEqual(10_000)
  })
})
