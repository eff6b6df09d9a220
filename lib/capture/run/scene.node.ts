import { setMaxListeners } from 'node:events'
import { AuditweaveError } from '@/lib/audit/errors'
import { asObject, asText } from '@/lib/audit/json'
import type { Cluster, ClusterAnswer } from '../cluster/cluster.node.ts'
import type { Collector } from '../collect/collector.node.ts'
import type { Plan, PlannedRequest, PlannedScene, PlannedStep } from '../plan-types'
import { isMet } from './until'
import { pause } from './pause'

/** A request that was answered otherwise than planned. */
export interface Surprise { readonly scene: string; readonly step: number; readonly title: string; readonly status: number; readonly message: string }

export interface SceneRun {
  readonly cluster: Cluster
  readonly collector: Collector
  readonly plan: Plan
  /** Stands in for `${node}`. */
  readonly node: string
  readonly signal: AbortSignal
  onRequest(request: PlannedRequest, status: number): void
}

const POLL_MS = 500
/** A change that was given up half way might come about after the cleaning up: it is waited for. */
const UNINTERRUPTED = new AbortController().signal
setMaxListeners(0, UNINTERRUPTED)

/** Carries the steps of one scene out, one after another, each change after the scene has come to rest. */
export class SceneRunner {
  readonly surprises: Surprise[] = []
  /** Changes before which the scene did not come to rest in time. */
  restless = 0
  readonly #tokens = new Map<string, string>()
  readonly #written: string[] = []

  constructor(private readonly scene: PlannedScene, private readonly run: SceneRun) {}

  /** @throws AuditweaveError 'namespace-exists', 'no-answer' */
  async play(): Promise<void> {
    for (const step of this.scene.steps) {
      if (this.run.signal.aborted) return
      await this.#step(step)
    }
  }

  async #step(step: PlannedStep): Promise<void> {
    if (step.kind === 'pause') return pause(step.seconds * 1000, this.run.signal)
    const requests = step.kind === 'together' ? step.requests : [step]
    if (requests.some(({ writes }) => writes)) await this.#rest(requests)
    await Promise.all(requests.map((request) => this.#request(request)))
  }

  async #rest(requests: readonly PlannedRequest[]): Promise<void> {
    if (this.#written.length === 0) return
    const { plan, collector, signal } = this.run
    const told = requests.map(({ settle }) => settle).filter((seconds) => seconds !== null)
    const quiet = told.length > 0 ? Math.max(...told) : plan.settle
    if (!(await collector.rest(this.scene.name, { quiet, most: plan.settleMost, sent: this.#written, signal }))) this.restless++
    this.#written.length = 0
  }

  async #request(request: PlannedRequest): Promise<void> {
    const until = request.until === null ? null : Date.now() + request.until.most * 1000
    for (;;) {
      const answer = await this.#send(request)
      const met = request.until === null || isMet(request.until.condition, answer)
      if (met || until === null || Date.now() >= until || this.run.signal.aborted) return this.#look(request, answer, met)
      await pause(POLL_MS, this.run.signal)
    }
  }

  async #send(request: PlannedRequest): Promise<ClusterAnswer> {
    const { cluster, signal, node } = this.run
    const user = request.as === null ? null : this.scene.users.get(request.as) ?? null
    const as = user === null ? null : { ...user, token: user.groups === null ? this.#tokens.get(request.as ?? '') ?? null : null }
    // without its token a service account would be the kubeconfig's own user, who is somebody else
    if (as !== null && as.groups === null && as.token === null) throw new AuditweaveError('no-token', `Scene ${request.scene}: no token was given for ${as.name}, so that step ${request.step} cannot be carried out.`)
    const before = cluster.sent.length
    const answer = await cluster.send({ ...request, path: request.path.replaceAll('${node}', node), as }, request.writes && request.hold === null ? UNINTERRUPTED : signal)
    if (request.writes) this.#written.push(...cluster.sent.slice(before).filter(({ step }) => step === request.step).map(({ auditID, answeredID }) => answeredID ?? auditID))
    this.run.onRequest(request, answer.status)
    return answer
  }

  #look(request: PlannedRequest, { status, body, message }: ClusterAnswer, met: boolean): void {
    if (request.label?.resource === 'namespaces' && request.method === 'POST' && status === 409) throw new AuditweaveError('namespace-exists', `The cluster has a namespace already that the campaign would make (${request.title}). Nothing of it was touched; choose another --seed.`)
    if (request.label?.subresource === 'token') this.#keepToken(request.tokenFor, asText(asObject(body?.status)?.token))
    const expected = request.expect === null ? status === 101 || (status >= 200 && status < 300) : request.expect.includes(status)
    if (expected && met) return
    this.surprises.push({ scene: request.scene, step: request.step, title: request.title, status, message: met ? message : `what it waited for did not come within ${request.until?.most ?? 0} s` })
  }

  /** Known to the scrubber whoever it is for. */
  #keepToken(user: string | null, token: string | null): void {
    this.run.cluster.scrubber.add(token)
    if (user !== null && token !== null) this.#tokens.set(user, token)
  }
}
