import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadInlineEngine } from '@/lib/engine/wasm/engine.node.ts'
import { readModelDirectory } from '@/lib/model/model-directory.node.ts'
import { contextSentence, effects } from './context-sentence'
import { shortUser } from './describe-line'
import { LogSession } from './log-session'
import { playgroundCodec } from './playground-state'
import type { LogLine, Progress } from './protocol'
import { lanesOf, timePlace, timeTicks } from './timeline-layout'

const packed = await readFile('datasets/sample/audit.jsonl.gz')
const log = new Blob([packed])
const read = (source: Blob = log): Promise<LogSession> => LogSession.read(source, { onProgress: () => undefined })

describe('a log in the playground', () => {
  it('gives every event a role, every context its events, and every consequence a reason', async () => {
    const session = await read()
    const loaded = session.summary()
    expect(loaded.events).toBe(915)
    expect(Object.values(loaded.labels.counts.roles).reduce((sum, count) => sum + count, 0)).toBe(loaded.events)
    const largest = loaded.labels.contexts.toSorted((a, b) => b.events - a.events)[0]
    const detail = session.context(largest?.id ?? '')
    expect(detail?.lines).toHaveLength(largest?.events ?? -1)
    expect(detail?.lines.filter((line) => line.role === 'trigger')).toHaveLength(1)
    const consequence = detail?.lines.find((line) => line.role === 'consequence')
    const event = await session.event(consequence?.auditID ?? '')
    expect(event?.reasons[0]?.toText).toMatch(/ by .+ before$/)
    expect(JSON.parse(event?.json ?? '')).toMatchObject({ auditID: consequence?.auditID })
  })
  it.each<[string, Blob]>([['plain', new Blob([gunzipSync(packed)])], ['gzip', log]])('finds the JSON of any line again, %s', async (_, source) => {
    const session = await read(source)
    for (const { auditID } of session.page('', 'all', 0, 915).lines.filter((line) => line.seq % 90 === 0)) {
      expect(JSON.parse((await session.event(auditID))?.json ?? '')).toMatchObject({ auditID })
    }
  })
  it('answers queries over triggers, also by what bodies hold, and says where a query is wrong', async () => {
    const session = await read()
    const { contexts } = session.summary().labels
    expect((await session.query('')).ids).toHaveLength(contexts.length)
    const created = (await session.query('verb == "create"')).ids
    expect(created.length).toBeGreaterThan(0)
    expect(created).toEqual(contexts.filter((context) => context.verb === 'create').map((context) => context.id))
    const big = contexts.filter((context) => context.events > 5).map((context) => context.id)
    expect((await session.query('role == "trigger" and confidence == 1 and context.events > 5')).ids).toEqual(big)
    expect((await session.query('label.verb == "create"')).ids).toEqual(created)
    const crowded = (await session.query('count(resource == "pods") > 3')).ids
    expect(crowded.length).toBeGreaterThan(0)
    expect(crowded.length).toBeLessThan(contexts.length)
    for (const id of crowded) expect(session.context(id)?.lines.filter((line) => line.kind.startsWith('pods')).length).toBeGreaterThan(3)
    const bodies = (await session.query('verb == "create" and exists(requestObject.kind)')).ids
    expect(bodies.length).toBeGreaterThan(0)
    expect(bodies.every((id) => created.includes(id))).toBe(true)
    await expect(session.query('verb == ')).rejects.toThrow(/line 1|column|expected/i)
  })
  it('hands out lines page by page, and finds them by text', async () => {
    const session = await read()
    const first = session.page('', 'all', 0, 100)
    expect([first.total, first.lines.length, session.page('', 'all', 900, 1000).lines.length]).toEqual([915, 100, 15])
    const found = session.page(' DELETE ', 'all', 0, 915)
    expect(found.total).toBe(found.lines.length)
    expect(found.lines.every((line) => `${line.verb} ${line.label}`.includes('delete') || line.object.includes('delete'))).toBe(true)
    expect(session.page('', 'network', 0, 10).total).toBe(0)
  })
  it('finds nothing under ids that are not there', async () => {
    const session = await read()
    expect([session.context('nope'), await session.event('nope')]).toEqual([null, null])
  })
  it('refuses what is no audit log', async () => {
    await expect(read(new Blob(['hello\n']))).rejects.toMatchObject({ code: 'not-an-audit-log' })
  })
  it('tells its phases in order, with bytes and windows, and can be stopped', async () => {
    const seen: Progress[] = []
    const onProgress = (progress: Progress): unknown => seen.push(progress)
    const session = await LogSession.read(log, { onProgress })
    const [model, engine] = [await readModelDirectory('models/k8ntext-small'), await loadInlineEngine()]
    await session.label(model, engine, { onProgress })
    expect([...new Set(seen.map(({ phase }) => phase))]).toEqual<string[]>(['reading', 'linking', 'network', 'joining'])
    expect(seen.findLast(({ phase }) => phase === 'reading')).toMatchObject({ done: packed.length, total: packed.length })
    const windows = seen.findLast(({ phase }) => phase === 'network')
    expect(windows?.done).toBe(windows?.total)
    await expect(LogSession.read(log, { onProgress, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    await expect(session.label(model, engine, { onProgress, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  })
})

describe('labels of links and network', () => {
  it('stand beside each other with their source, and go again', async () => {
    const session = await read()
    const before = session.summary().labels.counts
    expect([before.origins.agree, before.origins.network]).toEqual([0, 0])
    const answer = await session.label(await readModelDirectory('models/k8ntext-small'), await loadInlineEngine(), { onProgress: () => undefined })
    const { origins } = answer.labels.counts
    expect(origins.agree).toBeGreaterThan(0)
    expect(origins.agree + origins.disagree).toBe(answer.compared)
    const lines = session.page('', 'all', 0, 915).lines
    for (const line of lines) {
      if (line.origin === 'agree') expect(line.guess?.label).toBe(line.label)
      if (line.origin === 'disagree') expect(line.guess?.label).not.toBe(line.label)
      if (line.origin === 'network') expect(line.label).toBe(line.guess?.label)
    }
    expect(lines.filter((line) => line.likely !== null).every((line) => session.context(line.likely ?? '')?.context.label === line.label)).toBe(true)
    expect(session.unlabel().counts).toEqual(before)
    expect(session.page('', 'all', 0, 915).lines.every((line) => line.guess === null)).toBe(true)
  })
})

describe('why this label', () => {
  it('is told for a line that the network labels, by two methods, once found out at once', async () => {
    const session = await read()
    await expect(session.explain('x', { onProgress: () => undefined })).rejects.toMatchObject({ code: 'no-model' })
    await session.label(await readModelDirectory('models/k8ntext-small'), await loadInlineEngine(), { onProgress: () => undefined })
    const line = session.page('', 'all', 0, 915).lines.find(({ origin }) => origin === 'agree')
    const shares: number[] = []
    const found = await session.explain(line?.auditID ?? '', { onProgress: ({ phase, done, total }) => { if (phase === 'explaining') shares.push(done / (total ?? 1)) } })
    expect(shares.at(-1)).toBe(1)
    expect(found?.features.length).toBeGreaterThan(2)
    const weights = found?.features.map(({ drop, attribution }) => Math.max(Math.abs(drop), Math.abs(attribution ?? 0)))
    expect(weights).toEqual(weights?.toSorted((x, y) => y - x))
    expect(found?.features.every(({ attribution }) => attribution !== null)).toBe(true)
    expect(found?.check?.count).toBeGreaterThan(20)
    expect(found?.neighbours.every(({ text }) => / by /.test(text ?? ''))).toBe(true)
    expect(await session.explain(line?.auditID ?? '', { onProgress: () => { throw new Error('worked out twice') } })).toMatchObject({ seconds: found?.seconds })
    expect(await session.explain('nope', { onProgress: () => undefined })).toBeNull()
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
  const line = (user: string, role: 'trigger' | 'consequence', micros: number): LogLine => ({
    seq: 0, auditID: `${user}${micros}`, stage: null, micros, user, verb: 'get', kind: 'pods', object: '–', code: 200, role, label: null, context: null, origin: 'none', certain: true, rule: null, linkScore: null, guess: null, likely: null,
  })
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
  it('holds query, context, event, model and view', () => {
    const state = { query: 'verb == "get"', context: 'c1', event: 'e1', tab: 'lines' as const, sort: 'events' as const, show: 'uncertain' as const, model: 'here:mine', sample: true }
    expect(playgroundCodec.read(new URLSearchParams(playgroundCodec.write(state).toString()))).toEqual(state)
  })
  it('leaves out what is as usual', () => {
    expect(playgroundCodec.write(playgroundCodec.read(new URLSearchParams('show=nonsense'))).toString()).toBe('')
  })
})
