import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { BatchAnswer, ConflictAnswer, LabellingLog, LabelsAnswer, RequestHistoryEntry, SuggestionsAnswer } from '@/lib/labelling/types'
import { streamEvents, type StoredEvent } from '@/lib/store/events'
import { claim } from '@/lib/store/lease'
import { finishReconstruction } from '@/lib/store/reconstruction-writes'
import { listReconstructions } from '@/lib/store/reconstructions'
import { addAnnotator } from '@/lib/store/labelling/annotators'
import { assignmentRequests, createAssignment, setAssignmentState } from '@/lib/store/labelling/assignments'
import { act, datasetOf } from '@/lib/store/labelling/testing'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { EventStream } from '../../../events/event-stream'
import { LiveFeed } from '../../../events/live-feed'
import { subscribe, CHANNELS } from '@/lib/store/notify'
import type { RouteMethod } from '../../../handle'
import { NAME_COOKIE } from '../../../who'

const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers', () => ({ cookies: async () => ({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined) }) }))

let database: TestDatabase
beforeAll(async () => { database = await openTestDatabase() })
afterAll(async () => {
  await (await import('@/lib/jobs/queue')).closeQueue()
  await database.close()
})
afterEach(() => jar.clear())

const routes = {
  log: async () => (await import('./log/route')).GET, labels: async () => (await import('./labels/route')).GET, history: async () => (await import('./history/route')).GET,
  suggestions: async () => (await import('./suggestions/route')).GET, suggest: async () => (await import('./suggestions/route')).POST,
  batches: async () => (await import('./batches/route')).POST, undo: async () => (await import('./undo/route')).POST,
}

async function ask(route: keyof typeof routes, id: string, given: { query?: Record<string, string>; body?: unknown; headers?: Record<string, string>; name?: string } = {}): Promise<Response> {
  if (given.name) jar.set(NAME_COOKIE, `x~${given.name}`)
  const method: RouteMethod = await routes[route]()
  const body = given.body === undefined ? {} : { method: 'POST', body: JSON.stringify(given.body) }
  const request = new Request(`http://127.0.0.1:3000/api/x?${new URLSearchParams(given.query)}`, { ...body, headers: { host: '127.0.0.1:3000', 'content-type': 'application/json', ...given.headers } })
  return method(request, { params: Promise.resolve({ id }) })
}
const json = async <T>(response: Promise<Response>): Promise<T> => (await response).json() as Promise<T>
const batch = (auditID: string, resource: string, seen = 0) => ({ id: randomUUID(), kind: 'label', title: `label ${auditID}`, assignment: null, changes: [{ auditID, act: act(resource), suggestion: { source: 'model', ref: 'linked', probability: 0.9, reason: 'looks like it' }, seen }] })

describe('labelling over the API', () => {
  it('gives the log once, and nothing to whom has it', async () => {
    const id = await datasetOf('once', 400)
    const response = await ask('log', id)
    const etag = response.headers.get('etag') ?? ''
    expect(etag).toContain(id)
    const log = (await response.json()) as LabellingLog
    expect([log.lines, log.auditIDs.length]).toEqual([400, 400])
    const known = await ask('log', id, { headers: { 'if-none-match': etag } })
    expect([known.status, await known.text()]).toEqual([304, ''])
  })

  it('keeps the shared labels of a blind sample from its annotator until it is closed', async () => {
    const id = await datasetOf('blind', 5)
    await ask('batches', id, { name: 'ann', body: { ...batch('r0', 'pods'), changes: ['r0', 'r1', 'r2', 'r3'].map((auditID) => ({ auditID, act: act('pods'), suggestion: null, seen: 0 })) } })
    const { token } = await addAnnotator('bob', 'annotator')
    const { id: assignment } = await createAssignment(id, { title: 'again', annotator: 'bob', sample: { method: 'random', seed: 1, size: { count: 2 }, from: 'labelled' } }, 'ann')
    const [hidden = ''] = await assignmentRequests(assignment)
    vi.stubEnv('AUDITWEAVE_TOKEN', 'a-token-of-the-instance')
    try {
      jar.clear()
      const headers = { authorization: `Bearer ${token}` }
      const seen = async () => (await json<LabelsAnswer>(ask('labels', id, { headers }))).labels.map(({ auditID }) => auditID)
      expect(await seen()).toHaveLength(2)
      expect(await seen()).not.toContain(hidden)
      expect((await ask('history', id, { headers, query: { auditID: hidden } })).status).toBe(403)
      expect((await ask('batches', id, { headers, body: batch(hidden, 'nodes') })).status).toBe(403)
      await setAssignmentState(id, assignment, 'closed')
      expect(await seen()).toHaveLength(4)
      expect((await ask('history', id, { headers, query: { auditID: hidden } })).status).toBe(200)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('shows two annotators each other\'s acts and refuses what overwrites them', async () => {
    const id = await datasetOf('two', 5)
    const first = await json<BatchAnswer>(ask('batches', id, { name: 'ann', body: batch('r0', 'pods') }))
    expect(first.labels).toMatchObject([{ auditID: 'r0', standing: 'labelled', actor: 'ann', label: { resource: 'pods' } }])
    const refused = await ask('batches', id, { name: 'bob', body: batch('r0', 'nodes') })
    expect([refused.status, await refused.json() as ConflictAnswer]).toMatchObject([409, { error: { code: 'stale-labels' }, conflicts: [{ auditID: 'r0', now: { actor: 'ann', newest: first.newest } }] }])
    await ask('batches', id, { name: 'bob', body: batch('r1', 'nodes') })
    const mine = await json<LabelsAnswer>(ask('labels', id, { name: 'ann', query: { since: String(first.newest) } }))
    expect(mine).toMatchObject({ labels: [{ auditID: 'r1', actor: 'bob' }], undo: [{ title: 'label r0' }], redo: [], annotator: { name: 'ann' } })
    const undone = await json<BatchAnswer>(ask('undo', id, { name: 'ann', body: { batch: mine.undo[0]?.id } }))
    expect(undone).toMatchObject({ labels: [{ auditID: 'r0', standing: 'unlabelled' }], undo: [], redo: [{ title: 'label r0' }] })
    const { entries } = await json<{ entries: RequestHistoryEntry[] }>(ask('history', id, { query: { auditID: 'r0' } }))
    expect(entries).toMatchObject([{ kind: 'clear', actor: 'ann', from: { resource: 'pods' }, to: null, batch: { kind: 'undo' } }, { kind: 'label', from: null, to: { resource: 'pods' }, suggestion: { source: 'model', ref: 'linked', probability: 0.9 } }])
  })

  it.each([
    ['a trigger without a label', { act: { kind: 'label', role: 'trigger', label: null, context: null } }], ['an act it does not know', { act: { kind: 'unskip' } }],
    ['an empty comment', { act: { kind: 'comment', text: ' ' } }], ['a probability over one', { suggestion: { source: 'model', ref: null, probability: 2, reason: '' } }],
  ])('refuses %s', async (_, change) => {
    const body = { ...batch('r0', 'pods'), changes: [{ ...batch('r0', 'pods').changes[0], ...change }] }
    expect((await ask('batches', 'none', { body })).status).toBe(400)
  })

  it('makes suggestions once, and tells how far they are', async () => {
    const id = await datasetOf('suggested', 5)
    const state = () => json<SuggestionsAnswer>(ask('suggestions', id))
    expect(await state()).toEqual({ state: 'none', progress: null, error: null, columns: null })
    for (let i = 0; i < 2; i++) expect(await json(ask('suggest', id, { body: {} }))).toMatchObject({ state: 'running' })
    const [reconstruction, ...more] = await listReconstructions({ datasetId: id })
    expect([more, reconstruction?.options]).toMatchObject([[], { evidence: true }])
    const hold = await claim('reconstructions', reconstruction?.id ?? '', 'w', 60, null)
    const events: StoredEvent[] = []
    for await (const some of streamEvents(id)) events.push(...some)
    const stream = new StreamingReconstruction()
    stream.add(events.map(({ event }) => event))
    if (hold) await finishReconstruction(hold, stream.finish(), (record) => events.find(({ event }) => event.auditID === record.auditID)?.seq ?? -1, {})
    const ready = await state()
    expect(ready).toMatchObject({ state: 'ready', columns: { source: { reconstruction: reconstruction?.id, model: reconstruction?.modelName } } })
    expect(ready.columns?.role).toHaveLength(5)
    expect(await json(ask('suggestions', id, { query: { have: reconstruction?.id ?? '' } }))).toMatchObject({ state: 'ready', columns: null })
    expect((await ask('suggest', id, { body: { model: 'none' } })).status).toBe(404)
  })
})

describe('the stream of events', () => {
  it('tells of labels within a second', async () => {
    const id = await datasetOf('live', 3)
    const stream = new EventStream(new AbortController().signal)
    const feed = new LiveFeed(stream, null, -1)
    stream.onClose(await subscribe(CHANNELS.labels, (dataset) => feed.labelsChanged(dataset)))
    const reader = stream.response().body?.pipeThrough(new TextDecoderStream()).getReader()
    const began = performance.now()
    const { newest } = await json<BatchAnswer>(ask('batches', id, { name: 'ann', body: batch('r0', 'pods') }))
    let text = ''
    while (!text.includes('event: labels')) text += (await reader?.read())?.value ?? ''
    expect(performance.now() - began).toBeLessThan(1000)
    expect(text).toContain(`event: labels\ndata: ${JSON.stringify({ dataset: id, newest, actor: 'ann' })}`)
    stream.close()
  })
})
