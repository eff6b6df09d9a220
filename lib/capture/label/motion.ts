import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { asNumber, asObject, asText } from '@/lib/audit/json'

/** What a line says of the object that it is about: `moves` when work on it begins, `rests` when its controllers are done with it. */
export interface MotionNote {
  /** `resource namespace/name`; null where the line is about no object of its own. */
  readonly subject: string | null
  /** The object that controls one that is being made. */
  readonly owner: string | null
  readonly step: 'moves' | 'rests' | null
}

const NOTHING: MotionNote = Object.freeze({ subject: null, owner: null, step: null })
const WORKLOADS = new Set(['deployments', 'replicasets', 'statefulsets', 'daemonsets', 'replicationcontrollers'])
const PLURALS: Readonly<Record<string, string>> = { Pod: 'pods', Job: 'jobs', CronJob: 'cronjobs', Deployment: 'deployments', ReplicaSet: 'replicasets', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets', ReplicationController: 'replicationcontrollers', PersistentVolumeClaim: 'persistentvolumeclaims', Service: 'services', EndpointSlice: 'endpointslices', Namespace: 'namespaces' }
const WRITES = new Set(['create', 'update', 'patch', 'delete'])

/** Reads motion off one event. */
export function motionOf(event: AuditEvent): MotionNote {
  const ref = event.objectRef
  if (!ref?.resource) return NOTHING
  const body = asObject(event.responseObject)
  const about = ref.resource === 'events' ? asObject(body?.involvedObject) ?? asObject(body?.regarding) ?? asObject(asObject(event.requestObject)?.involvedObject) : null
  if (about) return { subject: keyOf(asText(about.kind), asText(about.namespace), asText(about.name)), owner: null, step: null }
  if (ref.resource === 'events') return NOTHING
  const metadata = asObject(body?.metadata) ?? {}
  const name = ref.name ?? (event.verb === 'create' ? asText(metadata.name) : null)
  if (name === null || ref.subresource === 'token') return NOTHING
  const owner = event.verb === 'create' ? ownerOf(metadata, asObject(asObject(event.requestObject)?.metadata), ref.namespace) : null
  const failed = (event.responseStatus?.code ?? 200) >= 300
  return { subject: `${ref.resource} ${ref.namespace ?? ''}/${name}`, owner, step: failed || !WRITES.has(event.verb ?? '') ? null : stepOf(event, ref.resource, ref.subresource ?? '', body) }
}

function stepOf({ verb }: AuditEvent, resource: string, subresource: string, body: JsonObject | null): MotionNote['step'] {
  if (body === null || (resource !== 'pods' && resource !== 'jobs' && !WORKLOADS.has(resource))) return null
  if (subresource === 'status') return isAtRest(resource, body) ? 'rests' : null
  if (verb === 'delete') return asObject(body.metadata)?.deletionTimestamp === undefined || asNumber(asObject(body.metadata)?.deletionGracePeriodSeconds) === 0 ? 'rests' : 'moves'
  if (verb === 'create') return subresource === '' || subresource === 'eviction' ? 'moves' : null
  return WORKLOADS.has(resource) && !isObserved(body) ? 'moves' : null
}

function isAtRest(resource: string, body: JsonObject): boolean {
  const [spec, status] = [asObject(body.spec) ?? {}, asObject(body.status) ?? {}]
  if (asObject(body.metadata)?.deletionTimestamp !== undefined) return false
  if (resource === 'jobs') return status.completionTime !== undefined || (asNumber(status.succeeded) ?? 0) > 0 || (asNumber(status.failed) ?? 0) > 0
  if (WORKLOADS.has(resource) && !isObserved(body)) return false
  if (resource === 'daemonsets') return (asNumber(status.numberReady) ?? 0) === (asNumber(status.desiredNumberScheduled) ?? 0)
  if (WORKLOADS.has(resource)) return (asNumber(status.readyReplicas) ?? 0) === (asNumber(spec.replicas) ?? 1)
  const containers = Array.isArray(status.containerStatuses) ? status.containerStatuses : []
  return status.phase === 'Succeeded' || status.phase === 'Failed' || (status.phase === 'Running' && containers.every((one) => asObject(one)?.ready !== false))
}

/** Whether the controller has seen the wish as it stands: what is no part of it (a label, say) is no work. */
function isObserved(body: JsonObject): boolean {
  const generation = asNumber(asObject(body.metadata)?.generation)
  return generation !== null && (asNumber(asObject(body.status)?.observedGeneration) ?? 0) >= generation
}

function ownerOf(made: JsonObject, asked: JsonObject | null, namespace: string | null): string | null {
  const owners = made.ownerReferences ?? asked?.ownerReferences
  const first = Array.isArray(owners) ? asObject(owners.find((one) => asObject(one)?.controller === true) ?? null) : null
  return first === null ? null : keyOf(asText(first.kind), namespace, asText(first.name))
}

function keyOf(kind: string | null, namespace: string | null, name: string | null): string | null {
  return kind === null || name === null ? null : `${PLURALS[kind] ?? kind.toLowerCase()} ${namespace ?? ''}/${name}`
}

interface Span { readonly from: number; to: number }

/** Workloads whose wishes are never fulfilled come to rest in their own way: nothing is done for that long, in microseconds. */
export const PATIENCE = 15_000_000

/** When controllers were at work on each object. Fed in order of time. */
export class Motions {
  readonly #spans = new Map<string, Span[]>()
  readonly #seen = new Map<string, number[]>()

  add({ subject, step }: MotionNote, at: number, until: number): void {
    if (subject === null) return
    const seen = this.#seen.get(subject) ?? []
    if (seen.push(at) > 2 * MOST_SEEN) seen.splice(0, MOST_SEEN)
    this.#seen.set(subject, seen)
    const spans = this.#spans.get(subject) ?? []
    const open = spans.at(-1)
    if (step === 'moves' && (!open || open.to !== Infinity)) spans.push({ from: at, to: Infinity })
    if (step === 'rests' && open?.to === Infinity) open.to = until
    if (step !== null) this.#spans.set(subject, spans)
  }

  /** Whether something had begun on an object before a time, and was not done by then. */
  moving(subject: string, at: number): boolean {
    const spans = this.#spans.get(subject)
    if (!spans?.some(({ from, to }) => from < at && to > at)) return false
    if (!WORKLOADS.has(subject.split(' ')[0] ?? '')) return true
    const last = (this.#seen.get(subject) ?? []).findLast((seen) => seen < at)
    return last === undefined || at - last < PATIENCE
  }

  /** Whether anything of some kind of object was being worked on at a time. */
  anyMoving(subjects: Iterable<string>, at: number): boolean {
    for (const subject of subjects) if (this.moving(subject, at)) return true
    return false
  }
}

const MOST_SEEN = 200
