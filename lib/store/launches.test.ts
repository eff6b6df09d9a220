import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import type { RunOutcome } from '@/lib/experiments/execute-types'
import type { LaunchOptions } from '@/lib/experiments/launch-options'
import { spendingOf, timeIsSpent } from './budget'
import { sql } from './database'
import { createBatch, createExperiment, getExperiment, requireBatch, requireExperiment, setLaunchBudget, setLaunchNote, setLaunchPriority, tellBatch, untoldBatch, type NewExperiment } from './experiments'
import { growExperiment } from './grow-experiment'
import { importDataset } from './import-dataset'
import { claim, handBack, requeueExpired, type Hold } from './lease'
import { earlyStopOf, peerEpochs } from './peer-epochs'
import { readRunAnswers } from './run-answers'
import { listRunRecords, reportSource } from './run-records'
import { requeueStopped } from './run-transitions'
import type { EpochRow, NewRun } from './run-types'
import { finishRun, startFromCheckpoint, writeCheckpoint, writeEpoch } from './run-writes'
import { listRuns, requireRun } from './runs'
import { openTestDatabase, type TestDatabase } from './testing'

const event = JSON.stringify({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: 'a', stage: 'ResponseComplete', requestURI: '/api/v1/pods', verb: 'list', user: { username: 'u' }, requestReceivedTimestamp: '2026-01-01T00:00:00.000000Z' })
const LEASE = 15

let database: TestDatabase
let datasetId = ''
beforeAll(async () => {
  database = await openTestDatabase()
  datasetId = (await importDataset(memorySource(event), { name: 'tiny' })).dataset.id
})
afterAll(() => database.close())

const training = (seed: number, window = 10): NewRun => ({ name: `net W=${window} seed ${seed}`, preset: 'net', protocol: 'blocked', seed, axes: { window }, params: { window, seed } })
const plan = (options: LaunchOptions, runs: readonly NewRun[] = [training(1), training(2), training(3)], name = 'sweep'): NewExperiment => ({ name, title: 'Sweep', spec: {}, scale: 'smoke', datasetId, runs, options })
const launch = async (options: LaunchOptions, runs?: readonly NewRun[]) => {
  const { experiment, runIds } = await createExperiment(plan(options, runs))
  return { id: experiment.id, runIds }
}
const states = async (id: string): Promise<string[]> => (await listRuns({ experimentId: id, sort: 'number' })).rows.map((run) => run.state)
const hold = async (id: string | undefined): Promise<Hold> => {
  const held = await claim('runs', id ?? '', 'w', LEASE, null)
  if (held === null) throw new Error('not claimed')
  return held
}

const environment = { engine: 'wasm', threads: 1, cpu: 'c', cores: 1, memoryBytes: 1, platform: 'p', node: 'n', loadAverage: 0, hostname: 'h', version: '1' }
const timings = { loadSeconds: 0, preprocessSeconds: 0, trainSeconds: 0, inferSeconds: 0, inferMillisPerLine: 0, totalSeconds: 2, cpuSeconds: 0, peakMemoryBytes: 0 }
const measured: RunOutcome = { metrics: null, timings, perClass: null, confusion: null, environment, model: null, answers: null, points: [{ axes: { method: 'links' }, measures: { exact: 0.5 } }], endedEarly: null }
const epoch = (n: number, validationAccuracy: number): EpochRow => ({ epoch: n, steps: 4, best: true, loss: 1, accuracy: 0.5, validationLoss: 1, validationAccuracy, learningRate: 0.004, seconds: 1 })

describe('a run that measures', () => {
  it('ends with points and without figures or a model, and is read back by reports', async () => {
    const { id, runIds } = await launch({}, [{ kind: 'measure', name: 'storage', preset: 'storage', protocol: 'whole', seed: 1, axes: { lines: 5 }, params: { kind: 'measure' } }, training(1)])
    const held = await hold(runIds[0])
    await startFromCheckpoint(held)
    await finishRun(held, measured)
    expect(await requireRun(held.id)).toMatchObject({ kind: 'measure', state: 'done', metrics: null, perClass: null, models: [], points: measured.points, endedEarly: null, datasetVersion: 1 })
    const [record, ...others] = await listRunRecords(id)
    expect(others, 'only those that are done').toEqual([])
    expect(record).toMatchObject({ kind: 'measure', axes: { lines: 5, preset: 'storage', protocol: 'whole', seed: 1 }, metrics: null, points: measured.points, engine: 'wasm', timings })
    expect((await listRuns({ experimentId: id, kind: 'measure' })).total).toBe(1)
    expect(await reportSource(await requireExperiment(id))).toMatchObject({ launch: id, scale: 'smoke', dataset: { name: 'tiny', version: 1 } })
  })

  it('keeps the answers of its holder, not those of one that lost it', async () => {
    const { runIds } = await launch({})
    const old = await hold(runIds[0])
    const answers = { auditIDs: ['a'], labels: ['x'], want: Int32Array.of(0), got: Int32Array.of(0), confidence: Float32Array.of(1) }
    await handBack('runs', old)
    const now = await hold(runIds[0])
    await expect(finishRun(old, { ...measured, answers })).rejects.toMatchObject({ code: 'lease-lost' })
    expect(await readRunAnswers(old.id)).toBeNull()
    await finishRun(now, { ...measured, answers, endedEarly: 'hopeless' })
    expect(await readRunAnswers(now.id)).toEqual(answers)
    expect((await requireRun(now.id)).endedEarly).toBe('hopeless')
  })

  it('notes the version of the data that it began with, a fresh start the newer one', async () => {
    const { runIds } = await launch({})
    const first = await hold(runIds[0])
    await startFromCheckpoint(first)
    await writeCheckpoint(first, { epoch: 1, bytes: new Uint8Array([1]) })
    await sql('UPDATE datasets SET version = version + 1 WHERE id = $1', [datasetId])
    await handBack('runs', first)
    await startFromCheckpoint(await hold(runIds[0]))
    await startFromCheckpoint(await hold(runIds[1]))
    expect([(await requireRun(first.id)).datasetVersion, (await requireRun(runIds[1] ?? '')).datasetVersion]).toEqual([1, 2])
  })
})

describe('a budget', () => {
  it('of runs lets so many begin, however many ask at once, and the others say why they do not', async () => {
    const { id, runIds } = await launch({ budget: { runs: 2 } }, [1, 2, 3, 4, 5].map((seed) => training(seed)))
    const held = (await Promise.all(runIds.map((run, n) => claim('runs', run, `w${n}`, LEASE, null)))).filter((one) => one !== null)
    expect(held).toHaveLength(2)
    expect((await states(id)).sort()).toEqual(['running', 'running', 'stopped', 'stopped', 'stopped'])
    const refused = (await listRuns({ experimentId: id, state: ['stopped'] })).rows[0]
    expect(refused?.error).toEqual({ code: 'budget-spent', message: expect.stringContaining('2 of 2 runs') })
    // One that began may go on.
    for (const one of held) await handBack('runs', one)
    expect(await claim('runs', held[0]?.id ?? '', 'w', LEASE, null)).toMatchObject({ attempt: 2 })
  })

  it('of time counts every attempt, also one whose worker died, and goes on when it is raised', async () => {
    const { id, runIds } = await launch({ budget: { seconds: 30 } })
    const first = await hold(runIds[0])
    await sql(`UPDATE runs SET claimed_at = now() - interval '40 s', lease_until = now() - interval '25 s' WHERE id = $1`, [first.id])
    await requeueExpired('runs')
    expect((await spendingOf(id)).seconds).toBeCloseTo(15, 0)
    const second = await hold(runIds[0])
    expect(await timeIsSpent(second.id)).toBe(false)
    await sql(`UPDATE runs SET claimed_at = now() - interval '20 s' WHERE id = $1`, [second.id])
    expect(await timeIsSpent(second.id)).toBe(true)
    await finishRun(second, { ...measured, endedEarly: 'budget-spent' })
    expect(await claim('runs', runIds[1] ?? '', 'w', LEASE, null)).toBeNull()
    expect(await states(id)).toEqual(['done', 'stopped', 'stopped'])
    expect(await getExperiment(id)).toMatchObject({ state: 'stopped', runs: { done: 1, stopped: 2, endedEarly: 1 } })
    await setLaunchBudget(id, { seconds: 60 })
    await requeueStopped(id)
    expect(await claim('runs', runIds[1] ?? '', 'w', LEASE, null)).not.toBeNull()
  })

  it('is shared by the launches of a batch, and nobody else\'s', async () => {
    const { launched: [a, b] } = await createBatch([plan({ budget: { runs: 1 } }), plan({ budget: { runs: 1 } })])
    const alone = await launch({ budget: { runs: 1 } })
    await hold(a?.runIds[0])
    expect(await claim('runs', b?.runIds[0] ?? '', 'w', LEASE, null)).toBeNull()
    expect(await states(b?.experiment.id ?? '')).toEqual(['stopped', 'stopped', 'stopped'])
    await hold(alone.runIds[0])
  })
})

describe('a launch', () => {
  it('is given another priority with its queued runs, those it grows later, and none that are done', async () => {
    const { id, runIds } = await launch({ priority: 1 }, [training(1), { ...training(2), priority: 3 }, training(3)])
    const priorities = async () => (await sql<{ priority: number }>('SELECT priority FROM runs WHERE experiment_id = $1 ORDER BY number', [id])).map((run) => run.priority)
    expect(await priorities()).toEqual([1, 4, 1])
    await finishRun(await hold(runIds[2]), measured)
    expect(await setLaunchPriority(id, 10)).toEqual([{ id: runIds[0], priority: 10 }, { id: runIds[1], priority: 13 }])
    const grown = await growExperiment(id, () => ({ add: [{ ...training(4), priority: 2, from: null }], spent: [] }))
    expect(grown.map((run) => run.priority)).toEqual([12])
    expect(await priorities()).toEqual([10, 13, 1, 12])
    await expect(setLaunchPriority('nothing', 1)).rejects.toMatchObject({ code: 'unknown-experiment' })
  })

  it('keeps a note', async () => {
    const { id } = await launch({})
    await setLaunchNote(id, 'colder room')
    expect((await requireExperiment(id)).note).toBe('colder room')
  })

  it('of a batch is found by the command that made it, until that has told its end', async () => {
    const command = { version: '1', digest: 'd', told: false }
    const { batch, launched } = await createBatch([plan({ command }, undefined, 'one'), plan({ command }, undefined, 'two')])
    expect((await requireBatch(batch)).map((one) => one.name)).toEqual(['one', 'two'])
    expect(launched.map(({ experiment }) => experiment.batch)).toEqual([batch, batch])
    expect(await untoldBatch({ version: '1', digest: 'd' })).toBe(batch)
    expect(await untoldBatch({ version: '2', digest: 'd' })).toBeNull()
    await tellBatch(batch)
    expect(await untoldBatch({ version: '1', digest: 'd' })).toBeNull()
  })

  it('is stored whole or not at all with the others of its batch', async () => {
    const before = (await sql('SELECT FROM experiments')).length
    await expect(createBatch([plan({}), { ...plan({}), datasetId: 'missing' }])).rejects.toThrow()
    expect(await sql('SELECT FROM experiments')).toHaveLength(before)
  })
})

describe('the peers of a run', () => {
  it('are finished runs of its launch, window, protocol and preset that were trained to their end', async () => {
    const runs = [training(1), training(2), training(3, 20), { ...training(4), protocol: 'paper' }, training(5), training(6)]
    const { runIds } = await launch({ earlyStop: { graceEpochs: 1, leastRuns: 1 } }, runs)
    for (const [n, endedEarly] of [null, 'hopeless', null, null].entries()) {
      const held = await hold(runIds[n])
      for (const at of [1, 2]) await writeEpoch(held, epoch(at, n / 10 + at / 100))
      await finishRun(held, { ...measured, endedEarly: endedEarly as 'hopeless' | null })
    }
    await writeEpoch(await hold(runIds[4]), epoch(1, 0.9))
    const own = await hold(runIds[5])
    await writeEpoch(own, epoch(1, 0.3))
    expect(await peerEpochs(own.id)).toEqual({ own: [0.3], others: [[0.01, 0.02]] })
    expect(await earlyStopOf(own.id)).toEqual({ graceEpochs: 1, leastRuns: 1 })
    expect(await earlyStopOf((await launch({})).runIds[0] ?? '')).toBeNull()
  })
})
