import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { inTransaction, sql } from '@/lib/store/database'
import { createExperiment } from '@/lib/store/experiments'
import { importDataset } from '@/lib/store/import-dataset'
import { recordLabels } from '@/lib/store/labels'
import { writeRunAnswers } from '@/lib/store/run-answers'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { GET as comparison } from './comparison/route'
import { GET as event } from './event/route'
import { GET as lines } from './lines/route'

vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

const IDS = ['a', 'b', 'c', 'd', 'e', 'f']
const logged = (auditID: string, second: number, stage = 'ResponseComplete') => JSON.stringify({
  kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID, stage, requestURI: '/api/v1/namespaces/shop/pods/web', verb: 'get', user: { username: `user-${auditID}` }, userAgent: 'kubectl/v1.31.0 (linux)',
  objectRef: { resource: 'pods', namespace: 'shop', name: 'web', apiVersion: 'v1' }, responseStatus: { code: 200 }, requestReceivedTimestamp: `2026-01-01T00:00:0${second}.000000Z`,
})
const log = [...IDS.map((id, second) => logged(id, second)), logged('a', 0, 'Panic')].join('\n')

let database: TestDatabase
let datasetId = ''
let runs: string[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  datasetId = (await importDataset(memorySource(log), { name: 'tiny' })).dataset.id
  await recordLabels(datasetId, ['a', 'b', 'c'].map((auditID) => ({ auditID, context: 'first', role: 'consequence' as const, label: null })), { actor: 'test', source: 'person' })
  const run = (seed: number, protocol: string) => ({ name: `net seed ${seed}`, preset: 'net', protocol, seed, axes: {}, params: { seed } })
  ;({ runIds: runs } = await createExperiment({ name: 'x', title: 'X', spec: {}, scale: 'smoke', datasetId, runs: [run(1, 'blocked'), run(2, 'paper'), run(3, 'blocked')] }))
  const answers = (auditIDs: string[], got: number[]) => ({ auditIDs, labels: ['pods', 'secrets'], want: new Int32Array(got.length), got: Int32Array.from(got), confidence: new Float32Array(got.length).fill(0.5) })
  await inTransaction((client) => writeRunAnswers(client, runs[0] ?? '', answers(IDS.slice(0, 5), [0, 0, 1, 1, 0])))
  await inTransaction((client) => writeRunAnswers(client, runs[1] ?? '', answers(IDS.slice(1), [1, 0, 1, 0, 0])))
  await sql(`UPDATE runs SET metrics = '{"leakedTestLines": 0.5}' WHERE id = $1`, [runs[1]])
})
afterAll(() => database.close())

async function ask(route: typeof lines, query: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await route(new Request(`http://127.0.0.1:3000/api/answers/x?${new URLSearchParams(query)}`, { headers: { host: '127.0.0.1:3000' } }), { params: Promise.resolve({}) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const pair = () => ({ a: runs[0] ?? '', b: runs[1] ?? '' })

describe('two runs line by line', () => {
  it('are counted and tested on the lines in common, with what to beware of', async () => {
    const { status, body } = await ask(comparison, pair())
    expect(status).toBe(200)
    expect(body).toMatchObject({ lines: 4, onlyInA: 1, onlyInB: 1, counts: { a: 1, b: 1, both: 1, neither: 1 }, linesInContexts: 2, mcNemar: { exact: 1 }, byLines: { units: 4 }, byContexts: { units: 3 } })
    expect(body.tables).toMatchObject({ context: [{ key: 'first', label: 'pods', lines: 2, counts: { a: 1, b: 1, both: 0, neither: 0 } }], agent: [{ key: 'kubectl', lines: 4 }], resource: [{ key: 'pods' }] })
    expect(body.warnings).toEqual([
      expect.stringContaining('blocked protocol, run 2 the paper protocol'), expect.stringContaining('50.0 % of run 2’s test lines also stand in windows'), expect.stringContaining('4 are in common, 1 are run 1’s alone and 1 run 2’s alone'), '4 lines are few: intervals are wide and tests see little.',
    ])
  })

  it('come with their events, in order of the log', async () => {
    const { body } = await ask(lines, pair())
    expect(body).toMatchObject({ auditID: ['b', 'c', 'd', 'e'], seq: [1, 2, 3, 4], outcome: [0, 1, 3, 2], code: [200, 200, 200, 200], of: 4 })
    const [words, user, object, context] = [body.words as string[], body.user as number[], body.object as number[], body.context as number[]]
    expect([words[user[0] ?? -1], words[object[0] ?? -1], words[context[0] ?? -1], context[3]]).toEqual(['user-b', 'shop/web', 'first', -1])
  })

  it('are refused by name where one kept no answers, is the other, or is not there', async () => {
    expect(await ask(comparison, { ...pair(), b: runs[2] ?? '' })).toMatchObject({ status: 422, body: { error: { code: 'no-answers', message: expect.stringContaining('Run 3 has kept no answers line by line: it is queued') as unknown } } })
    expect(await ask(comparison, { ...pair(), b: runs[2] ?? '', refusals: 'told' })).toMatchObject({ status: 200, body: { refusal: expect.stringContaining('has kept no answers') as unknown } })
    expect(await ask(comparison, { a: runs[0] ?? '', b: runs[0] ?? '' })).toMatchObject({ status: 422, body: { error: { code: 'same-run' } } })
    expect(await ask(lines, { a: runs[0] ?? '', b: 'none' })).toMatchObject({ status: 404, body: { error: { code: 'unknown-run' } } })
    expect(await ask(lines, { a: '../x', b: 'none' })).toMatchObject({ status: 400, body: { error: { code: 'bad-request' } } })
  })

  it('lead to the event as it was logged', async () => {
    expect(await ask(event, { dataset: datasetId, seq: '2' })).toMatchObject({ status: 200, body: { auditID: 'c', userAgent: 'kubectl/v1.31.0 (linux)' } })
    expect(await ask(event, { dataset: datasetId, seq: '99' })).toMatchObject({ status: 404, body: { error: { code: 'unknown-event' } } })
  })
})
