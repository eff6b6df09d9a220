import { spawn, type ChildProcess } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { getExperiment } from '@/lib/experiments/catalogue'
import { planLaunch, type PlanChoices } from '@/lib/experiments/launch'
import { trialAxes } from '@/lib/experiments/search/trial-run'
import { sql } from '@/lib/store/database'
import { listEpochs } from '@/lib/store/epochs'
import { stopExperiment } from '@/lib/store/experiments'
import { modelWeights } from '@/lib/store/models'
import { listRuns, requireRun, type RunRow } from '@/lib/store/runs'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { cloneRun, closeQueue, launchExperiment, resumeExperiment } from './queue'
import { growIdleLaunches, growLaunch } from './growth'
import { importSample } from './testing/import-sample'

// The tuner at its smallest: Hyperband of at most 3 epochs, so two brackets, 3 trials cut to 1 and 2 trained to the end.

let database: TestDatabase
let datasetId = ''
let workers: ChildProcess[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  datasetId = await importSample()
})

afterEach(async () => {
  const ended = workers.map((worker) => (worker.exitCode !== null || worker.signalCode !== null ? Promise.resolve() : new Promise((resolve) => worker.once('exit', resolve))))
  for (const worker of workers) worker.kill('SIGTERM')
  await Promise.all(ended)
  workers = []
  // What one test leaves queued is not for the next one's workers.
  await sql(`UPDATE runs SET state = 'stopped', finished_at = now() WHERE state = 'queued'`)
})

afterAll(async () => {
  await closeQueue()
  await database.close()
})

const launch = (choices: Partial<PlanChoices> = {}) => launchExperiment({ ...planLaunch(getExperiment('tuner'), { scale: 'smoke', methods: ['hyperband'], ...choices }), datasetId })
const runsOf = async (id: string): Promise<RunRow[]> => (await listRuns({ experimentId: id, sort: 'number' })).rows

/** "bracket/rung/trial" of each run, to count them by. */
const places = (runs: readonly RunRow[]): string[] => runs.map((run) => trialAxes(run.axes)).map((at) => `${at?.bracket}/${at?.rung}/${at?.trial}`)

/** Ends runs as a training would, without one. */
async function end(runs: readonly RunRow[], score: (trial: number) => number): Promise<void> {
  for (const run of runs) {
    const trial = trialAxes(run.axes)?.trial ?? -1
    await sql(`UPDATE runs SET state = 'done', finished_at = now(), metrics = $2 WHERE id = $1`, [run.id, JSON.stringify({ validationAccuracy: score(trial) })])
    await sql(`INSERT INTO run_checkpoints (run_id, attempt, epoch, bytes) VALUES ($1, 1, 1, $2) ON CONFLICT DO NOTHING`, [run.id, Buffer.from([trial])])
  }
}

const checkpoints = async (ids: readonly string[]): Promise<(number | undefined)[]> =>
  (await sql<{ bytes: Buffer }>('SELECT c.bytes FROM run_checkpoints c JOIN runs r ON r.id = c.run_id WHERE c.run_id = ANY($1) ORDER BY r.number', [ids])).map((row) => row.bytes[0])

class Sent {
  readonly ids: string[] = []
  readonly send = async (_kind: string, payload: object): Promise<void> => { this.ids.push((payload as { id: string }).id) }
}

describe('a search in the database', () => {
  it('adds a rung once, however many ask, and hands the survivor its checkpoint', async () => {
    const { experiment } = await launch()
    const first = await runsOf(experiment.id)
    expect(places(first)).toEqual(['0/0/0', '0/0/1', '0/0/2', '1/0/3', '1/0/4'])
    await end(first.slice(0, 2), (trial) => trial)
    const sent = new Sent()
    expect(await growLaunch(experiment.id, sent)).toBe(0)
    await end(first.slice(2, 3), () => 0.5)
    const added = await Promise.all(Array.from({ length: 8 }, () => growLaunch(experiment.id, sent)))
    expect(added.reduce((sum, n) => sum + n, 0)).toBe(1)
    const [survivor] = (await runsOf(experiment.id)).slice(5)
    expect(sent.ids).toEqual([survivor?.id])
    expect(places(survivor ? [survivor] : [])).toEqual(['0/1/1'])
    expect(await checkpoints([survivor?.id ?? ''])).toEqual([1])
    expect(await checkpoints(first.map((run) => run.id)), 'nobody goes on from the others').toEqual([])
    expect((await requireRun(survivor?.id ?? '')).params).toMatchObject({ epochs: 3, network: { loss: 'crossEntropy' } })
  })

  it('goes on by housekeeping where the worker died that ended the last run, and looks at a finished search once', async () => {
    const { experiment } = await launch()
    await end(await runsOf(experiment.id), (trial) => trial)
    const sent = new Sent()
    await growIdleLaunches(sent)
    await growIdleLaunches(sent)
    expect(sent.ids).toHaveLength(1)
    await end((await runsOf(experiment.id)).filter((run) => run.state === 'queued'), () => 1)
    await growIdleLaunches(sent)
    expect(sent.ids).toHaveLength(1)
    expect(await checkpoints((await runsOf(experiment.id)).map((run) => run.id))).toEqual([])
  })

  it('does not grow while it is stopped, and does when resumed', async () => {
    const { experiment } = await launch()
    const runs = await runsOf(experiment.id)
    await end(runs.slice(0, 3), (trial) => trial)
    await stopExperiment(experiment.id)
    expect(await growLaunch(experiment.id, new Sent())).toBe(0)
    expect(await resumeExperiment(experiment.id)).toBe(3)
    expect(places((await runsOf(experiment.id)).filter((run) => run.state === 'queued'))).toEqual(['1/0/3', '1/0/4', '0/1/2'])
  })
})

function startWorker(): ChildProcess {
  const env = { ...process.env, DATABASE_URL: database.address, AUDITWEAVE_LEASE_SECONDS: '2' }
  const worker = spawn(process.execPath, ['bin/auditweave.mjs', 'worker', '--threads', '1'], { env, stdio: 'ignore' })
  workers.push(worker)
  return worker
}

async function until(id: string, wanted: (runs: readonly RunRow[]) => boolean): Promise<RunRow[]> {
  for (const deadline = Date.now() + 300_000; ;) {
    const runs = await runsOf(id)
    if (wanted(runs)) return runs
    const failed = runs.find((run) => run.state === 'failed')
    if (failed || Date.now() > deadline) throw new Error(`${runs.map((run) => run.state).join()}: ${failed?.error?.message}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const weightsOf = async (id: string): Promise<string> => Buffer.from(await modelWeights((await requireRun(id)).models[0]?.id ?? '')).toString('base64')

describe('a search carried out', () => {
  it('survives the death of its worker: no trial twice, and survivors end as if trained in one go', async () => {
    const { experiment } = await launch()
    const worker = startWorker()
    await until(experiment.id, (runs) => runs.some((run) => run.state === 'running' && run.epochs >= 2))
    worker.kill('SIGKILL')
    startWorker()
    const runs = await until(experiment.id, (all) => all.length === 6 && all.every((run) => run.state === 'done'))
    expect(places(runs).slice(0, 5)).toEqual(['0/0/0', '0/0/1', '0/0/2', '1/0/3', '1/0/4'])
    const survivor = runs[5]
    const scores = runs.slice(0, 3).map((run) => run.metrics?.validationAccuracy ?? 0)
    expect(places(survivor ? [survivor] : [])).toEqual([`0/1/${scores.indexOf(Math.max(...scores))}`])
    expect((await listEpochs(survivor?.id ?? '')).map((row) => row.epoch)).toEqual([1, 2, 3])
    // A copy outside the launch has no checkpoint to go on from, so it trains all three epochs itself.
    const twin = await cloneRun(survivor?.id ?? '')
    await expect.poll(async () => (await requireRun(twin)).state, { timeout: 90_000, interval: 200 }).toBe('done')
    expect(await weightsOf(twin)).toBe(await weightsOf(survivor?.id ?? ''))
  }, 400_000)
})
