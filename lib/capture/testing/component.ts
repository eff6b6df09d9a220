import type { JsonObject, JsonValue } from '@/lib/audit/event'
import type { Api, Reply } from './api'
import { nameOf, namespaceOf, uidOf } from './objects'
import type { Who } from './audit-writer'

const NODES = ['node-a', 'node-b']
const NAMESPACED_GROUPS: Readonly<Record<string, string>> = { '': '/api/v1', apps: '/apis/apps/v1', batch: '/apis/batch/v1', 'discovery.k8s.io': '/apis/discovery.k8s.io/v1', 'coordination.k8s.io': '/apis/coordination.k8s.io/v1' }

/** Delays in milliseconds, cancelled together. */
export class Clock {
  readonly #timers = new Set<NodeJS.Timeout>()
  #stopped = false

  later(milliseconds: number, work: () => void): void {
    if (this.#stopped) return
    const timer = setTimeout(() => { this.#timers.delete(timer); work() }, milliseconds)
    this.#timers.add(timer)
  }

  /** How much is still to come. */
  get waiting(): number {
    return this.#timers.size
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}

/** One component of the control plane, at work because of one trigger (or of nothing). */
export class Component {
  constructor(private readonly api: Api, private readonly user: Who, private readonly agent: string, private readonly cause: string | null) {}

  static controller(api: Api, name: string, cause: string | null): Component {
    return new Component(api, { username: `system:serviceaccount:kube-system:${name}`, groups: ['system:serviceaccounts', 'system:authenticated'] }, `kube-controller-manager/v1.30.0 (linux/amd64) kubernetes/abc/system:serviceaccount:kube-system:${name}`, cause)
  }

  static kubelet(api: Api, node: string, cause: string | null): Component {
    return new Component(api, { username: `system:node:${node}`, groups: ['system:nodes', 'system:authenticated'] }, 'kubelet/v1.30.0 (linux/amd64) kubernetes/abc', cause)
  }

  static scheduler(api: Api, cause: string | null): Component {
    return new Component(api, { username: 'system:kube-scheduler', groups: ['system:authenticated'] }, 'kube-scheduler/v1.30.0 (linux/amd64) kubernetes/abc/scheduler', cause)
  }

  create(group: string, resource: string, namespace: string, body: JsonObject, on: { readonly name?: string; readonly subresource?: string } = {}): Reply {
    return this.#send('create', { group, resource, namespace, name: on.name ?? '', subresource: on.subresource ?? '' }, body)
  }

  /** Writes the status, or with `subresource` '' the object. */
  update(group: string, resource: string, body: JsonObject, subresource = 'status'): Reply {
    return this.#send('update', { group, resource, namespace: namespaceOf(body), name: nameOf(body), subresource }, body)
  }

  patch(group: string, resource: string, of: JsonObject, patch: JsonObject, subresource = 'status'): Reply {
    return this.#send('patch', { group, resource, namespace: namespaceOf(of), name: nameOf(of), subresource }, patch)
  }

  remove(group: string, resource: string, body: JsonObject): Reply {
    return this.#send('delete', { group, resource, namespace: namespaceOf(body), name: nameOf(body), subresource: '' }, { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid: uidOf(body) } })
  }

  read(verb: 'get' | 'list' | 'watch' | 'deletecollection', group: string, resource: string, namespace: string, name = '', query = ''): Reply {
    return this.#send(verb, { group, resource, namespace, name, subresource: '' }, null, query)
  }

  /** An Event about an object, as recorders make them. */
  tell(about: JsonObject, reason: string): void {
    const namespace = namespaceOf(about) || 'default'
    this.create('', 'events', namespace, {
      kind: 'Event', apiVersion: 'v1', metadata: { name: `${nameOf(about)}.${this.api.random.suffix(16)}`, namespace }, reason, count: 1, type: 'Normal',
      involvedObject: { kind: about.kind ?? null, apiVersion: about.apiVersion ?? null, namespace: namespaceOf(about), name: nameOf(about), uid: uidOf(about) },
    })
  }

  #send(verb: string, at: { readonly group: string; readonly resource: string; readonly namespace: string; readonly name: string; readonly subresource: string }, body: JsonValue, query = ''): Reply {
    const base = NAMESPACED_GROUPS[at.group] ?? `/apis/${at.group}/v1`
    const place = at.namespace !== '' && at.resource !== 'namespaces' ? `${base}/namespaces/${at.namespace}/${at.resource}` : `${base}/${at.resource}`
    const uri = `${place}${at.name === '' ? '' : `/${at.name}`}${at.subresource === '' ? '' : `/${at.subresource}`}${query}`
    return this.api.call({ info: { ...at, version: 'v1', verb }, uri, user: this.user, agent: this.agent, body, cause: this.cause })
  }
}

export function pickNode(api: Api): string {
  return api.random.pick(NODES)
}

export { NODES }
