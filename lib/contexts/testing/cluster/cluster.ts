import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import type { Profile } from '@/lib/contexts/testing/cluster/profile'
import type { Random } from '@/lib/contexts/testing/cluster/random'
import { eventOf, type Request } from '@/lib/contexts/testing/scenario'

const START_MICROS = Date.UTC(2026, 4, 3, 7, 0, 0) * 1000

/** What an object is asked to be. */
export interface Wanted {
  readonly owner?: JsonObject
  readonly labels?: JsonObject
  readonly annotations?: JsonObject
  readonly rest?: JsonObject
}

/** A pod's need of something that its kubelet watches for it. */
interface Mount {
  readonly at: number
  readonly because: string
  readonly node: string
  readonly pod: string
  readonly request: Omit<Request, 'cause' | 'verb'>
}

/** A log in the making, with the trigger behind every request: times are milliseconds since its start, in any order. */
export class Cluster {
  readonly cause = new Map<string, string | null>()
  private readonly sent: { readonly at: number; readonly event: AuditEvent }[] = []
  private readonly mounts: Mount[] = []
  private readonly stopped = new Map<string, number>()
  private version = 1000

  constructor(readonly profile: Profile, readonly random: Random) {}

  /** Time that a component takes before its next request. */
  soon(): number {
    return this.random.between(2, 25) * this.profile.pace
  }

  private push(at: number, request: Request): string {
    const auditID = `${this.profile.name}-${this.sent.length}`
    const takes = request.takes ?? this.random.count(1, 6)
    this.sent.push({ at, event: eventOf(auditID, { ...request, takes }, START_MICROS + Math.round(at * 1000)) })
    return auditID
  }

  /** A request of an external user: a trigger. */
  ask(at: number, request: Omit<Request, 'cause'>): string {
    const auditID = this.push(at, { agent: this.profile.agents[0] ?? '', user: this.profile.users[0] ?? '', ...request, cause: 'self' })
    this.cause.set(auditID, auditID)
    return auditID
  }

  /** A request of a component, because of a trigger or of nothing. */
  react(at: number, because: string | null, request: Omit<Request, 'cause'>): void {
    this.cause.set(this.push(at, { agent: this.agentOf(request.user ?? ''), ...request, cause: because }), because)
  }

  /** A kubelet watches what pods mount, once for all of its pods that mount the same. */
  mount(mount: Mount): void {
    this.mounts.push(mount)
  }

  stop(pod: string, at: number): void {
    this.stopped.set(pod, at)
  }

  private startWatches(): void {
    const users = new Map<string, string[]>()
    for (const { at, because, node, pod, request } of this.mounts.toSorted((a, b) => a.at - b.at)) {
      const key = `${node} ${request.resource} ${request.namespace ?? ''}/${request.name ?? ''}`
      const alive = (users.get(key) ?? []).filter((other) => (this.stopped.get(other) ?? Infinity) > at)
      users.set(key, [...alive, pod])
      if (alive.length > 0) continue
      this.react(at, because, { ...request, user: `system:node:${node}`, verb: 'list', body: { kind: 'List', metadata: {} } })
      this.react(at + 2, because, { ...request, user: `system:node:${node}`, verb: 'watch' })
    }
    this.mounts.length = 0
  }

  /** User and agent of a controller, as the distribution runs them. */
  controller(name: string): { user: string; agent: string } {
    const { binary, minor, ownAccounts } = this.profile
    const agent = `${binary}/v1.${minor}.2 (linux/amd64) kubernetes/39683505/${ownAccounts ? `system:serviceaccount:kube-system:${name}` : name}`
    return { user: ownAccounts ? `system:serviceaccount:kube-system:${name}` : 'system:kube-controller-manager', agent }
  }

  private agentOf(user: string): string {
    return user.startsWith('system:node:') ? `kubelet/v1.${this.profile.minor}.2 (linux/amd64) kubernetes/39683505` : `${user.split(':')[1] ?? 'x'}/v1.${this.profile.minor}.2`
  }

  /** A new object: an uid and a version of its own. */
  make(kind: string, apiVersion: string, namespace: string, name: string, { owner, labels, annotations, rest }: Wanted = {}): JsonObject {
    const metadata: JsonObject = { name, uid: `${this.random.suffix(8)}-${this.random.suffix(4)}-4${this.random.suffix(3)}-${this.random.suffix(12)}`, resourceVersion: String(this.version++) }
    if (namespace !== '') metadata['namespace'] = namespace
    if (labels) metadata['labels'] = labels
    if (annotations) metadata['annotations'] = annotations
    if (owner) metadata['ownerReferences'] = [{ apiVersion: owner['apiVersion'] ?? null, kind: owner['kind'] ?? null, name: nameOf(owner), uid: uidOf(owner), controller: true, blockOwnerDeletion: true }]
    return { kind, apiVersion, metadata, ...rest }
  }

  /** The object after a write that changed it. */
  changed(body: JsonObject, rest: JsonObject = {}): JsonObject {
    return { ...body, ...rest, metadata: { ...(body['metadata'] as JsonObject), resourceVersion: String(this.version++) } }
  }

  /** The log as its policy writes it, in order of time. */
  log(): AuditEvent[] {
    this.startWatches()
    const written: AuditEvent[] = []
    for (const { event } of this.sent.toSorted((a, b) => a.at - b.at)) {
      const kept = this.profile.policy(event)
      if (kept) written.push(kept)
    }
    return written
  }
}

export function metadataOf(body: JsonObject): JsonObject {
  return body['metadata'] as JsonObject
}

export function nameOf(body: JsonObject): string {
  return String(metadataOf(body)['name'])
}

export function uidOf(body: JsonObject): string {
  return String(metadataOf(body)['uid'])
}

export function spaceOf(body: JsonObject): string {
  return String(metadataOf(body)['namespace'] ?? '')
}
