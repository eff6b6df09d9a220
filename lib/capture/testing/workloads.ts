import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asNumber, asObject, asText } from '@/lib/audit/json'
import type { Api, Change } from './api'
import { Component, type Clock } from './component'
import { isEnding, metaOf, nameOf, namespaceOf, uidOf } from './objects'

const SETS: Readonly<Record<string, readonly [controller: string, group: string]>> = { replicasets: ['replicaset-controller', 'apps'], statefulsets: ['statefulset-controller', 'apps'], daemonsets: ['daemon-set-controller', 'apps'], jobs: ['job-controller', 'batch'] }
/** A cron job's minute. */
const TURN_MS = 500

/** Controllers of workloads: each follows from a change, and hands the change's trigger on. */
export class Workloads {
  constructor(private readonly api: Api, private readonly clock: Clock) {}

  on({ kind, group, resource, body, cause, specChanged }: Change): void {
    const fresh = kind === 'added' || (kind === 'changed' && specChanged)
    if (group === 'apps' && resource === 'deployments' && fresh) this.clock.later(8, () => this.#rollOut(nameOf(body), namespaceOf(body), cause))
    else if (resource in SETS && fresh && !isEnding(body)) this.clock.later(6, () => this.#fill(resource, nameOf(body), namespaceOf(body), cause))
    else if (resource === 'cronjobs' && kind === 'added') this.#turn(body, cause)
    if (resource === 'pods' && kind === 'gone') this.#replace(body, cause)
    if (kind === 'gone' && (resource in SETS || resource === 'deployments' || resource === 'cronjobs')) this.clock.later(12, () => this.#collect(body, cause))
  }

  #rollOut(name: string, namespace: string, cause: string | null): void {
    const deployment = this.api.objects.get('apps', 'deployments', namespace, name)
    const spec = asObject(deployment?.spec)
    if (deployment === null || isEnding(deployment)) return
    if (spec?.paused === true) return this.#report('deployments', 'apps', name, namespace, cause, 'deployment-controller')
    const by = Component.controller(this.api, 'deployment-controller', cause)
    const hash = hashOf(spec?.template ?? null)
    const sets = this.#owned('replicasets', deployment)
    const current = sets.find((set) => nameOf(set) === `${name}-${hash}`)
    const replicas = asNumber(spec?.replicas) ?? 1
    if (!current) by.create('apps', 'replicasets', namespace, { kind: 'ReplicaSet', apiVersion: 'apps/v1', metadata: { name: `${name}-${hash}`, namespace, ownerReferences: [ownerOf(deployment)], labels: labelsOf(spec?.template ?? null) }, spec: { replicas, template: spec?.template ?? null } })
    else if (asNumber(asObject(current.spec)?.replicas) !== replicas) by.update('apps', 'replicasets', { ...current, spec: { ...asObject(current.spec), replicas } }, '')
    by.tell(deployment, 'ScalingReplicaSet')
    for (const old of sets) if (old !== current && asNumber(asObject(old.spec)?.replicas) !== 0) by.update('apps', 'replicasets', { ...old, spec: { ...asObject(old.spec), replicas: 0 } }, '')
    this.#report('deployments', 'apps', name, namespace, cause, 'deployment-controller')
  }

  #fill(resource: string, name: string, namespace: string, cause: string | null): void {
    const [controller = '', group = ''] = SETS[resource] ?? []
    const set = this.api.objects.get(group, resource, namespace, name)
    if (set === null || isEnding(set)) return
    const by = Component.controller(this.api, controller, cause)
    const wanted = resource === 'daemonsets' ? 2 : asNumber(asObject(set.spec)?.replicas) ?? 1
    const pods = this.#owned('pods', set).filter((pod) => !isEnding(pod))
    for (let i = pods.length; i < wanted; i++) {
      const named = resource === 'statefulsets' ? { name: `${name}-${i}` } : { generateName: `${name}-` }
      if (resource === 'statefulsets') this.#claims(set, i, by)
      const template = asObject(asObject(set.spec)?.template)
      const { status } = by.create('', 'pods', namespace, { kind: 'Pod', apiVersion: 'v1', metadata: { ...named, namespace, labels: labelsOf(template), ownerReferences: [ownerOf(set)] }, spec: { ...asObject(template?.spec) } })
      by.tell(set, status < 300 ? 'SuccessfulCreate' : 'FailedCreate')
      if (status >= 300) break
    }
    for (const pod of pods.slice(wanted)) by.remove('', 'pods', pod)
    this.#report(resource, group, name, namespace, cause, controller)
  }

  #claims(set: JsonObject, ordinal: number, by: Component): void {
    const templates = asObject(set.spec)?.volumeClaimTemplates
    for (const one of Array.isArray(templates) ? templates : []) {
      const template = asObject(one) ?? {}
      const name = `${asText(asObject(template.metadata)?.name)}-${nameOf(set)}-${ordinal}`
      if (this.api.objects.get('', 'persistentvolumeclaims', namespaceOf(set), name) === null) by.create('', 'persistentvolumeclaims', namespaceOf(set), { kind: 'PersistentVolumeClaim', apiVersion: 'v1', metadata: { name, namespace: namespaceOf(set) }, spec: template.spec ?? {} })
    }
  }

  #report(resource: string, group: string, name: string, namespace: string, cause: string | null, controller: string): void {
    this.clock.later(25, () => {
      const now = this.api.objects.get(group, resource, namespace, name)
      if (now === null) return
      const ready = resource === 'deployments' ? this.#owned('replicasets', now).reduce((sum, set) => sum + this.#owned('pods', set).filter((pod) => !isEnding(pod)).length, 0) : this.#owned('pods', now).filter((pod) => !isEnding(pod)).length
      Component.controller(this.api, controller, cause).update(group, resource, { ...now, status: { ...asObject(now.status), readyReplicas: ready, observedGeneration: metaOf(now).generation ?? 1, numberReady: ready, desiredNumberScheduled: 2, ...(resource === 'jobs' ? { succeeded: 1 } : {}) } })
    })
  }

  /** A set that has lost a pod makes another, if it still wants one. */
  #replace(pod: JsonObject, cause: string | null): void {
    for (const resource of ['replicasets', 'statefulsets', 'daemonsets']) {
      const set = this.api.objects.list('apps', resource, namespaceOf(pod)).find((one) => uidOf(one) === ownerUid(pod))
      if (set) this.clock.later(10, () => this.#fill(resource, nameOf(set), namespaceOf(set), cause))
    }
  }

  #turn(cron: JsonObject, cause: string | null, turn = 1): void {
    this.clock.later(TURN_MS, () => {
      const now = this.api.objects.get('batch', 'cronjobs', namespaceOf(cron), nameOf(cron))
      if (now === null || isEnding(now) || uidOf(now) !== uidOf(cron)) return
      if (asObject(now.spec)?.suspend !== true) {
        const by = Component.controller(this.api, 'cronjob-controller', cause)
        by.create('batch', 'jobs', namespaceOf(cron), { kind: 'Job', apiVersion: 'batch/v1', metadata: { name: `${nameOf(cron)}-${29_000_000 + turn}`, namespace: namespaceOf(cron), ownerReferences: [ownerOf(cron)] }, spec: asObject(asObject(now.spec)?.jobTemplate)?.spec ?? {} })
        by.tell(cron, 'SuccessfulCreate')
      }
      this.#turn(cron, cause, turn + 1)
    })
  }

  /** Garbage: what a gone owner leaves. */
  #collect(owner: JsonObject, cause: string | null): void {
    const by = Component.controller(this.api, 'generic-garbage-collector', cause)
    for (const { group, resource, body } of this.api.objects.all(namespaceOf(owner))) if (ownerUid(body) === uidOf(owner) && !isEnding(body)) by.remove(group, resource, body)
  }

  #owned(resource: string, owner: JsonObject): JsonObject[] {
    return this.api.objects.list(resource === 'pods' ? '' : 'apps', resource, namespaceOf(owner)).filter((body) => ownerUid(body) === uidOf(owner))
  }
}

function ownerOf(body: JsonObject): JsonObject {
  return { apiVersion: body.apiVersion ?? null, kind: body.kind ?? null, name: nameOf(body), uid: uidOf(body), controller: true, blockOwnerDeletion: true }
}

function ownerUid(body: JsonObject): string | null {
  const owners = metaOf(body).ownerReferences
  return Array.isArray(owners) ? asText(asObject(owners[0])?.uid) : null
}

function labelsOf(template: JsonValue): JsonObject {
  return asObject(asObject(asObject(template)?.metadata)?.labels) ?? {}
}

function hashOf(template: JsonValue): string {
  let hash = 7
  for (const letter of JSON.stringify(template)) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0
  return (hash >>> 0).toString(36)
}
