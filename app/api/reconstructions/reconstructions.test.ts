import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { contextId } from '@/lib/contexts/context-id'
import type { CorrectionAnswer, CorrectionConflict } from '@/lib/contexts/corrections/types'
import { openPicture } from '@/lib/contexts/view/open-picture'
import { scriptedReconstruction } from '@/lib/store/contexts/testing'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import type { ContextsWire } from '@/components/contexts/contexts-wire'
import { NAME_COOKIE } from '../who'

const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers', () => ({ cookies: async () => ({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined) }) }))

const [WEB, API] = [contextId('d1'), contextId('d2')]
let database: TestDatabase
let id = ''
let datasetId = ''
beforeAll(async () => {
  database = await openTestDatabase()
  ;({ id, datasetId } = await scriptedReconstruction('routes'))
})
afterAll(async () => {
  await (await import('@/lib/jobs/queue')).closeQueue()
  await database.close()
})

const routes = {
  contexts: async () => (await import('./[id]/contexts/route')).GET, picture: async () => (await import('./[id]/contexts/[context]/picture/route')).GET, line: async () => (await import('./[id]/lines/[seq]/route')).GET,
  correct: async () => (await import('./[id]/corrections/route')).POST, corrections: async () => (await import('./[id]/corrections/route')).GET, undo: async () => (await import('./[id]/corrections/undo/route')).POST,
  export: async () => (await import('./[id]/export/route')).GET, start: async () => (await import('../datasets/[id]/reconstructions/route')).POST, list: async () => (await import('../datasets/[id]/reconstructions/route')).GET,
  drop: async () => (await import('./[id]/route')).DELETE,
}

async function ask(route: keyof typeof routes, params: Record<string, string>, given: { query?: string; body?: unknown; headers?: Record<string, string>; name?: string } = {}): Promise<Response> {
  jar.set(NAME_COOKIE, `x~${given.name ?? 'ann'}`)
  const method = await routes[route]()
  const body = given.body === undefined ? {} : { method: 'POST', body: JSON.stringify(given.body) }
  return method(new Request(`http://127.0.0.1:3000/api/x${given.query ?? ''}`, { ...body, headers: { host: '127.0.0.1:3000', 'content-type': 'application/json', ...given.headers } }), { params: Promise.resolve(params) })
}

const json = async <T>(response: Promise<Response>): Promise<T> => (await response).json() as Promise<T>

describe('a reconstruction over the network', () => {
  it('lists its contexts as columns, once for each revision', async () => {
    const first = await ask('contexts', { id })
    const wire = (await first.json()) as ContextsWire
    expect([wire.ids.length, wire.total, wire.columns.find(({ key }) => key === 'user')]).toEqual([3, 3, { key: 'user', from: 'context', words: ['alice', 'bob', 'carol'], codes: [0, 1, 2] }])
    const etag = first.headers.get('etag') ?? ''
    expect((await ask('contexts', { id }, { headers: { 'if-none-match': `W/${etag}` } })).status).toBe(304)
    await ask('correct', { id }, { body: { id: randomUUID(), seen: 0, act: { kind: 'confirm', contexts: [WEB] } } })
    const later = await ask('contexts', { id }, { headers: { 'if-none-match': etag } })
    expect([later.status, ((await later.json()) as ContextsWire).columns.find(({ key }) => key === 'corrected')]).toEqual([200, { key: 'corrected', from: 'context', words: ['confirmed by ann'], codes: [0, -1, -1] }])
  })

  it('shows a context and a line, and takes corrections by the name of who makes them', async () => {
    const picture = await ask('picture', { id, context: API })
    const revision = Number(picture.headers.get('x-revision'))
    expect(openPicture(await picture.json()).lines).toBe(2)
    const body = { id: randomUUID(), seen: revision, why: 'it was bob', act: { kind: 'move', requests: ['p1'], to: API } }
    const moved = await json<CorrectionAnswer>(ask('correct', { id }, { body, name: 'bea' }))
    expect(moved).toMatchObject({ correction: { by: 'bea', act: 'move', why: 'it was bob' }, contexts: [API, WEB].sort() })
    const late = await ask('correct', { id }, { body: { ...body, id: randomUUID(), act: { kind: 'background', requests: ['p1'] } }, name: 'carl' })
    expect([late.status, ((await late.json()) as CorrectionConflict).corrections.map(({ by }) => by)]).toEqual([409, ['bea']])
    expect(await json(ask('line', { id, seq: '2' }))).toMatchObject({ event: { auditID: 'p1' }, context: API, found: { context: WEB }, correction: { by: 'bea' } })
    expect((await ask('undo', { id }, { body: { id: randomUUID(), correction: moved.correction.id } })).status).toBe(200)
    expect(await json(ask('corrections', { id }, { query: `?context=${API}` }))).toMatchObject({ corrections: [{ act: 'undo' }, { act: 'move', undone: true }] })
    const records = (await (await ask('export', { id })).text()).trimEnd().split('\n').map((line) => JSON.parse(line) as { auditID: string; corrected?: unknown })
    expect([records.length, records.filter(({ corrected }) => corrected).length]).toEqual([7, 0])
  })

  it('refuses what is no act, and says of each what is wrong', async () => {
    for (const act of [{ kind: 'move', requests: [], to: API }, { kind: 'move', requests: ['p1'], to: '../x' }, { kind: 'drop' }, { kind: 'confirm', contexts: [WEB], more: 1 }]) {
      expect((await ask('correct', { id }, { body: { id: randomUUID(), seen: 0, act } })).status).toBe(400)
    }
    expect((await ask('correct', { id }, { body: { id: '1', seen: 0, act: { kind: 'confirm', contexts: [WEB] } } })).status).toBe(400)
    expect((await ask('line', { id, seq: '99' })).status).toBe(404)
    expect((await ask('picture', { id, context: 'ctx-0000000000000000' })).status).toBe(404)
  })

  it('is started with a model, without one, or refused, and goes with what was corrected', async () => {
    const start = async (body: object) => ask('start', { id: datasetId }, { body })
    const { id: made } = await json<{ id: string }>(start({ model: 'none' }))
    expect(await requireReconstruction(made)).toMatchObject({ method: 'linked', modelName: null, state: 'queued' })
    const { id: named } = await json<{ id: string }>(start({ model: 'default', method: 'k8ntext' }))
    expect(await requireReconstruction(named)).toMatchObject({ method: 'k8ntext', modelName: 'linked' })
    expect((await start({ model: 'none', method: 'k8ntext' })).status).toBe(400)
    expect((await start({ model: 'nobody' })).status).toBe(404)
    expect((await json<{ reconstructions: unknown[] }>(ask('list', { id: datasetId }))).reconstructions).toHaveLength(3)
    expect((await ask('drop', { id })).status).toBe(200)
    expect((await ask('contexts', { id })).status).toBe(404)
  })
})
