import type { JsonObject } from '@/lib/audit/event'
import { asObject, asText } from '@/lib/audit/json'
import type { Api, Change } from './api'
import { Component, NODES, type Clock } from './component'
import { finalizersOf, isEnding, nameOf, namespaceOf, uidOf } from './objects'

const SWEPT = [['', 'secrets'], ['', 'configmaps'], ['apps', 'deployments'], ['apps', 'replicasets'], ['', 'pods'], ['', 'services']] as const
const BEAT_MS = 50
const STRANGER = { username: 'dana', groups: ['system:masters', 'system:authenticated'] }

/** Namespaces, volumes, what goes on anyway, and somebody else at work on the same cluster. */
export class Surroundings {
  constructor(private readonly api: Api, private readonly clock: Clock) {}

  on({ kind, resource, body, cause }: Change): void {
    if (resource === 'namespaces' && kind === 'added') this.clock.later(6, () => this.#furnish(body, cause))
    if (resource === 'namespaces' && kind === 'ending') this.clock.later(12, () => this.#empty(nameOf(body), cause))
    if (resource === 'persistentvolumeclaims' && kind === 'added') this.clock.later(10, () => this.#provision(body, cause))
    if (resource === 'persistentvolumeclaims' && kind === 'gone') this.clock.later(10, () => this.#reclaim(body, cause))
  }

  #furnish(space: JsonObject, cause: string | null): void {
    Component.controller(this.api, 'service-account-controller', cause).create('', 'serviceaccounts', nameOf(space), { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name: 'default', namespace: nameOf(space) } })
    Component.controller(this.api, 'root-ca-cert-publisher', cause).create('', 'configmaps', nameOf(space), { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'kube-root-ca.crt', namespace: nameOf(space) } })
  }

  /** The namespace controller: collections go, then again what is left, and when nothing is, the namespace. */
  #empty(name: string, cause: string | null): void {
    const space = this.api.objects.get('', 'namespaces', '', name)
    if (space === null) return
    const by = Component.controller(this.api, 'namespace-controller', cause)
    for (const [group, resource] of SWEPT) {
      by.read('deletecollection', group, resource, name)
      by.read('list', group, resource, name)
    }
    for (const { group, resource, body } of this.api.objects.all(name)) if (!isEnding(body)) by.remove(group, resource, body)
    const left = this.api.objects.all(name).filter(({ body }) => isEnding(body) || finalizersOf(body).length > 0)
    if (left.length > 0) return this.clock.later(40, () => this.#empty(name, cause))
    this.api.call({ info: { group: '', version: 'v1', resource: 'namespaces', subresource: 'finalize', namespace: name, name, verb: 'update' }, uri: `/api/v1/namespaces/${name}/finalize`, user: { username: 'system:serviceaccount:kube-system:namespace-controller', groups: [] }, agent: 'kube-controller-manager/v1.30.0 (linux/amd64) kubernetes/abc/system:serviceaccount:kube-system:namespace-controller', body: space, cause })
    this.api.objects.drop('', 'namespaces', space)
  }

  #provision(claim: JsonObject, cause: string | null): void {
    const spec = asObject(claim.spec)
    if (this.api.objects.get('storage.k8s.io', 'storageclasses', '', asText(spec?.storageClassName) ?? '') === null) return
    const by = Component.controller(this.api, 'csi-provisioner', cause)
    by.create('', 'persistentvolumes', '', { kind: 'PersistentVolume', apiVersion: 'v1', metadata: { name: `pvc-${uidOf(claim)}` }, spec: { claimRef: { kind: 'PersistentVolumeClaim', namespace: namespaceOf(claim), name: nameOf(claim), uid: uidOf(claim) } } })
    Component.controller(this.api, 'persistent-volume-binder', cause).update('', 'persistentvolumeclaims', { ...claim, spec: { ...spec, volumeName: `pvc-${uidOf(claim)}` }, status: { phase: 'Bound' } })
  }

  #reclaim(claim: JsonObject, cause: string | null): void {
    const volume = this.api.objects.get('', 'persistentvolumes', '', `pvc-${uidOf(claim)}`)
    if (volume) Component.controller(this.api, 'csi-provisioner', cause).remove('', 'persistentvolumes', volume)
  }

  /** Heartbeats, informers, health checks, and a stranger's own affairs, for ever. */
  beat(turn = 0): void {
    this.clock.later(BEAT_MS, () => {
      const node = NODES[turn % NODES.length] ?? ''
      const by = Component.kubelet(this.api, node, null)
      by.patch('coordination.k8s.io', 'leases', { metadata: { name: node, namespace: 'kube-node-lease' } }, { spec: { renewTime: String(turn) } }, '')
      if (turn % 5 === 0) by.patch('', 'nodes', { metadata: { name: node } }, { status: { turn } })
      if (turn % 10 === 0) Component.controller(this.api, 'endpointslice-controller', null).read('watch', '', 'services', '', '', '?watch=true')
      if (turn % 20 === 0) this.#stranger(turn)
      this.beat(turn + 1)
    })
  }

  #stranger(turn: number): void {
    const at = { group: '', version: 'v1', subresource: '', namespace: 'elsewhere' }
    const by = { user: STRANGER, agent: 'kubectl/v1.30.0 (linux/amd64) kubernetes/abc', cause: 'self' as const }
    this.api.call({ ...by, info: { ...at, resource: 'pods', name: '', verb: 'list' }, uri: '/api/v1/namespaces/elsewhere/pods' })
    const name = `theirs-${turn}`
    this.api.call({ ...by, info: { ...at, resource: 'pods', name: '', verb: 'create' }, uri: '/api/v1/namespaces/elsewhere/pods', body: { kind: 'Pod', apiVersion: 'v1', metadata: { name, namespace: 'elsewhere' }, spec: {} } })
    this.clock.later(60, () => this.api.call({ ...by, info: { ...at, resource: 'pods', name, verb: 'delete' }, uri: `/api/v1/namespaces/elsewhere/pods/${name}` }))
  }
}
