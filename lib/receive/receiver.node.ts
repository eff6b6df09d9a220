import { createServer as createPlain, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecure, type ServerOptions } from 'node:https'
import { isAuditweaveError } from '@/lib/audit/errors'
import { readBody, TooLarge } from './body.node.ts'
import { readEventList, type ReceivedEvent } from './event-list'
import type { Inbox } from './inbox.node.ts'
import { Pulse, type PulseReport } from './pulse'
import { sameSecret } from './same-secret.node.ts'

export interface ReceiverOptions {
  readonly inbox: Inbox
  /** Asked as a bearer token of every request; null only where the server listens on this machine alone. */
  readonly token: string | null
  readonly tls?: Pick<ServerOptions, 'cert' | 'key' | 'ca'>
  readonly keepSecrets?: boolean
  /** Largest body, in bytes. */
  readonly maxBytes?: number
  /** Bytes of bodies in flight beyond which senders are asked to wait. */
  readonly maxInFlight?: number
  onRefused?(status: number, reason: string): void
}

const MAX_BYTES = 16 << 20
const MAX_IN_FLIGHT = 128 << 20
const RETRY_SECONDS = '5'

/** An audit webhook back end: answers 200 once a batch is on the disk, and anything else when nothing of it is kept. */
export class Receiver {
  readonly server: Server
  readonly #pulse = new Pulse()
  #inFlight = 0

  constructor(private readonly options: ReceiverOptions) {
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      this.#answer(request, response).catch((error: unknown) => this.#fail(response, error))
    }
    const { tls } = options
    this.server = tls ? createSecure({ ...tls, minVersion: 'TLSv1.2', ...(tls.ca ? { requestCert: true, rejectUnauthorized: true } : {}) }, answer) : createPlain(answer)
    this.server.headersTimeout = 10_000
    this.server.requestTimeout = 60_000
    this.server.maxHeadersCount = 64
  }

  pulse(): PulseReport {
    return this.#pulse.report(Date.now())
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0]
    if (request.method === 'GET' && path === '/healthz') return send(response, 200, 'ok')
    if (!this.#mayEnter(request)) return this.#refuse(request, response, 401, 'The request bears no valid token. Give it in the webhook\'s kubeconfig (users[].user.token).')
    if (request.method === 'GET' && path === '/status') return send(response, 200, JSON.stringify(this.pulse()), 'application/json')
    if (path !== '/' && path !== '/audit') return this.#refuse(request, response, 404, 'There is nothing here. Post batches to /audit.')
    if (request.method !== 'POST') return this.#refuse(request, response, 405, 'Batches are posted.')
    if (request.headers['content-encoding'] !== undefined) return this.#refuse(request, response, 415, 'Bodies come unpacked, as kube-apiserver sends them.')
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return this.#refuse(request, response, 415, 'The body must be application/json.')
    return this.#receive(request, response)
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { maxBytes = MAX_BYTES, maxInFlight = MAX_IN_FLIGHT, inbox, keepSecrets = false } = this.options
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced > maxBytes) return this.#refuse(request, response, 413, `The body is larger than ${maxBytes} bytes. Lower --audit-webhook-batch-max-size.`)
    if (this.#inFlight + announced > maxInFlight) return this.#later(request, response, 429, 'Too much is being received at once.')
    let counted = 0
    try {
      const body = await readBody(request, { maxBytes, onBytes: (bytes) => { counted += bytes; this.#inFlight += bytes } })
      const events = readEventList(body, { keepSecrets })
      const accepted = await inbox.accept(events)
      this.#pulse.batch({ ...accepted, ...stageTimes(events) }, Date.now())
      send(response, 200, JSON.stringify(accepted), 'application/json')
    } catch (error) {
      if (error instanceof TooLarge) return this.#refuse(request, response, 413, `The body is larger than ${maxBytes} bytes. Lower --audit-webhook-batch-max-size.`)
      if (isAuditweaveError(error) && (error.code === 'bad-batch' || error.code === 'too-deep')) return this.#refuse(request, response, 400, error.message)
      if (isAuditweaveError(error) && (error.code === 'inbox-full' || error.code === 'inbox-closed')) return this.#later(request, response, 503, error.message)
      throw error
    } finally {
      this.#inFlight -= counted
    }
  }

  #mayEnter(request: IncomingMessage): boolean {
    const { token } = this.options
    if (token === null) return true
    const given = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1]
    return given !== undefined && sameSecret(given, token)
  }

  #later(request: IncomingMessage, response: ServerResponse, status: number, reason: string): void {
    response.setHeader('retry-after', RETRY_SECONDS)
    this.#refuse(request, response, status, reason)
  }

  #refuse(request: IncomingMessage, response: ServerResponse, status: number, reason: string): void {
    this.#pulse.refuse()
    this.options.onRefused?.(status, reason)
    // The rest of a body that is not wanted is not read.
    if (!request.complete) response.setHeader('connection', 'close')
    send(response, status, reason)
  }

  #fail(response: ServerResponse, error: unknown): void {
    this.options.onRefused?.(500, error instanceof Error ? error.message : String(error))
    if (response.headersSent) response.destroy()
    else send(response, 500, 'The batch could not be received. Send it again.')
  }
}

function send(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
  response.end(body)
}

function stageTimes(events: readonly ReceivedEvent[]): { newestStageMicros: number | null; oldestStageMicros: number | null } {
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { stageMicros } of events) if (stageMicros !== null) [oldest, newest] = [Math.min(oldest, stageMicros), Math.max(newest, stageMicros)]
  return { oldestStageMicros: Number.isFinite(oldest) ? oldest : null, newestStageMicros: Number.isFinite(newest) ? newest : null }
}
