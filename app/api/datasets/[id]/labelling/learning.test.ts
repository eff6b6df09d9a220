import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { memorySource } from '@/lib/audit/source'
import { StreamingReconstruction } from '@/lib/contexts/stream'
import type { RulesAnswer, RulesTaken } from '@/lib/labelling/background/types'
import type { LearningAnswer } from '@/lib/labelling/learning/types'
import { heldBack } from '@/lib/labelling/queue/hold-back'
import type { QueueAnswer } from '@/lib/labelling/queue/plan-queue'
import { streamEvents, type StoredEvent } from '@/lib/store/events'
import { importDataset } from '@/lib/store/import-dataset'
import { labelsSince } from '@/lib/store/labelling/labels-since'
import { act, write } from '@/lib/store/labelling/testing'
import { claim } from '@/lib/store/lease'
import { finishReconstruction } from '@/lib/store/reconstruction-writes'
import { createReconstruction } from '@/lib/store/reconstructions'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import type { RouteMethod } from '../../../handle'

vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

const COUNT = 200
/** A scheduler that reads a pod of its own each time. */
const line = (i: number): string => JSON.stringify({
  kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: `r${i}`, stage: 'ResponseComplete', requestURI: '/', verb: 'get', user: { username: 'system:kube-scheduler' },
  objectRef: { resource: 'pods', namespace: 'shop', name: `p${i}`, apiVersion: 'v1' }, requestReceivedTimestamp: new Date(Date.UTC(2026, 0, 1) + i * 10).toISOString().replace('Z', '000Z'),
})

let database: TestDatabase
let id = ''
const held = new Set(heldBack(Array.from({ length: COUNT }, (_, i) => `r${i}`)))

beforeAll(async () => {
  database = await openTestDatabase()
  id = (await importDataset(memorySource(Array.from({ length: COUNT }, (_, i) => line(i)).join('\n')), { name: 'learning' })).dataset.id
})
afterAll(async () => {
  await (await import('@/lib/jobs/queue')).closeQueue()
  await database.close()
})

async function ask<T>(route: () => Promise<RouteMethod>, { query, body }: { query?: Record<string, string>; body?: unknown } = {}): Promise<T> {
  const request = new Request(`http://127.0.0.1:3000/api/x?${new URLSearchParams(query)}`, { headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' }, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) })
  return await (await (await route())(request, { params: Promise.resolve({ id }) })).json() as T
}
const queue = (query: Record<string, string> = {}) => ask<QueueAnswer>(async () => (await import('./queue/route')).GET, { query })
const rules = () => ask<RulesAnswer>(async () => (await import('./rules/route')).GET)
const applyRules = (body: unknown) => ask<RulesTaken & { error?: { code: string } }>(async () => (await import('./rules/route')).POST, { body })

/** A finished reconstruction with evidence: every tenth request is a rule's, the others are the more uncertain the later they come. */
async function reconstruct(adopted?: boolean): Promise<string> {
  const made = await createReconstruction({ datasetId: id, method: 'linked', modelName: 'linked', options: { evidence: true, ...(adopted === undefined ? {} : { learn: true }) } })
  const hold = await claim('reconstructions', made, 'test', 60, null)
  const stream = new StreamingReconstruction()
  const stored: StoredEvent[] = []
  for await (const batch of streamEvents(id)) stored.push(...batch)
  stream.add(stored.map(({ event }) => event))
  const place = (auditID: string): number => Number(auditID.slice(1))
  const evidence = (auditID: string) => ({ rules: place(auditID) % 10 === 0 ? ['informer-watch', 'paper-2000'] : [], uncertainty: place(auditID) / COUNT, others: [] })
  const learning = { labels: 40, held: 30, accuracy: 0.9, before: 0.95, adopted: adopted ?? true, newest: 0, seconds: 1 }
  await finishReconstruction(hold ?? { id: made, attempt: 1 }, { ...stream.finish(), evidence }, (record) => place(record.auditID), adopted === undefined ? {} : { learning })
  return made
}

describe('the queue', () => {
  it('has no model to go by at first, and no rules', async () => {
    const { order, holdBack, informed } = await queue()
    expect([order.length, holdBack.length, informed]).toEqual([COUNT - held.size, held.size, false])
    expect(await rules()).toMatchObject({ state: 'none' })
    expect(await applyRules({ rules: ['informer-watch'] })).toMatchObject({ error: { code: 'wrong-state' } })
  })

  it('begins with the most uncertain, offers nothing that is held back or labelled, and what was skipped last', async () => {
    await reconstruct()
    const { order, informed } = await queue({ n: '20' })
    expect(informed).toBe(true)
    expect(order).toHaveLength(20)
    expect(order[0]).toBe(Array.from({ length: COUNT }, (_, i) => i).findLast((request) => !held.has(request)))
    expect(order.some((request) => held.has(request))).toBe(false)
    await write(id, 'ann', [[`r${order[0]}`, act('pods')], [`r${order[1]}`, { kind: 'skip' }]])
    const after = await queue()
    expect(after.order).not.toContain(order[0])
    expect(after.order.at(-1)).toBe(order[1])
    expect(new Set(after.order).size).toBe(COUNT - held.size - 1)
    expect((await queue({ order: 'log', n: '5' })).order).toEqual(Array.from({ length: COUNT }, (_, i) => i).filter((request) => !held.has(request)).slice(0, 5))
    expect((await queue({ order: 'random', seed: '2' })).order).not.toEqual((await queue({ order: 'random', seed: '3' })).order)
  })
})

describe('rules', () => {
  it('take what they showed, as automatic labels in one act, and not again', async () => {
    const shown = (await rules()).rules.find((one) => one.id === 'informer-watch')
    expect(shown).toMatchObject({ meets: 20, automatic: 0, overlaps: [{ rule: 'paper-2000', requests: 20 }] })
    const taken = await applyRules({ rules: ['informer-watch', 'paper-2000'] })
    expect(taken.taken).toBe(shown?.takes)
    const labels = (await labelsSince({ datasetId: id, assignment: null }, 0)).labels.filter(({ standing }) => standing === 'automatic')
    expect(labels).toHaveLength(taken.taken)
    expect(labels.every(({ auditID, role }) => Number(auditID.slice(1)) % 10 === 0 && role === 'background')).toBe(true)
    expect(await applyRules({ rules: ['informer-watch'] })).toMatchObject({ batch: null, taken: 0 })
    expect((await rules()).rules.find((one) => one.id === 'informer-watch')).toMatchObject({ takes: 0, automatic: taken.taken })
    expect(await applyRules({ rules: ['rm -rf'] })).toMatchObject({ error: { code: 'unknown-rule' } })
  })
})

describe('the learning curve', () => {
  it('shows every training, and suggestions stay where one was worse', async () => {
    const { suggesting } = await import('@/lib/store/labelling/learnings')
    const stood = await suggesting(id)
    const worse = await reconstruct(false)
    expect((await suggesting(id))?.id).toBe(stood?.id)
    const answer = await ask<LearningAnswer>(async () => (await import('./learning/route')).GET)
    expect(answer).toMatchObject({ state: 'idle', curve: [{ id: worse, labels: 40, held: 30, accuracy: 0.9, before: 0.95, adopted: false }], sample: { size: held.size, labelled: 0, needed: 20 } })
    const better = await reconstruct(true)
    expect((await suggesting(id))?.id).toBe(better)
  })
})
