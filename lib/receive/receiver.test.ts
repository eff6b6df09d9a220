import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request as plain, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as secure } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Inbox } from './inbox.node.ts'
import { Receiver, type ReceiverOptions } from './receiver.node.ts'

const TOKEN = 'a-token-of-some-length'
const event = (auditID: string): object => ({ level: 'Metadata', auditID, stage: 'ResponseComplete', verb: 'get', stageTimestamp: '2026-03-01T10:00:00.000000Z' })
const list = (...items: object[]): string => JSON.stringify({ kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items })

let folder = ''
let inbox: Inbox
let receiver: Receiver
const refused: number[] = []

async function begin(options: Partial<ReceiverOptions> = {}): Promise<void> {
  receiver = new Receiver({ inbox, token: TOKEN, onRefused: (status) => refused.push(status), ...options })
  receiver.server.listen(0, '127.0.0.1')
  await once(receiver.server, 'listening')
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'auditweave-receiver-'))
  inbox = await Inbox.open(folder)
  refused.length = 0
})
afterEach(async () => {
  receiver.server.closeAllConnections()
  receiver.server.close()
  await inbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const port = (): number => (receiver.server.address() as AddressInfo).port
const kept = (): string[] => readFileSync(path.join(folder, '00000001.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => (JSON.parse(line) as { auditID: string }).auditID)

interface Answer { readonly status: number; readonly body: string; readonly headers: IncomingHttpHeaders }

async function send(body: string | Buffer | null, options: RequestOptions & { readonly ca?: string } = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...(options.headers as Record<string, string> | undefined) }
  const call = (options.ca ? secure : plain)({ host: '127.0.0.1', port: port(), path: '/audit', method: 'POST', ...options, headers })
  call.end(body ?? undefined)
  const [response] = (await once(call, 'response')) as [IncomingMessage]
  response.setEncoding('utf8')
  let text = ''
  for await (const chunk of response as AsyncIterable<string>) text += chunk
  return { status: response.statusCode ?? 0, body: text, headers: response.headers }
}

describe('the receiver', () => {
  it('answers 200 when a batch is kept, and counts what comes again', async () => {
    await begin()
    expect(await send(list(event('a'), event('b')))).toMatchObject({ status: 200, body: '{"stored":2,"duplicates":0,"conflicting":0}' })
    expect(kept()).toEqual(['a', 'b'])
    expect(await send(list(event('b'), event('c')))).toMatchObject({ status: 200, body: '{"stored":1,"duplicates":1,"conflicting":0}' })
    const status = await send(null, { method: 'GET', path: '/status' })
    expect(JSON.parse(status.body)).toMatchObject({ batches: 2, events: 3, duplicates: 1, refused: 0, gaps: [] })
    expect((JSON.parse(status.body) as { lagSeconds: number }).lagSeconds).toBeGreaterThan(1000)
  })

  it.each([
    ['no token', { headers: { authorization: '' } }, list(event('x')), 401],
    ['another token', { headers: { authorization: `Bearer ${TOKEN}x` } }, list(event('x')), 401],
    ['another scheme', { headers: { authorization: `Basic ${TOKEN}` } }, list(event('x')), 401],
    ['the figures without a token', { method: 'GET', path: '/status', headers: { authorization: '' } }, null, 401],
    ['another path', { path: '/api/runs' }, list(event('x')), 404],
    ['another method', { method: 'PUT' }, list(event('x')), 405],
    ['another type', { headers: { 'content-type': 'text/plain' } }, list(event('x')), 415],
    ['a packed body', { headers: { 'content-encoding': 'gzip' } }, list(event('x')), 415],
    ['damaged JSON', {}, list(event('x')).slice(0, -2), 400],
    ['one event that is none among good ones', {}, list(event('x'), {}), 400],
    ['no UTF-8', {}, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400],
    ['an empty body', {}, '', 400],
    ['depth without end', {}, '['.repeat(100_000), 400],
  ])('refuses %s and keeps nothing of it', async (_, options, body, status) => {
    await begin()
    await send(list(event('first')))
    expect(await send(body, options)).toMatchObject({ status })
    expect(kept()).toEqual(['first'])
    expect(refused).toEqual([status])
  })

  it('takes a batch up to its limit and not a byte more, announced or not', async () => {
    const body = list(event('a'))
    await begin({ maxBytes: body.length })
    expect(await send(body)).toMatchObject({ status: 200 })
    expect(await send(`${list(event('b'))} `)).toMatchObject({ status: 413 })
    expect(await send(`${list(event('b'))} `, { headers: { 'transfer-encoding': 'chunked' } })).toMatchObject({ status: 413 })
    expect(kept()).toEqual(['a'])
  })

  it('takes the largest batch of kube-apiserver', async () => {
    await begin()
    const items = Array.from({ length: 160 }, (_, i) => ({ ...event(`big${i}`), requestObject: { text: 'x'.repeat(100_000) } }))
    expect(await send(list(...items))).toMatchObject({ status: 200, body: '{"stored":160,"duplicates":0,"conflicting":0}' })
  })

  it('keeps nothing of a batch whose sender breaks off', async () => {
    await begin()
    const body = list(event('cut'))
    const socket = connect(port(), '127.0.0.1')
    socket.write(`POST /audit HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, -5)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    expect(await send(list(event('a')))).toMatchObject({ status: 200 })
    expect(kept()).toEqual(['a'])
  })

  it('asks senders to wait when too much is under way', async () => {
    await begin({ maxInFlight: 100 })
    const answer = await send(list(event('a'), event('b')))
    expect(answer).toMatchObject({ status: 429 })
    expect(answer.headers['retry-after']).toBe('5')
  })

  it('asks senders to come again while it shuts down', async () => {
    await begin()
    await inbox.close()
    expect(await send(list(event('a')))).toMatchObject({ status: 503 })
    inbox = await Inbox.open(folder)
  })

  it('keeps many batches that come at once, each once', async () => {
    await begin()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => send(list(event(`e${i}`), event(`e${i + 1}`)))))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(kept().sort()).toEqual(Array.from({ length: 41 }, (_, i) => `e${i}`).sort())
  })

  it('says that it lives without a token, and nothing else', async () => {
    await begin()
    expect(await send(null, { method: 'GET', path: '/healthz', headers: { authorization: '' } })).toMatchObject({ status: 200, body: 'ok' })
  })
})

/** Makes the certificate; a machine without it shows the suite as skipped. */
const hasOpenssl = spawnSync('openssl', ['version']).status === 0

describe.skipIf(!hasOpenssl)('over TLS', () => {
  it('receives with a certificate, and where one is asked only from clients that have one', async () => {
    const file = (name: string): string => path.join(folder, name)
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', file('key.pem'), '-out', file('cert.pem')], { stdio: 'ignore' })
    const [cert, key] = [readFileSync(file('cert.pem')), readFileSync(file('key.pem'))]
    await begin({ tls: { cert, key }, token: null })
    expect(await send(list(event('a')), { ca: cert.toString() })).toMatchObject({ status: 200 })
    receiver.server.close()
    await begin({ tls: { cert, key, ca: cert }, token: null })
    await expect(send(list(event('b')), { ca: cert.toString() })).rejects.toThrow()
    const known = { ca: cert.toString(), cert: cert.toString(), key: key.toString() }
    expect(await send(list(event('c')), known)).toMatchObject({ status: 200 })
    expect(kept()).toEqual(['a', 'c'])
  })
})
