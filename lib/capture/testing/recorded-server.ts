import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { proposedTruth, type ServerTruth } from './truth'
import { resourcesByTable } from '../sweep/served'
import { Api } from './api'
import { AuditWriter, type AuditTarget, type Who } from './audit-writer'
import { Clock, NODES } from './component'
import { Pods } from './pods'
import { requestInfo } from './request-info'
import { Surroundings } from './surroundings'
import { Workloads } from './workloads'

export interface ServerOptions {
  readonly audit: AuditTarget
  /** The bearer token that the kubeconfig's user has. */
  readonly token: string
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer; readonly ca: Buffer }
  /** Answers of somebody who means harm; null leaves the answer to the API. */
  hostile?(method: string, uri: string): { readonly status: number; readonly body: string; readonly headers?: Record<string, string> } | null
}

/** Whom a client certificate or the token stands for. */
const ADMIN: Who = { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] }

/** A stand-in for a cluster: an API server with objects in memory, controllers that follow what happens, and an audit log whose truth it knows. */
export class RecordedServer {
  readonly api: Api
  readonly clock = new Clock()
  readonly writer: AuditWriter
  /** Authorization headers as they came. */
  readonly calls: { readonly method: string; readonly uri: string; readonly authorization: string | null }[] = []
  readonly #server: ReturnType<typeof createPlain>

  private constructor(private readonly options: ServerOptions) {
    this.writer = new AuditWriter(options.audit)
    this.api = new Api(this.writer)
    const answer = (request: IncomingMessage, response: ServerResponse): void => { this.#answer(request, response).catch(() => response.destroy()) }
    this.#server = options.tls ? createSecure({ ...options.tls, requestCert: true, rejectUnauthorized: false }, answer) : createPlain(answer)
    this.#server.on('upgrade', (request: IncomingMessage, socket) => {
      this.#log(request, null, 101, null)
      const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
      socket.on('error', () => {})
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n`)
    })
    const [workloads, pods, surroundings] = [new Workloads(this.api, this.clock), new Pods(this.api, this.clock), new Surroundings(this.api, this.clock)]
    this.api.onChange((change) => { workloads.on(change); pods.on(change); surroundings.on(change) })
    for (const name of NODES) {
      this.api.objects.add('', 'nodes', '', { kind: 'Node', apiVersion: 'v1', metadata: { name } })
      this.api.objects.add('coordination.k8s.io', 'leases', 'kube-node-lease', { kind: 'Lease', apiVersion: 'coordination.k8s.io/v1', metadata: { name } })
    }
    for (const name of ['default', 'kube-system', 'elsewhere']) this.api.objects.add('', 'namespaces', '', { kind: 'Namespace', apiVersion: 'v1', metadata: { name } })
    this.api.objects.add('storage.k8s.io', 'storageclasses', '', { kind: 'StorageClass', apiVersion: 'storage.k8s.io/v1', metadata: { name: 'standard' } })
    surroundings.beat()
  }

  static async start(options: ServerOptions): Promise<RecordedServer> {
    const server = new RecordedServer(options)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get url(): string {
    return `${this.options.tls ? 'https' : 'http'}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** What is right of every request logged so far. */
  truth(): ServerTruth[] {
    return proposedTruth(this.writer)
  }

  /** Objects that bear some text anywhere: what a capture has left behind. */
  traces(text: string): string[] {
    return this.api.objects.all().filter(({ body }) => JSON.stringify(body).includes(text)).map(({ resource, body }) => `${resource} ${JSON.stringify(body.metadata)}`)
  }

  async stop(): Promise<void> {
    this.clock.stop()
    await this.writer.flush()
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method, uri] = [request.method ?? 'GET', request.url ?? '/']
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    this.calls.push({ method, uri, authorization: request.headers.authorization ?? null })
    const hostile = this.options.hostile?.(method, uri) ?? null
    if (hostile) return end(response, hostile.status, hostile.body, hostile.headers)
    const user = this.#who(request)
    if (!user) return end(response, 401, JSON.stringify({ kind: 'Status', status: 'Failure', message: 'Unauthorized', code: 401 }))
    const info = requestInfo(method, uri)
    const auditID = idOf(request) ?? this.writer.newId()
    if (info === null) return this.#plain(request, response, uri, auditID)
    const body = text === '' ? null : (JSON.parse(text) as JsonValue)
    const reply = this.api.call({ info, uri, user, impersonated: impersonated(request), agent: request.headers['user-agent'] ?? '', body, contentType: request.headers['content-type'] ?? '', auditID, cause: 'self' })
    end(response, reply.status, JSON.stringify(reply.body), { 'audit-id': reply.auditID })
  }

  /** Discovery and the like. */
  #plain(request: IncomingMessage, response: ServerResponse, uri: string, auditID: string): void {
    const [path = ''] = uri.split('?')
    const document = discovery(path)
    this.#log(request, auditID, document ? 200 : 404, null)
    end(response, document ? 200 : 404, JSON.stringify(document ?? {}), { 'audit-id': auditID })
  }

  #log(request: IncomingMessage, given: string | null, status: number, body: JsonValue): void {
    const [method, uri, now] = [request.method ?? 'GET', request.url ?? '/', this.writer.now()]
    const [auditID, info] = [given ?? idOf(request) ?? this.writer.newId(), requestInfo(method, uri)]
    this.writer.write({ auditID, info, verb: info?.verb ?? method.toLowerCase(), uri, user: this.#who(request) ?? ADMIN, impersonated: impersonated(request), agent: request.headers['user-agent'] ?? '', status, request: null, response: body, received: now, until: this.writer.now(), stage: 'ResponseComplete', cause: info ? auditID : null })
  }

  #who(request: IncomingMessage): Who | null {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (token === this.options.token) return ADMIN
    const account = /^token-of-(.+)-([^-]+-[^-]+)-[^-]+$/.exec(token ?? '')
    if (account) return { username: `system:serviceaccount:${account[1]}:${account[2]}`, groups: ['system:serviceaccounts', 'system:authenticated'] }
    const socket = request.socket as { authorized?: boolean }
    return token === undefined && socket.authorized === true ? ADMIN : null
  }
}

function impersonated({ headers }: IncomingMessage): Who | null {
  const name = headers['impersonate-user']
  const groups = headers['impersonate-group']
  return typeof name === 'string' ? { username: name, groups: [...[groups ?? []].flat().flatMap((group) => group.split(', ')), 'system:authenticated'] } : null
}

function idOf({ headers }: IncomingMessage): string | null {
  const id = headers['audit-id']
  return typeof id === 'string' && id.length <= 64 ? id : null
}

function end(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body)
}

function discovery(path: string): JsonObject | null {
  if (path === '/version') return { gitVersion: 'v1.30.0' }
  if (['/healthz', '/livez', '/readyz'].includes(path)) return {}
  const served = resourcesByTable()
  if (path === '/apis') return { kind: 'APIGroupList', groups: [...new Set(served.map(({ group }) => group))].filter(Boolean).map((name) => ({ name, preferredVersion: { version: served.find(({ group }) => group === name)?.version ?? 'v1' } })) }
  const [, group] = /^\/apis\/([^/]+)\/[^/]+$/.exec(path) ?? []
  if (path !== '/api/v1' && group === undefined) return null
  return { kind: 'APIResourceList', resources: served.filter((one) => one.group === (group ?? '')).map(({ resource, subresource, namespaced, verbs }) => ({ name: subresource === '' ? resource : `${resource}/${subresource}`, namespaced, verbs: [...verbs], kind: 'Thing' })) }
}
