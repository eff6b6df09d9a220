import { randomUUID } from 'node:crypto'
import { Agent } from 'node:https'
import type { RequestOptions } from 'node:https'
import { asObject, asText } from '@/lib/audit/json'
import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { parseJson } from '@/lib/audit/parse-json'
import type { SentRequest } from '../label/sent'
import type { Method, PlannedUser } from '../plan-types'
import { exchange } from './exchange.node.ts'
import { readKubeconfig, type ClusterAddress } from './kubeconfig.node.ts'
import { Scrubber } from './scrubber'

export interface ClusterRequest {
  readonly method: Method
  readonly path: string
  readonly body?: JsonValue
  readonly contentType?: string | null
  readonly agent?: string | null
  /** Whom it is sent as; null for the kubeconfig's own user. */
  readonly as?: (PlannedUser & { readonly token: string | null }) | null
  readonly hold?: number | null
  readonly step?: number
  readonly scene?: string
  readonly label?: SentRequest['label']
}

export interface ClusterAnswer {
  readonly status: number
  readonly body: JsonObject | null
  /** What the server says for people, cut short. */
  readonly message: string
}

const LONGEST_MESSAGE = 300

/** A connection to one cluster. Every request bears an audit ID of our choice, and is written down before it is sent. */
export class Cluster {
  readonly sent: SentRequest[] = []
  #options: RequestOptions | null = null
  #bare: Agent | null = null

  private constructor(readonly address: ClusterAddress, readonly scrubber: Scrubber, private readonly agent: string) {}

  /** `agent` names the capture in the log. @throws AuditweaveError as `readKubeconfig` does */
  static async open(kubeconfig: string, context: string, agent: string): Promise<Cluster> {
    const scrubber = new Scrubber()
    return new Cluster(await readKubeconfig(kubeconfig, context, scrubber), scrubber, agent)
  }

  /** @throws AuditweaveError 'no-answer' */
  async send(request: ClusterRequest, signal: AbortSignal): Promise<ClusterAnswer> {
    const { method, path, body = null, contentType = null, as = null, hold = null } = request
    const auditID = randomUUID()
    const place = this.sent.push({ auditID, answeredID: null, step: request.step ?? null, scene: request.scene ?? 'own', method, path, label: request.label ?? null, status: null }) - 1
    const { options, authorization } = await this.#authenticate(as?.token ?? null)
    const agent = request.agent ?? (request.step === undefined ? this.agent : `${this.agent} step/${request.step}`)
    const headers: Record<string, string | readonly string[]> = {
      accept: 'application/json', 'user-agent': agent, 'audit-id': auditID, ...authorization,
      ...(contentType === null ? {} : { 'content-type': contentType }), ...impersonation(as),
    }
    const answer = await exchange({ method, url: this.address.server, path, headers, body: contentType === null ? null : JSON.stringify(body), hold, options, signal }).catch((error: Error) => { error.message = this.scrubber.clean(error.message); throw error })
    const answered = answer.headers['audit-id']
    this.sent[place] = { ...this.sent[place] as SentRequest, status: answer.status, answeredID: typeof answered === 'string' && answered.length <= 64 ? answered : null }
    const parsed = parseAnswer(answer.text)
    return { status: answer.status, body: parsed, message: this.scrubber.clean(asText(parsed?.message) ?? answer.text).slice(0, LONGEST_MESSAGE) }
  }

  /** The requests by every id that the log may hold them under. */
  sentById(): Map<string, SentRequest> {
    const byId = new Map<string, SentRequest>()
    for (const request of this.sent) {
      byId.set(request.auditID, request)
      if (request.answeredID !== null && !byId.has(request.answeredID)) byId.set(request.answeredID, request)
    }
    return byId
  }

  close(): void {
    this.#bare?.destroy()
    const agent = this.#options?.agent
    if (typeof agent === 'object') agent.destroy()
  }

  /** How to connect and what to say; tokens that a kubeconfig's command or file gives may change from request to request. */
  async #authenticate(token: string | null): Promise<{ options: RequestOptions; authorization: Record<string, string> }> {
    const fresh: RequestOptions = {}
    await this.address.config.applyToHTTPSOptions(fresh)
    this.#options ??= fresh
    if (fresh !== this.#options && typeof fresh.agent === 'object') fresh.agent.destroy()
    if (token !== null) return { options: this.#withoutCertificate(fresh), authorization: { authorization: `Bearer ${token}` } }
    const own = headerOf(fresh, 'authorization') ?? (fresh.auth ? `Basic ${Buffer.from(fresh.auth).toString('base64')}` : null)
    if (own !== null) this.scrubber.add(own.replace(/^\S+ /, ''))
    const agent = this.#options.agent
    return { options: agent === undefined ? {} : { agent }, authorization: own === null ? {} : { authorization: own } }
  }

  #withoutCertificate({ ca, servername, rejectUnauthorized }: RequestOptions): RequestOptions {
    if (this.address.server.protocol === 'http:') return {}
    this.#bare ??= new Agent({ keepAlive: true, ...(ca === undefined ? {} : { ca }), ...(servername === undefined ? {} : { servername }), ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }) })
    return { agent: this.#bare }
  }
}

function impersonation(user: ClusterRequest['as']): Record<string, string | readonly string[]> {
  if (!user || user.groups === null) return {}
  return { 'impersonate-user': user.name, ...(user.groups.length === 0 ? {} : { 'impersonate-group': user.groups }) }
}

function headerOf({ headers }: RequestOptions, name: string): string | null {
  for (const [key, value] of Object.entries(headers ?? {})) if (key.toLowerCase() === name && typeof value === 'string') return value
  return null
}

function parseAnswer(text: string): JsonObject | null {
  try {
    return asObject(parseJson(text))
  } catch {
    return null
  }
}
