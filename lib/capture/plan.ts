import { AuditweaveError } from '@/lib/audit/errors'
import { asObject } from '@/lib/audit/json'
import type { Campaign, Scene, Step } from './campaign'
import { Fillings } from './fill'
import type { TokenHome } from './label/sent'
import { CAMPAIGN_LABEL, campaignId, Names, tokenOf } from './names'
import { planRequest, type SceneContext } from './plan-request'
import { requestsOf, type Plan, type PlannedRequest, type PlannedScene, type PlannedStep, type PlannedUser } from './plan-types'
import type { ApiReference, ApiResource } from './reference'
import { sweepSteps } from './sweep/sweep-steps'
import type { ServedResource } from './sweep/served'

const MOST_REQUESTS = 20_000

export interface PlanOptions {
  readonly seed: number
  /** What the cluster serves, for campaigns that sweep over it. */
  readonly served: readonly ServedResource[]
}

/**
 * What a campaign comes to under a seed: every request with its path, body and expected label. Nothing is sent; the same seed plans the same.
 * @throws AuditweaveError 'bad-campaign', 'unsafe-campaign'
 */
export function planCampaign(campaign: Campaign, { seed, served }: PlanOptions): Plan {
  const id = campaignId(seed, campaign.name)
  const planner = new Planner(campaign, id, seed, served)
  const scenes = campaign.scenes.map((scene, i) => planner.scene(scene, i))
  return {
    id, seed, name: campaign.name, title: campaign.title, settle: campaign.settle, settleMost: campaign.settleMost, concurrency: campaign.concurrency, scenes,
    clusterKinds: [...planner.kinds.values()].filter((kind) => !kind.namespaced && kind.resource !== 'namespaces'),
    namespacedKinds: [...planner.kinds.values()].filter((kind) => kind.namespaced),
  }
}

/** Which scene each token of some plans belongs to. */
export function tokenHomes(plans: readonly Plan[]): Map<string, TokenHome> {
  const homes = new Map<string, TokenHome>()
  for (const { id, scenes } of plans) for (const { name: scene, names, namespaces } of scenes) for (const name of names) {
    const token = tokenOf(id, name)
    if (token !== null) homes.set(token, { scene, namespace: namespaces.includes(name) })
  }
  return homes
}

/** Requests of a whole plan, in order of scenes. */
export function allRequests(plan: Plan): readonly PlannedRequest[] {
  return plan.scenes.flatMap((scene) => requestsOf(scene.steps))
}

class Planner {
  readonly kinds = new Map<string, ApiResource>()
  readonly #names: Names
  #step = 0
  #planned = 0

  constructor(private readonly campaign: Campaign, private readonly id: string, seed: number, private readonly served: readonly ServedResource[]) {
    this.#names = new Names(id, seed)
  }

  scene(scene: Scene, index: number): PlannedScene {
    const usernames = new Map<string, string>()
    const fill = new Fillings(this.#names, scene.name, usernames)
    const users = this.#users(fill, usernames)
    const { agents } = this.campaign
    const context: SceneContext = { id: this.id, scene: `${this.campaign.name}/${scene.name}`, fill, agent: agents ? agents[index % agents.length] ?? null : null }
    const steps = scene.steps ?? sweepSteps(scene.sweep ?? {}, this.served)
    const tokens = new Set<string>()
    const namespaces = new Set<string>()
    const planned = steps.flatMap((step) => this.#steps(context, step, { users, tokens, namespaces }))
    const own = namespaces.has(fill.namespace) && !createsNamespace(planned, fill.namespace) ? [this.#namespace(context)] : []
    if (own.length > 0) namespaces.add(fill.namespace)
    return { name: context.scene, namespaces: [...namespaces], names: [...fill.given], users, steps: this.#numbered([...own, ...planned]) }
  }

  #numbered(steps: readonly PlannedStep[]): PlannedStep[] {
    const next = (request: PlannedRequest): PlannedRequest => ({ ...request, step: ++this.#step })
    return steps.map((step) => (step.kind === 'request' ? next(step) : step.kind === 'together' ? { ...step, requests: step.requests.map(next) } : step))
  }

  #users(fill: Fillings, usernames: Map<string, string>): Map<string, PlannedUser> {
    const users = new Map<string, PlannedUser>()
    for (const [key, user] of Object.entries(this.campaign.users ?? {})) {
      const account = 'serviceAccount' in user
      const name = account ? `system:serviceaccount:${fill.namespace}:${fill.name(user.serviceAccount)}` : fill.name(key)
      usernames.set(key, name)
      users.set(key, { name, groups: account ? null : (user.groups ?? []).map((group) => fill.text(`\${group:${group}}`)) })
    }
    return users
  }

  #namespace(context: SceneContext): PlannedStep {
    return this.#request(context, { create: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: '${ns}' } } })
  }

  #steps(context: SceneContext, step: Step, scene: { readonly users: ReadonlyMap<string, PlannedUser>; readonly tokens: Set<string>; readonly namespaces: Set<string> }): PlannedStep[] {
    if (step.pause !== undefined) return [{ kind: 'pause', seconds: step.pause }]
    const leaves = step.together ?? [step]
    const before = leaves.flatMap((leaf) => (leaf.as === undefined ? [] : this.#token(context, leaf.as, scene)))
    const requests: PlannedRequest[] = []
    for (const leaf of leaves) for (let i = 0; i < (leaf.times ?? 1); i++) requests.push(this.#noted(context, leaf, scene.namespaces))
    return [...before, ...(step.together ? [{ kind: 'together' as const, requests }] : requests)]
  }

  /** The token of a service account, before it is first used. */
  #token(context: SceneContext, key: string, { users, tokens }: { readonly users: ReadonlyMap<string, PlannedUser>; readonly tokens: Set<string> }): PlannedRequest[] {
    const user = users.get(key)
    if (!user) throw new AuditweaveError('bad-campaign', `Scene ${context.scene} acts as "${key}", whom the campaign's users do not list.`)
    if (user.groups !== null || tokens.has(key)) return []
    tokens.add(key)
    const account = user.name.split(':').at(-1) ?? ''
    const request = this.#request(context, { create: `serviceaccounts/${account}/token`, with: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } } })
    return [{ ...request, tokenFor: key }]
  }

  #noted(context: SceneContext, step: Step, namespaces: Set<string>): PlannedRequest {
    const request = this.#request(context, step)
    const namespace = /\/namespaces\/([^/?]+)/.exec(request.path)?.[1]
    if (namespace !== undefined && this.#ours(namespace)) namespaces.add(namespace)
    const made = asObject(asObject(request.body)?.metadata)?.name
    if (request.label?.resource === 'namespaces' && typeof made === 'string') namespaces.add(made)
    return request
  }

  #ours(namespace: string): boolean {
    return namespace.includes(`-${this.id}`)
  }

  #request(context: SceneContext, step: Step): PlannedRequest {
    if (++this.#planned > MOST_REQUESTS) throw new AuditweaveError('bad-campaign', `The campaign comes to more than ${MOST_REQUESTS} requests: split it.`)
    const { at, ...request } = planRequest(context, step)
    if (at !== null && request.writes && makes(request)) this.#keep(at)
    return { ...request, step: 0 }
  }

  #keep({ group, version, resource, namespaced }: ApiReference): void {
    this.kinds.set(`${group}/${resource}`, { group, version, resource, namespaced })
  }
}

/** Whether a request leaves an object behind that bears the campaign's label. */
function makes({ body }: Pick<PlannedRequest, 'body'>): boolean {
  const labels = asObject(asObject(asObject(body)?.metadata)?.labels)
  return labels !== null && CAMPAIGN_LABEL in labels
}

function createsNamespace(steps: readonly PlannedStep[], namespace: string): boolean {
  return requestsOf(steps).some(({ label, method, body }) => method !== 'GET' && label?.resource === 'namespaces' && asObject(asObject(body)?.metadata)?.name === namespace)
}
