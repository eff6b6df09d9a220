import { setMaxListeners } from 'node:events'
import { AuditweaveError } from '@/lib/audit/errors'
import { asObject, asText } from '@/lib/audit/json'
import type { Campaign } from './campaign'
import type { Cluster } from './cluster/cluster.node.ts'
import { collect } from './collect/collection.node.ts'
import type { Collector } from './collect/collector.node.ts'
import type { LogPlace } from './collect/source.node.ts'
import { planCampaign } from './plan'
import type { Plan } from './plan-types'
import { pathOf, apiResource } from './reference'
import { CleanUp, type CleanReport, type Leftover } from './run/clean-up.node.ts'
import { discover } from './run/discover.node.ts'
import { SceneRunner, type SceneRun, type Surprise } from './run/scene.node.ts'
import { writeDataset, type WrittenDataset } from './dataset/write-dataset.node.ts'

export interface CaptureOptions {
  readonly campaigns: readonly Campaign[]
  readonly seed: number
  readonly cluster: Cluster
  readonly log: LogPlace
  /** An empty folder for the data set. */
  readonly folder: string
  readonly keepSecrets: boolean
  /** Campaigns that run at the same time. */
  readonly concurrency: number
  /** Ends the capture; what was made is removed first. */
  readonly signal: AbortSignal
  /** Progress, for people. */
  tell(message: string): void
  onStep?(done: number, of: number): void
}

export interface CaptureReport {
  readonly dataset: WrittenDataset
  readonly surprises: readonly Surprise[]
  /** Changes before which a scene did not come to rest. */
  readonly restless: number
  readonly left: readonly Leftover[]
}

interface Ground { readonly version: string; readonly node: string }

const CLEAN_SECONDS = 180
const LAST_SECONDS = 10
const NAMESPACES = apiResource('', 'namespaces')

/**
 * Plays campaigns on a cluster while its audit log is collected, cleans up, and writes the log with its labels.
 * @throws AuditweaveError 'namespace-exists', 'interrupted', 'left-behind', and what connecting and collecting throw; everything made is removed before
 */
export async function capture(options: CaptureOptions): Promise<CaptureReport> {
  const { cluster, signal, campaigns, seed } = options
  const ground = await survey(cluster, signal)
  const served = campaigns.some(({ scenes }) => scenes.some(({ sweep }) => sweep !== undefined)) ? await discover(cluster, signal) : []
  const plans = campaigns.map((campaign) => planCampaign(campaign, { seed, served }))
  for (const plan of plans) options.tell(`Campaign ${plan.name} runs as ${plan.id}.`)
  await refuseExisting(plans, cluster, signal)
  const collection = await collect(plans, options)
  try {
    const outcome = await new Stage(plans, collection.collector, ground, options).play()
    await collection.finish()
    if (signal.aborted) throw new AuditweaveError('interrupted', 'The capture was interrupted. What it had made was removed; no data set was written.')
    const dataset = await writeDataset({ folder: options.folder, spool: collection.spool, collector: collection.collector, sent: cluster.sentById(), sentList: cluster.sent.slice(collection.since), plans, version: ground.version, source: options.log.kind, keepSecrets: options.keepSecrets, scrubber: cluster.scrubber, surprises: outcome.surprises, restless: outcome.restless })
    return { dataset, ...outcome }
  } finally {
    await collection.discard()
  }
}

/** Where we are: a version for the card, a node to read from. */
async function survey(cluster: Cluster, signal: AbortSignal): Promise<Ground> {
  const version = await cluster.send({ method: 'GET', path: '/version' }, signal)
  if (version.status === 401 || version.status === 403) throw new AuditweaveError('refused', `${cluster.address.server.host} does not let us in (${version.status}): ${version.message}`)
  const { body } = await cluster.send({ method: 'GET', path: '/api/v1/nodes?limit=1' }, signal)
  const first = Array.isArray(body?.items) ? asText(asObject(asObject(body.items[0])?.metadata)?.name) : null
  return { version: clip(asText(version.body?.gitVersion), /^[\w.+-]{1,60}$/) ?? 'unknown', node: clip(first, /^[a-z0-9][a-z0-9.-]{0,252}$/) ?? 'no-such-node' }
}

function clip(text: string | null, form: RegExp): string | null {
  return text !== null && form.test(text) ? text : null
}

/** A namespace that is there already is not ours, even if it bears our label: it may be of a capture that runs or was killed. */
async function refuseExisting(plans: readonly Plan[], cluster: Cluster, signal: AbortSignal): Promise<void> {
  for (const { id, scenes } of plans) for (const { namespaces } of scenes) for (const name of namespaces) {
    const { status } = await cluster.send({ method: 'GET', path: pathOf(NAMESPACES, { namespace: null, name }) }, signal)
    if (status === 404) continue
    if (status === 403) throw new AuditweaveError('refused', `We may not read namespaces on ${cluster.address.server.host}: a capture needs to make and remove them.`)
    throw new AuditweaveError('namespace-exists', `The namespace ${name} exists already (${status}). If it is of a capture that was killed, remove it with auditweave capture --clean --campaign-id ${id}; else choose another --seed.`)
  }
}

/** Plays campaigns, some side by side, and removes what each has made when it has ended, however it ended. */
class Stage {
  readonly #surprises: Surprise[] = []
  readonly #left: Leftover[] = []
  #restless = 0
  #done = 0
  readonly #total: number
  /** Ends the others when one fails. */
  readonly #abort = new AbortController()
  readonly #signal: AbortSignal

  constructor(private readonly plans: readonly Plan[], private readonly collector: Collector, private readonly ground: Ground, private readonly options: CaptureOptions) {
    this.#total = plans.reduce((sum, { scenes }) => sum + scenes.reduce((all, { steps }) => all + steps.length, 0), 0)
    this.#signal = AbortSignal.any([options.signal, this.#abort.signal])
    // every request under way listens
    setMaxListeners(0, this.#signal, options.signal)
  }

  async play(): Promise<{ surprises: Surprise[]; restless: number; left: Leftover[] }> {
    await inPool(this.plans, this.options.concurrency, (plan) => this.#campaign(plan))
    return { surprises: this.#surprises, restless: this.#restless, left: this.#left }
  }

  async #campaign(plan: Plan): Promise<void> {
    if (this.#signal.aborted) return
    try {
      await inPool(plan.scenes, plan.concurrency, async (scene) => {
        if (this.#signal.aborted) return
        const runner = new SceneRunner(scene, this.#run(plan))
        await runner.play()
        this.#surprises.push(...runner.surprises)
        this.#restless += runner.restless
      })
      for (const { name } of plan.scenes) await this.collector.rest(name, { quiet: plan.settle, most: plan.settleMost, sent: [], signal: this.#signal })
    } catch (error) {
      if (!this.options.signal.aborted) this.#abort.abort()
      if (!this.options.signal.aborted) throw error
    } finally {
      await this.#clean(plan)
      // the last lines about what was removed belong to it
      for (const { name } of plan.scenes) await this.collector.rest(name, { quiet: plan.settle, most: LAST_SECONDS, sent: [], signal: this.options.signal })
    }
  }

  #run(plan: Plan): SceneRun {
    return { cluster: this.options.cluster, collector: this.collector, plan, node: this.ground.node, signal: this.#signal, onRequest: () => this.options.onStep?.(++this.#done, this.#total) }
  }

  async #clean(plan: Plan): Promise<void> {
    const again = `Remove it with auditweave capture --clean --campaign-id ${plan.id}.`
    const { left } = await removeCampaign(this.options.cluster, plan.id, { cluster: plan.clusterKinds, namespaced: plan.namespacedKinds }).catch((error: unknown) => {
      throw new AuditweaveError('left-behind', `Campaign ${plan.name} could not be cleaned up: ${error instanceof Error ? error.message : String(error)} ${again}`, { cause: error })
    })
    this.#left.push(...left)
    if (left.length > 0) this.options.tell(`Of ${plan.name} is left: ${left.map(({ resource, name, why }) => `${resource} ${name} (${why})`).join(', ')}. ${again}`)
  }
}

/** Removes a campaign's objects; goes on whatever else has been asked to end. */
export function removeCampaign(cluster: Cluster, id: string, kinds: ConstructorParameters<typeof CleanUp>[2], seconds = CLEAN_SECONDS): Promise<CleanReport> {
  return new CleanUp(cluster, id, kinds, new AbortController().signal).run(seconds)
}

/** The first failure is thrown when all have ended, so that none runs on unseen. */
async function inPool<T>(items: readonly T[], size: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const failures: unknown[] = []
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item).catch((error: unknown) => { failures.push(error); waiting.length = 0 })
  }))
  if (failures.length > 0) throw failures[0]
}
