import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runSpecSchema, type RunSpec } from '@/lib/experiments/run-spec'
import { correct } from '@/lib/store/contexts/testing'
import { findDataset } from '@/lib/store/datasets'
import { listEpochs } from '@/lib/store/epochs'
import { modelWeights } from '@/lib/store/models'
import { foundContexts, recordsOfContexts } from '@/lib/store/found-contexts'
import { getReconstruction } from '@/lib/store/reconstructions'
import { requireRun } from '@/lib/store/runs'
import type { Run } from '@/lib/store/run-types'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { closeQueue, cloneRun, launchReconstruction, launchRun, resumeRun, stopRun, workersSeen } from './queue'
import { launchShippedImport } from './shipped'
import { importSample } from './testing/import-sample'

// Real workers, real processes, real (small) trainings: what is tested is that no crash costs or doubles anything.

const LEASE_SECONDS = 2
const EPOCHS = 6

const spec: RunSpec = runSpecSchema.parse({
  preset: 'k8ntext', protocol: 'blocked', seed: 3, lines: 600, window: 8, stride: 2, inferStride: 8, batch: 32, epochs: EPOCHS, learningRate: 0.004,
  earlyStoppingPatience: 50, reducePatience: 50, reduceFactor: 0.5, split: { test: 0.2, validation: 0.2 }, vote: 'weighted', maxSeconds: null, omitFeatures: [],
})

let database: TestDatabase
let datasetId = ''
let workers: ChildProcess[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  datasetId = await importSample()
})

afterEach(async () => {
  const ended = workers.map((worker) => worker.exitCode !== null || worker.signalCode !== null ? Promise.resolve() : new Promise((resolve) => worker.once('exit', resolve)))
  for (const worker of workers) worker.kill('SIGTERM')
  await Promise.all(ended)
  workers = []
})

afterAll(async () => {
  await closeQueue()
  await database.close()
})

function startWorker(): ChildProcess {
  const env = { ...process.env, DATABASE_URL: database.address, AUDITWEAVE_LEASE_SECONDS: String(LEASE_SECONDS) }
  const worker = spawn(process.execPath, ['bin/auditweave.mjs', 'worker', '--threads', '1'], { env, stdio: 'ignore' })
  workers.push(worker)
  return worker
}

const launch = (changes: Partial<RunSpec> = {}) => {
  const params = { ...spec, ...changes }
  return launchRun(datasetId, { name: `test seed ${params.seed}`, preset: params.preset, protocol: params.protocol, seed: params.seed, axes: {}, params })
}

async function until(id: string, wanted: (run: Run) => boolean): Promise<Run> {
  for (const deadline = Date.now() + 300_000; ;) {
    const run = await requireRun(id)
    if (wanted(run)) return run
    if (run.state === 'failed' || Date.now() > deadline) throw new Error(`run is ${run.state} after ${run.epochs} epochs: ${run.error?.message}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const isDone = (run: Run) => run.state === 'done'

/** Processes that work at an attempt of a run. */
function processesOf(id: string): string[] {
  return spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout.split('\n').filter((line) => line.includes(`run-child ${id}`))
}

async function weightsOf(run: Run): Promise<string> {
  return Buffer.from(await modelWeights(run.models[0]?.id ?? '')).toString('base64')
}

async function lossesOf(id: string): Promise<[number, number][]> {
  return (await listEpochs(id)).map((row) => [row.epoch, row.loss])
}

describe('a worker killed in the middle of a run', () => {
  it('loses nothing: another goes on from the checkpoint and ends with the same weights', async () => {
    startWorker()
    startWorker()
    const id = await launch()
    const running = await until(id, (run) => run.hasCheckpoint && run.epochs >= 2)
    expect(running).toMatchObject({ state: 'running', attempt: 1 })
    const victim = workers.find((worker) => running.worker?.includes(`-${worker.pid}-`))
    victim?.kill('SIGKILL')
    const done = await until(id, isDone)
    expect(done.attempt).toBe(2)
    expect(done.metrics?.epochs).toBe(EPOCHS)
    // The last one says that it is done before it ends.
    await expect.poll(() => processesOf(id), { timeout: 20_000 }).toEqual([])

    const twin = await until(await cloneRun(id), isDone)
    expect(twin.attempt).toBe(1)
    expect(await lossesOf(id)).toEqual(await lossesOf(twin.id))
    expect(await weightsOf(done)).toBe(await weightsOf(twin))
  }, 600_000)
})

describe('a worker that shuts down in the middle of a run', () => {
  it('gives it back within seconds; the next one goes on from the checkpoint', async () => {
    const worker = startWorker()
    const id = await launch({ seed: 4 })
    await until(id, (run) => run.hasCheckpoint)
    const began = performance.now()
    worker.kill('SIGTERM')
    const queued = await until(id, (run) => run.state === 'queued')
    // Sooner than its lease would run out, so it was handed back.
    expect(performance.now() - began).toBeLessThan(14_000)
    expect(queued).toMatchObject({ hasCheckpoint: true, attempt: 1, worker: null })
    startWorker()
    const done = await until(id, isDone)
    expect([done.attempt, done.metrics?.epochs]).toEqual([2, EPOCHS])
    expect((await lossesOf(id)).map(([epoch]) => epoch)).toEqual([1, 2, 3, 4, 5, 6])
  }, 600_000)
})

describe('two workers on one database', () => {
  it('never take the same run', async () => {
    const ids = await Promise.all([11, 12, 13, 14].map((seed) => launch({ seed, epochs: 1 })))
    startWorker()
    startWorker()
    const runs = await Promise.all(ids.map((id) => until(id, isDone)))
    expect(runs.map((run) => [run.attempt, run.epochs, run.models.length])).toEqual(ids.map(() => [1, 1, 1]))
    expect((await workersSeen()).length).toBeGreaterThanOrEqual(2)
  }, 600_000)
})

describe('a person', () => {
  it('stops a run and resumes it: the weights are those of one that was never stopped', async () => {
    startWorker()
    const id = await launch({ seed: 5 })
    await until(id, (run) => run.hasCheckpoint)
    await stopRun(id)
    const stopped = await until(id, (run) => run.state === 'stopped')
    expect(stopped).toMatchObject({ hasCheckpoint: true, error: null, metrics: null })
    expect(stopped.epochs).toBeLessThan(EPOCHS)
    await resumeRun(id)
    const done = await until(id, isDone)
    const twin = await until(await cloneRun(id), isDone)
    expect(await weightsOf(done)).toBe(await weightsOf(twin))
  }, 600_000)

  it('is told why a run failed', async () => {
    startWorker()
    const id = await launch({ lines: 10, window: 500 })
    await expect(until(id, isDone)).rejects.toThrow(/run is failed/)
    expect((await requireRun(id)).error?.message).not.toMatch(/ended with exit code/)
  }, 600_000)

  it('imports a capture that ships, and has its contexts found', async () => {
    startWorker()
    const imported = await launchShippedImport('sample')
    await expect.poll(async () => (await findDataset(imported))?.state, { timeout: 60_000 }).toBe('ready')
    const id = await launchReconstruction({ datasetId: imported, method: 'linked' })
    await expect.poll(async () => (await getReconstruction(id))?.state, { timeout: 60_000 }).toBe('done')
    const contexts = await foundContexts(id)
    expect(contexts).toHaveLength((await getReconstruction(id))?.contexts ?? -1)
    const largest = contexts.toSorted((one, other) => other.events - one.events)[0]
    const records = await recordsOfContexts(id, [largest?.id ?? ''])
    expect(new Set(records.map((record) => record.auditID))).toEqual(new Set(largest?.members))
    expect(largest?.members).toHaveLength(largest?.events ?? -1)
    expect(records.filter(({ role }) => role === 'consequence').every(({ links }) => links.length > 0)).toBe(true)
    const scored = async (): Promise<unknown> => ((await getReconstruction(id))?.figures?.truth as { b3_f1?: unknown } | undefined)?.b3_f1
    const found = Number(await scored())
    await correct(id, { kind: 'background', requests: largest?.members.slice(1) ?? [] })
    await expect.poll(async () => (await getReconstruction(id))?.figures?.revision, { timeout: 60_000 }).toBe((await getReconstruction(id))?.revision)
    expect(Number(await scored())).toBeLessThan(found)
  }, 600_000)
})
