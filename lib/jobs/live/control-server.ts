import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isAuditweaveError } from '@/lib/audit/errors'
import { isQueryError } from '@/lib/query'
import { sameSecret } from '@/lib/receive/same-secret.node.ts'
import type { LiveEngine } from './engine'
import { contextOfAlert, drawPicture } from './pictures'
import { tryWatch } from './try-watch'
import { eventOf } from './read-item'
import type { Control } from './live-files'

const BODY_BYTES = 64 * 1024

/** Answers the other processes of this data folder, on this machine alone and only with the token of the control file. */
export class ControlServer {
  readonly #server: Server
  readonly #token = randomBytes(24).toString('base64url')

  constructor(private readonly engine: LiveEngine) {
    this.#server = createServer((request, response) => {
      this.#answer(request).then((value) => send(response, value === null ? 404 : 200, value), (error: unknown) => send(response, ...refusal(error)))
    })
  }

  async listen(): Promise<Control> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return { port: (this.#server.address() as AddressInfo).port, token: this.#token, pid: process.pid }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (!sameSecret(given, this.#token)) throw new Refused(401)
    const url = new URL(request.url ?? '/', 'http://control')
    const [, what, id = '', part = '', seq = ''] = url.pathname.split('/').map(decodeURIComponent)
    if (request.method === 'POST' && what === 'try') return tryWatch(await readText(request), this.engine)
    if (request.method !== 'GET') throw new Refused(405)
    if (what === 'update') return this.engine.update({ run: url.searchParams.get('run'), since: Number(url.searchParams.get('since')) || 0 })
    if (what === 'contexts' && part === '') return this.engine.line(id)
    if (what === 'contexts' && part === 'picture') return this.#picture(id)
    if (what === 'contexts' && part === 'lines') return this.#line(id, Number(seq))
    return null
  }

  async #picture(id: string): Promise<unknown> {
    const found = this.engine.find(id) ?? (await contextOfAlert(id, this.engine.lines))
    return found && drawPicture(found, this.engine.lines)
  }

  /** A line of this context and of no other. */
  async #line(id: string, seq: number): Promise<unknown> {
    const found = this.engine.find(id) ?? (await contextOfAlert(id, this.engine.lines))
    const line = found?.lines.find((one) => one.seq === seq)
    const [text] = line ? await this.engine.lines.pick([seq]) : []
    return line && text ? { event: eventOf(text), raw: text.text, links: line.record.links, role: line.record.role, context: id } : null
  }
}

class Refused extends Error {
  constructor(readonly status: number) {
    super('Refused.')
  }
}

function refusal(error: unknown): [number, unknown] {
  if (error instanceof Refused) return [error.status, { error: { code: 'refused', message: error.message } }]
  if (isQueryError(error)) return [400, { error: { code: 'bad-query', message: error.message } }]
  if (isAuditweaveError(error)) return [422, { error: { code: error.code, message: error.message } }]
  return [500, { error: { code: 'internal', message: error instanceof Error ? error.message : String(error) } }]
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if ((bytes += chunk.length) > BODY_BYTES) throw new Refused(413)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' })
  response.end(body)
}
