import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSource } from '@/lib/audit/source.node.ts'
import { readAudit } from '@/lib/audit/read'
import type { AuditEvent } from '@/lib/audit/event'
import { extractFacts } from '@/lib/contexts/facts'
import { reconstruct } from '@/lib/contexts/reconstruct'
import { Inbox } from '@/lib/receive/inbox.node.ts'
import { acknowledgeAlert, listAlerts } from '@/lib/store/live/alerts'
import { createWatch, listWatches, removeWatch } from '@/lib/store/live/watches'
import { openTestDatabase, type TestDatabase } from '@/lib/store/testing'
import { LiveEngine, type EngineOptions } from './engine'
import { drawPicture } from './pictures'
import { postAlerts } from './post-alerts'
import { tryWatch } from './try-watch'

let database: TestDatabase
let events: AuditEvent[] = []
let folder = ''
let inbox: Inbox
const running: LiveEngine[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  for await (const batch of readAudit(openSource('datasets/sample/audit.jsonl.gz')).events) events.push(...batch)
  events = events.slice(0, 1500)
})
afterAll(() => database.close())
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'auditweave-live-'))
  inbox = await Inbox.open(folder)
})
afterEach(async () => {
  for (const engine of running.splice(0)) await engine.stop()
  for (const { id } of await listWatches()) await removeWatch(id)
  await inbox.close()
  rmSync(folder, { recursive: true, force: true })
})

async function begin(options: Partial<EngineOptions> = {}): Promise<LiveEngine> {
  const engine = new LiveEngine({ folder, posts: false, limits: { age: Infinity }, ...options })
  running.push(engine)
  await engine.start()
  return engine
}

async function receive(some: readonly AuditEvent[]): Promise<void> {
  await inbox.accept(some.map((event) => ({ auditID: event.auditID, stage: event.stage ?? '', stageMicros: event.stageMicros, line: JSON.stringify({ ...event, receivedMicros: undefined, stageMicros: undefined }) })))
}

async function until(what: string, done: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 8000; !(await done()); await sleep(50)) if (Date.now() > end) throw new Error(`In vain: ${what}`)
}

const caughtUp = (engine: LiveEngine, lines: number) => until(`${lines} lines`, async () => engine.linked.items.length === lines && (await engine.update({ run: null, since: 0 })).status.behind === 0)
const watch = (query: string, name = query) => createWatch({ name, description: '', query, severity: 'high', enabled: true, notify: true })
/** What a query matches in the whole log, by its triggers' own words. */
const contextsOf = (log: readonly AuditEvent[]) => reconstruct(log.map((event) => extractFacts(event))).contexts

describe('the engine of live contexts', () => {
  it('finds what reconstruct finds, tells what changed, and draws and opens what it found', async () => {
    const engine = await begin()
    await receive(events.slice(0, 700))
    await caughtUp(engine, 700)
    const first = await engine.update({ run: null, since: 0 })
    expect(first).toMatchObject({ full: true, run: engine.run })
    expect(first.contexts.map(({ id }) => id).sort()).toEqual(contextsOf(events.slice(0, 700)).map(({ id }) => id).sort())
    await receive(events.slice(700))
    await caughtUp(engine, events.length)
    const wanted = contextsOf(events)
    expect(engine.linked.contexts).toEqual(wanted)
    const second = await engine.update({ run: engine.run, since: first.version })
    expect(second.full).toBe(false)
    const known = new Map([...first.contexts, ...second.contexts].map((line) => [line.id, line.events]))
    expect(known).toEqual(new Map(wanted.map(({ id, events: size }) => [id, size])))
    expect(second.status.minutes.reduce((sum, minute) => sum + minute.events, 0)).toBe(events.length)
    const largest = wanted.toSorted((a, b) => b.events - a.events)[0]
    const found = engine.find(largest?.id ?? '')
    const picture = found && (await drawPicture(found, engine.lines))
    expect(new Set(picture?.lines.auditID)).toEqual(new Set(largest?.members))
    const trial = await tryWatch('requestObject.kind == "DeleteOptions" or verb == "create"', engine)
    expect(trial).toMatchObject({ looked: wanted.length })
    expect(trial.matched).toBeGreaterThan(0)
  })

  it('raises each alert once, over a restart, and for what came while nobody looked', async () => {
    const { id } = await watch('verb == "create"')
    const half = events.slice(0, 800)
    await receive(half)
    const raised: string[] = []
    const first = await begin({ onAlerts: (alerts) => raised.push(...alerts.map(({ contextId }) => contextId)) })
    const matches = (log: readonly AuditEvent[]) => contextsOf(log).filter(({ trigger }) => trigger.verb === 'create').map((context) => context.id).sort()
    await until('alerts', () => raised.length === matches(half).length)
    await first.stop()
    await receive(events.slice(800))
    await begin({ onAlerts: (alerts) => raised.push(...alerts.map(({ contextId }) => contextId)) })
    await until('more alerts', () => raised.length >= matches(events).length)
    await sleep(300)
    expect(raised.sort()).toEqual(matches(events))
    const stored = (await listAlerts({ limit: 1000 })).filter((alert) => alert.watchId === id)
    expect(stored.map(({ contextId }) => contextId).sort()).toEqual(matches(events))
    const sizes = new Map(contextsOf(events).map((context) => [context.id, context.events]))
    expect(new Map(stored.map((alert) => [alert.contextId, alert.events]))).toEqual(new Map(matches(events).map((context) => [context, sizes.get(context)])))
  })

  it('shows a new watch what is held already, with bodies that were let go', async () => {
    const engine = await begin()
    await receive(events)
    await caughtUp(engine, events.length)
    const query = 'any(responseObject.kind == "Pod")'
    const trial = await tryWatch(query, engine)
    expect(trial.matched).toBeGreaterThan(0)
    const { id } = await watch(query)
    engine.watchesChanged()
    await until('alerts of the new watch', async () => (await listAlerts({ limit: 1000 })).filter((alert) => alert.watchId === id).length === trial.matched)
  })

  it('asks what may be lost again of contexts at rest only', async () => {
    const wanted = contextsOf(events)
    const half = events.slice(0, 700)
    const sizes = new Map(wanted.map(({ id, events: size }) => [id, size]))
    const [largest] = contextsOf(half).filter(({ id, events: size }) => size < (sizes.get(id) ?? 0)).toSorted((a, b) => b.events - a.events)
    const size = (largest?.events ?? 0) + 1
    const [bold, patient] = [await watch('size >= 1'), await watch(`size < ${size}`)]
    await receive(half)
    const engine = await begin({ quietMs: 2500 })
    const found = async (id: string) => (await listAlerts({ limit: 1000 })).filter((alert) => alert.watchId === id)
    await until('what is asked at once', async () => (await found(bold.id)).length === contextsOf(half).length)
    expect(await found(patient.id)).toEqual([])
    await receive(events.slice(700))
    await caughtUp(engine, events.length)
    const small = wanted.filter((context) => context.events < size)
    await until('contexts at rest', async () => (await found(patient.id)).length === small.length)
    expect(new Map((await found(patient.id)).map((alert) => [alert.contextId, alert.events]))).toEqual(new Map(small.map(({ id, events: all }) => [id, all])))
    expect((await found(patient.id)).map(({ contextId }) => contextId)).not.toContain(largest?.id)
  })

  it('asks it of contexts that leave before they come to rest', async () => {
    const { id } = await watch('not any(verb == "nothing")')
    const engine = await begin({ quietMs: Infinity, limits: { events: 300, age: Infinity } })
    await receive(events)
    const alerted = async () => (await listAlerts({ limit: 1000 })).filter((alert) => alert.watchId === id).map(({ contextId }) => contextId).sort()
    const held = async () => {
      const { status, contexts } = await engine.update({ run: null, since: 0 })
      return { behind: status.behind, open: status.open, closed: contexts.flatMap((context) => (context.closed ? [context.id] : [])).sort() }
    }
    await until('the end', async () => {
      const { behind, open, closed } = await held()
      return behind === 0 && open > 0 && closed.length > 0 && String(await alerted()) === String(closed)
    })
    expect((await alerted()).length).toBeGreaterThan(20)
  })

  it('holds no more than it may, and closes what leaves', async () => {
    await receive(events)
    const engine = await begin({ limits: { events: 300, age: Infinity } })
    await until('the end', async () => (await engine.update({ run: null, since: 0 })).status.behind === 0)
    await sleep(1500)
    const { status, contexts } = await engine.update({ run: null, since: 0 })
    expect(status.held).toBeLessThanOrEqual(300)
    expect(contexts.filter(({ closed }) => closed).length + status.open).toBe(contexts.length)
  })
})

describe('the webhook', () => {
  const posts: { readonly id: string; readonly key: string }[] = []
  let server: Server
  let answers: number[] = []
  beforeEach(async () => {
    posts.length = 0
    server = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => (text += chunk.toString()))
      request.on('end', () => {
        posts.push({ id: (JSON.parse(text) as { id: string }).id, key: String(request.headers['idempotency-key']) })
        response.writeHead(answers.shift() ?? 200, { location: 'http://127.0.0.1:1/' }).end('x'.repeat(1000))
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterEach(() => { server.close() })

  it('is told each alert, again after a failure, without following where it is sent', async () => {
    await watch('verb == "delete"', 'posted')
    answers = [500, 302]
    await receive(events)
    const ending = new AbortController()
    const engine = await begin({ posts: true })
    const posting = postAlerts(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ending.signal)
    await caughtUp(engine, events.length)
    const mine = async () => (await listAlerts({ limit: 1000 })).filter((alert) => alert.watch === 'posted')
    await until('two attempts that fail', async () => posts.length >= 2 && (await mine()).some(({ deliveryError }) => deliveryError === 'The webhook answered 500.'))
    await until('all sent', async () => (await mine()).length > 0 && (await mine()).every(({ delivery }) => delivery === 'sent'))
    ending.abort()
    await posting
    const alerts = await mine()
    expect(posts.length).toBe(alerts.length + 2)
    expect(new Set(posts.map(({ id }) => id))).toEqual(new Set(alerts.map(({ id }) => id)))
    expect(posts.every(({ id, key }) => id === key)).toBe(true)
    expect(await acknowledgeAlert(alerts[0]?.id ?? '', { by: 'ada', state: 'acknowledged' })).toMatchObject({ state: 'acknowledged', delivery: 'sent' })
  })
})
