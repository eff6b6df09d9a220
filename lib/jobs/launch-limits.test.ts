import { spawn, type ChildProcess } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LaunchOptions } from '@/lib/experiments/launch-options'
import { runSpecSchema, type RunSpec } from '@/lib/experiments/run-spec'
import { requireExperiment } from '@/lib/store/experiments'
import { readRunAnswers } from '@/lib/store/run-answers'
import { listRuns, requireRun, type RunRow } from '@/lib/store/runs'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { closeQueue, launchExperiment, prioritise, resumeExperiment } from './queue'
import { importSample } from './testing/import-sample'

// A real worker and real (small) trainings: what a launch may cost, and what it gives up.

const EPOCHS = 5
const spec: RunSpec = runSpecSchema.parse({
  preset: 'k8ntext-small', protocol: 'blocked', seed: 3, lines: 500, window: 8, stride: 4, inferStride: 8, batch: 32, epochs: EPOCHS, learningRate: 0.004,
  earlyStoppingPatience: 50, reducePatience: 50, reduceFactor: 0.5, split: { test: 0.2, validation: 0.2 }, vote: 'weighted', maxSeconds: null, omitFeatures: [],
})

let database: TestDatabase
let datasetId = ''
let worker: ChildProcess | null = null
beforeAll(async () => {
  database = await openTestDatabase()
  datasetId = await importSample()
})
afterEach(async () => {
  const gone = new Promise((resolve) => worker?.once('exit', resolve))
  worker?.kill('SIGTERM')
  await gone
})
afterAll(async () => {
  await closeQueue()
  await database.close()
})

function startWorker(): void {
  const env = { ...process.env, DATABASE_URL: database.address, AUDITWEAVE_LEASE_SECONDS: '2' }
  worker = spawn(process.execPath, ['bin/auditweave.mjs', 'worker', '--threads', '1'], { env, stdio: 'ignore' })
}

async function launch(options: LaunchOptions, changes: readonly Partial<RunSpec>[]): Promise<string> {
  const runs = changes.map((change, n) => {
    const params = { ...spec, seed: n + 1, ...change }
    return { name: `${n}`, preset: params.preset, protocol: params.protocol, seed: params.seed, axes: {}, params }
  })
  return (await launchExperiment({ name: 'sweep', title: 'Sweep', spec: {}, scale: 'smoke', datasetId, runs, options })).experiment.id
}

async function ended(id: string): Promise<RunRow[]> {
  await expect.poll(async () => (await requireExperiment(id)).state, { timeout: 300_000, interval: 100 }).toMatch(/done|stopped|failed/)
  return (await listRuns({ experimentId: id, sort: 'number' })).rows
}

// All but one are the same, so that one cannot be better than the others by luck.
describe('a launch that gives up hopeless runs', () => {
  it('ends a training that learns nothing at its next epoch, scores it, and leaves the others alone', async () => {
    const id = await launch({ earlyStop: { graceEpochs: 1, leastRuns: 2 } }, [{}, {}, { learningRate: 1e-9 }, {}].map((change) => ({ seed: 1, ...change })))
    startWorker()
    const runs = await ended(id)
    expect(runs.map((run) => [run.state, run.endedEarly])).toEqual([['done', null], ['done', null], ['done', 'hopeless'], ['done', null]])
    const [first, , hopeless] = runs
    expect(first?.metrics?.epochs).toBe(EPOCHS)
    expect(hopeless?.metrics?.epochs).toBe(2)
    // It has all that a finished run has.
    expect((await requireRun(hopeless?.id ?? '')).models).toHaveLength(1)
    expect((await readRunAnswers(hopeless?.id ?? ''))?.auditIDs.length).toBeGreaterThan(0)
    expect((await requireExperiment(id)).runs.endedEarly).toBe(1)
  }, 700_000)
})

describe('a launch with a budget of time', () => {
  it('cuts the run at work short, stops the others, and goes on when it is raised', async () => {
    const id = await launch({ budget: { seconds: 0.5 } }, [{ epochs: 400 }, { epochs: 1 }])
    startWorker()
    const runs = await ended(id)
    expect(runs.map((run) => [run.state, run.endedEarly, run.error?.code ?? null])).toEqual([['done', 'budget-spent', null], ['stopped', null, 'budget-spent']])
    expect(runs[0]?.metrics?.epochs).toBeLessThan(400)
    await expect(resumeExperiment(id)).rejects.toMatchObject({ code: 'budget-spent', message: expect.stringMatching(/of 1 s of run time.*larger/) as unknown })
    expect(await resumeExperiment(id, { budget: { seconds: 10_000 } })).toBe(1)
    expect((await ended(id)).map((run) => run.state)).toEqual(['done', 'done'])
  }, 700_000)
})

describe('a launch of a higher priority', () => {
  it('is carried out before what was queued earlier', async () => {
    const [earlier, later] = [await launch({}, [{ epochs: 1 }, { epochs: 1 }]), await launch({}, [{ epochs: 1 }, { epochs: 1 }])]
    await prioritise(later, 5)
    startWorker()
    const finished = [...await ended(earlier), ...await ended(later)].toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1))
    expect(finished.map((run) => run.experimentId)).toEqual([later, later, earlier, earlier])
  }, 700_000)
})
