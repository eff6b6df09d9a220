import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { contextSentence, effects } from './context-sentence'
import { shortUser } from './describe-line'
import { LogSession } from './log-session'
import { playgroundCodec } from './playground-state'
import { lanesOf, timePlace, timeTicks } from './timeline-layout'

async function* bytes(path: string): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await readFile(path))
}

const read = () => LogSession.read(bytes('datasets/sample/audit.jsonl.gz'), () => undefined)

describe('a log in the playground', () => {
  it('gives every event a role, every context its events, and every consequence a reason', async () => {
    const { session, loaded } = await read()
    expect(loaded.events).toBeGreaterThan(100)
    expect(Object.values(loaded.roles).reduce((sum, count) => sum + count, 0)).toBe(loaded.events)
    const largest = loaded.contexts.toSorted((a, b) => b.events - a.events)[0]
    const detail = session.context(largest?.id ?? '')
    expect(detail?.lines).toHaveLength(largest?.events ?? -1)
    expect(detail?.lines.filter((line) => line.role === 'trigger')).toHaveLength(1)
    const consequence = detail?.lines.find((line) => line.role === 'consequence')
    const event = session.event(consequence?.auditID ?? '')
    expect(event?.reasons[0]?.toText).toMatch(/ by .+ before$/)
    expect(JSON.parse(event?.json ?? '')).toMatchObject({ auditID: consequence?.auditID })
  })
  it('answers queries over triggers, and says where a query is wrong', async () => {
    const { session, loaded } = await read()
    expect(session.query('').ids).toHaveLength(loaded.contexts.length)
    const created = session.query('verb == "create"').ids
    expect(created.length).toBeGreaterThan(0)
    expect(created).toEqual(loaded.contexts.filter((context) => context.verb === 'create').map((context) => context.id))
    const big = loaded.contexts.filter((context) => context.events > 5).map((context) => context.id)
    expect(session.query('role == "trigger" and confidence == 1 and context.events > 5').ids).toEqual(big)
    expect(session.query('label.verb == "create"').ids).toEqual(created)
    expect(() => session.query('verb == ')).toThrow(/line 1|column|expected/i)
  })
  it('finds nothing under ids that are not there', async () => {
    const { session } = await read()
    expect([session.context('nope'), session.event('nope')]).toEqual([null, null])
  })
  it('refuses what is no audit log', async () => {
    await expect(LogSession.read((async function* () { yield new TextEncoder().encode('hello\n') })(), () => undefined)).rejects.toMatchObject({ code: 'not-an-audit-log' })
  })
})

describe('words', () => {
  const context = { id: 'c', auditID: 'a', micros: 0, lastMicros: 3_200_000, user: 'alice', verb: 'create', kind: 'deployments', object: 'shop/web', code: 201, label: null, events: 13 }
  it('tells a context in a sentence', () => {
    expect(contextSentence(context)).toBe('alice created deployments shop/web: 12 events followed within 3.2 s')
    expect(contextSentence({ ...context, kind: 'pods/exec', code: 403, events: 1 })).toBe('alice opened a shell in pods shop/web and was refused (403)')
  })
  it('shortens users', () => {
    expect(['system:node:n1', 'system:serviceaccount:kube-system:job-controller', 'system:serviceaccount:a:b', 'system:kube-scheduler', null].map(shortUser)).toEqual(['n1', 'job-controller', 'sa a:b', 'kube-scheduler', 'nobody'])
  })
})

describe('the timeline', () => {
  const line = (user: string, role: 'trigger' | 'consequence', micros: number) => ({ seq: 0, auditID: `${user}${micros}`, stage: null, micros, user, verb: 'get', kind: 'pods', object: '–', code: 200, role, label: null, context: null, guess: null })
  it('puts the trigger’s lane first and gathers what is too much', () => {
    const lines = [line('a', 'consequence', 0), line('b', 'trigger', 1), ...Array.from({ length: 9 }, (_, i) => line(`n${i}`, 'consequence', i))]
    const lanes = lanesOf(lines, 4)
    expect(lanes.map((lane) => lane.actor)).toEqual(['b', 'a', 'n0', '8 others'])
    expect(lanes.flatMap((lane) => lane.lines)).toHaveLength(lines.length)
    expect(effects(lines).map((effect) => effect.count)).toEqual([10])
  })
  it('keeps times in order between its ends', () => {
    expect(timePlace(0, 500)).toBe(0)
    expect(timePlace(500, 500)).toBe(1)
    expect(timePlace(10, 500)).toBeLessThan(timePlace(11, 500))
    expect(timeTicks(30_000)).toEqual(expect.arrayContaining([0]))
    expect(timeTicks(0)).toEqual([0])
  })
})

describe('its address', () => {
  it('holds query, context, event and view', () => {
    const state = { query: 'verb == "get"', context: 'c1', event: 'e1', tab: 'lines' as const, sort: 'events' as const, sample: true }
    expect(playgroundCodec.read(new URLSearchParams(playgroundCodec.write(state).toString()))).toEqual(state)
  })
})
