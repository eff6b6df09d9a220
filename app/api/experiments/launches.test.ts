import { createReadStream } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { gunzipNative } from '@/lib/audit/gunzip.node.ts'
import { listExperiments as catalogue } from '@/lib/experiments/catalogue'
import { closeQueue } from '@/lib/jobs/queue'
import { requireBatch, requireExperiment } from '@/lib/store/experiments'
import { importDataset } from '@/lib/store/import-dataset'
import { getRuns } from '@/lib/store/runs'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import type { RouteMethod } from '../handle'
import { POST as launchAll } from './all/route'
import { POST as resumeBatch } from './batches/[id]/resume/route'
import { POST as stopBatch } from './batches/[id]/stop/route'
import { PUT as note } from './launches/[id]/note/route'
import { POST as priority } from './launches/[id]/priority/route'
import { POST as resume } from './launches/[id]/resume/route'
import { POST as stop } from './launches/[id]/stop/route'
import { POST as launch } from './[name]/launch/route'

vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  const folder = path.join(process.cwd(), 'datasets', 'sample')
  const log = { unpack: gunzipNative, [Symbol.asyncIterator]: () => createReadStream(path.join(folder, 'audit.jsonl.gz'))[Symbol.asyncIterator]() as AsyncIterator<Uint8Array> }
  await importDataset(log, { name: 'tiny', truth: createReadStream(path.join(folder, 'truth.jsonl.gz')) })
})
afterAll(async () => {
  await closeQueue()
  await database.close()
})

async function ask<T>(method: RouteMethod, params: Record<string, string>, body: object): Promise<{ status: number; body: T & { error?: { code: string; message: string } } }> {
  const request = new Request('http://127.0.0.1:3000/api/x', { method: 'POST', headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const response = await method(request, { params: Promise.resolve(params) })
  return { status: response.status, body: await response.json() as T & { error?: { code: string; message: string } } }
}
const windowSize = (body: object) => ask<{ id: string; runIds: string[] }>(launch, { name: 'window-size' }, { dataset: 'tiny', scale: 'smoke', ...body })

describe('a launch', () => {
  it('has the runs of the axes, seeds and settings that were asked for, and its options', async () => {
    const { body: { id, runIds } } = await windowSize({
      axes: { window: [7, 9], protocol: ['blocked'], dropout: [0.1] }, seeds: [4, 5], lines: 300, epochs: 1, engine: 'wasm', priority: 3, budget: { seconds: 60, runs: 9 }, earlyStop: true,
    })
    const runs = await getRuns(runIds)
    expect(runs.map(({ axes, seed, priority: own }) => [axes.window, axes.protocol, axes.dropout, seed, own])).toEqual([4, 5].flatMap((seed) => [7, 9].map((window) => [window, 'blocked', 0.1, seed, 3])))
    expect(runs[0]?.params).toMatchObject({ lines: 300, epochs: 1, engine: 'wasm', network: { dropout: 0.1 } })
    expect(await requireExperiment(id)).toMatchObject({ state: 'queued', batch: null, options: { priority: 3, budget: { seconds: 60, runs: 9 }, earlyStop: { graceEpochs: 3, leastRuns: 3 }, begun: 4 } })
  })

  it.each([
    [{ axes: { colour: ['red'] } }, 404, 'unknown-axis'],
    [{ axes: { protocol: ['sideways'] } }, 400, 'bad-experiment'],
    [{ axes: { window: ['wide'] } }, 400, 'bad-experiment'],
    [{ axes: { window: Array.from({ length: 1000 }, (_, n) => n + 2) }, seeds: Array.from({ length: 1000 }, (_, n) => n) }, 422, 'too-many-runs'],
    [{ axes: { window: [] } }, 400, 'bad-request'],
    [{ axes: { '__proto__x': [1] } }, 400, 'bad-request'],
    [{ budget: { seconds: 0 } }, 400, 'bad-request'],
    [{ priority: 1000 }, 400, 'bad-request'],
    [{ dataset: 'nowhere' }, 404, 'unknown-dataset'],
    [{ scoredOn: 'nowhere' }, 404, 'unknown-dataset'],
    [{ windows: [5] }, 400, 'bad-request'],
  ])('is refused when no run could be so: %j', async (body, status, code) => {
    const answer = await windowSize(body)
    expect([answer.status, answer.body.error?.code]).toEqual([status, code])
  })

  it('is stopped, resumed, put first and noted', async () => {
    const { body: { id, runIds } } = await windowSize({ seeds: [1] })
    expect((await ask(stop, { id }, {})).status).toBe(200)
    expect((await requireExperiment(id)).state).toBe('stopped')
    expect((await ask(resume, { id }, {})).body).toEqual({ queued: runIds.length })
    expect((await ask(priority, { id }, { priority: 9 })).status).toBe(200)
    expect(new Set((await getRuns(runIds)).map((run) => `${run.state} ${run.priority}`))).toEqual(new Set(['queued 9']))
    await ask(note, { id }, { note: 'on the cold machine' })
    expect(await requireExperiment(id)).toMatchObject({ note: 'on the cold machine', options: { priority: 9 } })
    await ask(stop, { id }, {})
    expect((await ask(resume, { id }, { budget: { runs: 1 } })).body).toEqual({ queued: runIds.length })
    expect((await requireExperiment(id)).options.budget).toEqual({ runs: 1 })
  })

  it('of every experiment is one batch, stopped and resumed as one', async () => {
    const { body } = await ask<{ batch: string; launches: { name: string }[] }>(launchAll, {}, { scale: 'smoke', dataset: 'tiny', scoredOn: 'tiny', budget: { seconds: 5 } })
    expect(body.launches.map(({ name }) => name)).toEqual(catalogue().map(({ name }) => name))
    expect((await ask(stopBatch, { id: body.batch }, {})).status).toBe(200)
    expect(new Set((await requireBatch(body.batch)).map(({ state }) => state))).toEqual(new Set(['stopped']))
    const { body: resumed } = await ask<{ queued: number }>(resumeBatch, { id: body.batch }, {})
    expect(resumed.queued).toBe((await requireBatch(body.batch)).reduce((sum, { runs }) => sum + runs.total, 0))
    expect((await ask(stopBatch, { id: 'nothing' }, {})).status).toBe(404)
  })
})
