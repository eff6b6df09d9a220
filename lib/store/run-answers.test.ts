import { afterAll, beforeAll, expect, it } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { inTransaction, sql } from './database'
import { createExperiment } from './experiments'
import { importDataset } from './import-dataset'
import { answeredLines, readRunAnswers, writeRunAnswers } from './run-answers'
import { deleteRuns } from './runs'
import { openTestDatabase, type TestDatabase } from './testing'

const event = JSON.stringify({ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: 'a', stage: 'ResponseComplete', requestURI: '/api/v1/pods', verb: 'list', user: { username: 'u' }, requestReceivedTimestamp: '2026-01-01T00:00:00.000000Z' })
const answers = { auditIDs: ['a', '\ud800'], labels: ['x', 'y'], want: Int32Array.of(0, 1), got: Int32Array.of(1, 1), confidence: Float32Array.of(0.25, 1) }

let database: TestDatabase
let runIds: string[] = []
beforeAll(async () => {
  database = await openTestDatabase()
  const { dataset } = await importDataset(memorySource(event), { name: 'tiny' })
  const run = (seed: number) => ({ name: `net seed ${seed}`, preset: 'net', protocol: 'blocked', seed, axes: {}, params: { seed } })
  ;({ runIds } = await createExperiment({ name: 'x', title: 'X', spec: {}, scale: 'smoke', datasetId: dataset.id, runs: [run(1), run(2)] }))
})
afterAll(() => database.close())

const first = (): string => runIds[0] ?? ''

it('come back as they were, the newest of a run', async () => {
  expect(await readRunAnswers(first())).toBeNull()
  await inTransaction((client) => writeRunAnswers(client, first(), { ...answers, got: answers.want }))
  await inTransaction((client) => writeRunAnswers(client, first(), answers))
  expect(await readRunAnswers(first())).toEqual(answers)
  expect(await answeredLines(runIds)).toEqual(new Map([[first(), 2]]))
})

it('are written with their transaction or not at all', async () => {
  const other = runIds[1] ?? ''
  await expect(inTransaction(async (client) => {
    await writeRunAnswers(client, other, answers)
    throw new Error('lost its lease')
  })).rejects.toThrow()
  expect(await readRunAnswers(other)).toBeNull()
})

it('are refused by name when their bytes were damaged', async () => {
  await sql(`UPDATE run_answers SET bytes = 'nonsense' WHERE run_id = $1`, [first()])
  await expect(readRunAnswers(first())).rejects.toMatchObject({ code: 'bad-answers' })
})

it('go with their run', async () => {
  await deleteRuns([first()])
  expect(await sql('SELECT FROM run_answers')).toEqual([])
})
