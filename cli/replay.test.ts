import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../bin/auditweave.mjs', import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'auditweave-replay-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Sent { readonly auditID: string; readonly stage: string; readonly requestReceivedTimestamp: string; readonly requestObject?: unknown }
interface Batch { readonly at: number; readonly token: string | undefined; readonly items: readonly Sent[] }

/** A receiver that answers as told, then takes everything. */
let batches: Batch[] = []
let refused: Batch[] = []
let answers: number[] = []
let server: Server
beforeEach(async () => {
  ;[batches, refused, answers] = [[], [], []]
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { items } = JSON.parse(Buffer.concat(parts).toString()) as { items: Sent[] }
      const status = answers.shift() ?? 200
      ;(status === 200 ? batches : refused).push({ at: performance.now(), token: request.headers.authorization, items })
      response.writeHead(status).end(status === 200 ? JSON.stringify({ stored: items.length, duplicates: 0 }) : 'not now')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return () => { server.close() }
})

const START = Date.UTC(2026, 0, 2, 3, 4, 5)
const time = (at: number): string => new Date(at).toISOString().replace('Z', '000Z')

/** Requests some milliseconds apart, each logged when it was received and when it was answered. */
function log(name: string, requests: number, apart: number): { readonly file: string; readonly ids: string[] } {
  const lines = Array.from({ length: requests }, (_, n) => ['RequestReceived', 'ResponseComplete'].map((stage, i) => ({
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Request', auditID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, stage, requestURI: `/api/v1/namespaces/shop/configmaps/c${n}`, verb: 'create', user: { username: 'erin' },
    objectRef: { resource: 'configmaps', namespace: 'shop', name: `c${n}`, apiVersion: 'v1' }, requestObject: { data: { n: String(n) } }, requestReceivedTimestamp: time(START + n * apart), stageTimestamp: time(START + n * apart + i),
  }))).flat()
  const file = path.join(folder, name)
  writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)
  return { file, ids: lines.map(({ auditID, stage }) => `${auditID} ${stage}`) }
}

async function replay(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/audit`
  const child = spawn(process.execPath, [BIN, 'replay', ...args, ...(args.includes('--to') ? [] : ['--to', to])], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (part: Buffer) => { stdout += part.toString() })
  child.stderr.on('data', (part: Buffer) => { stderr += part.toString() })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

const sent = (): Sent[] => batches.flatMap(({ items }) => items)
const names = (events: readonly Sent[]): string[] => events.map(({ auditID, stage }) => `${auditID} ${stage}`)

describe('replay', () => {
  it('sends every event once, in order, in batches of at most 400, as happening now under ids of its own', async () => {
    const { file, ids } = log('long.jsonl', 600, 100)
    const began = Date.now()
    const { code, stdout, stderr } = await replay([file, '--speed', 'max', '--json'])
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({ sent: 1200, stored: 1200, duplicates: 0 })
    expect(Math.max(...batches.map(({ items }) => items.length))).toBeLessThanOrEqual(400)
    const events = sent()
    expect(events.map(({ requestObject }) => requestObject)).toEqual(ids.map((_, i) => ({ data: { n: String(Math.floor(i / 2)) } })))
    expect(new Set(names(events)).size).toBe(1200)
    // Both stages of a request keep one id, which is not the one in the log.
    expect(events.every((event, i) => event.auditID === events[i - (i % 2)]?.auditID)).toBe(true)
    expect(names(events).filter((name) => ids.includes(name))).toEqual([])
    const times = events.map(({ requestReceivedTimestamp }) => Date.parse(requestReceivedTimestamp))
    expect(times[0]).toBeGreaterThanOrEqual(began)
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe(599 * 100)
  })

  it('leaves times and ids alone where it is told to, and sends its token', async () => {
    const { file, ids } = log('kept.jsonl', 5, 10)
    const { code } = await replay([file, '--speed', 'max', '--keep-times'], { AUDITWEAVE_RECEIVE_TOKEN: 'a-token-of-the-test' })
    expect(code).toBe(0)
    expect(names(sent())).toEqual(ids)
    expect(sent()[2]?.requestReceivedTimestamp).toBe('2026-01-02T03:04:05.010000Z')
    expect(new Set(batches.map(({ token }) => token))).toEqual(new Set(['Bearer a-token-of-the-test']))
  })

  it('sends a batch again that is refused for the moment, and none out of its turn', async () => {
    answers = [429, 503, 500]
    const { file, ids } = log('again.jsonl', 3, 10)
    const { code } = await replay([file, '--speed', 'max', '--keep-times'])
    expect(code).toBe(0)
    expect(names(sent())).toEqual(ids)
    expect(refused.map(({ items }) => names(items))).toEqual([1, 2, 3].map(() => names(batches[0]?.items ?? [])))
  })

  it('keeps the pace that it is asked for', async () => {
    const { file } = log('pace.jsonl', 2, 60_000)
    const { code } = await replay([file, '--speed', '40'])
    expect(code).toBe(0)
    // A minute at forty times its speed is 1.5 s; the first batch is gathered for half a second at most.
    expect((batches.at(-1)?.at ?? 0) - (batches[0]?.at ?? 0)).toBeGreaterThan(900)
  })

  it('gives up on what is refused for good, and says how far it got', async () => {
    answers = [200, 401]
    const { code, stderr } = await replay([log('refused.jsonl', 300, 1).file, '--speed', 'max'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/did not take a batch of \d+ events: 401 not now 400 events were kept before\./)
    expect(refused).toHaveLength(1)
  })

  it.each([
    [['--to', 'somewhere'], 2, /--to somewhere is no address: give one such as http/], [['--to', 'file:///etc/passwd'], 2, /is no address/], [['--speed', '0'], 2, /Give a number above 0, or max/],
  ] as const)('refuses %j', async (args, wanted, message) => {
    const { code, stderr } = await replay([log('tiny.jsonl', 1, 1).file, ...args])
    expect({ code, told: message.test(stderr) ? '' : stderr }).toEqual({ code: wanted, told: '' })
    expect(batches).toEqual([])
  })

  it('names a log that is not there', async () => {
    const { code, stderr } = await replay([path.join(folder, 'nowhere.jsonl')])
    expect([code, stderr.includes('There is no file')]).toEqual([1, true])
  })
})
