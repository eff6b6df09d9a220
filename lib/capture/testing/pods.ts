import type { JsonObject } from '@/lib/audit/event'
import { asObject, asText } from '@/lib/audit/json'
import type { Api, Change } from './api'
import { Component, NODES, pickNode, type Clock } from './component'
import { metaOf, nameOf, namespaceOf, uidOf } from './objects'

/** Scheduler, kubelets and the endpoints of services. */
export class Pods {
  constructor(private readonly api: Api, private readonly clock: Clock) {}

  on({ kind, resource, body, cause }: Change): void {
    if (resource === 'services' && kind === 'added') this.clock.later(9, () => this.#slice(body, cause))
    if (resource !== 'pods') return
    if (kind === 'added') this.clock.later(5, () => this.#bind(body, cause))
    if (kind === 'ending') this.clock.later(10, () => this.#stop(body, cause))
    if (kind === 'gone') this.clock.later(14, () => this.#slices(body, cause))
  }

  #bind(pod: JsonObject, cause: string | null): void {
    if (!this.#alive(pod)) return
    const [node, by] = [pickNode(this.api), Component.scheduler(this.api, cause)]
    by.create('', 'pods', namespaceOf(pod), { kind: 'Binding', apiVersion: 'v1', metadata: { name: nameOf(pod), namespace: namespaceOf(pod), uid: uidOf(pod) }, target: { kind: 'Node', name: node } }, { name: nameOf(pod), subresource: 'binding' })
    by.tell(pod, 'Scheduled')
    this.clock.later(7, () => this.#start(pod, node, cause))
  }

  #start(pod: JsonObject, node: string, cause: string | null): void {
    const now = this.#alive(pod)
    if (!now) return
    const by = Component.kubelet(this.api, node, cause)
    by.read('get', '', 'pods', namespaceOf(pod), nameOf(pod))
    for (const [resource, name] of [['configmaps', 'kube-root-ca.crt'], ...mounted(pod)] as const) by.read('watch', '', resource, namespaceOf(pod), '', `?fieldSelector=metadata.name%3D${name}&watch=true`)
    by.create('', 'serviceaccounts', namespaceOf(pod), { kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', spec: { boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: nameOf(pod), uid: uidOf(pod) } } }, { name: 'default', subresource: 'token' })
    for (const reason of ['Pulled', 'Created', 'Started']) by.tell(pod, reason)
    by.patch('', 'pods', now, { status: { phase: 'Running' } })
    this.clock.later(9, () => this.#slices(pod, cause))
  }

  #stop(pod: JsonObject, cause: string | null): void {
    const now = this.#alive(pod)
    if (!now) return
    const by = Component.kubelet(this.api, asText(asObject(now.spec)?.nodeName) ?? NODES[0] ?? '', cause)
    by.tell(pod, 'Killing')
    by.patch('', 'pods', now, { status: { phase: 'Succeeded' } })
    this.clock.later(15, () => {
      const last = this.#alive(pod)
      if (!last) return
      // the grace period is over: the name is free again
      this.api.objects.put('', 'pods', { ...last, spec: { ...asObject(last.spec), nodeName: undefined } })
      by.remove('', 'pods', { ...last })
    })
  }

  #slice(service: JsonObject, cause: string | null): void {
    const by = Component.controller(this.api, 'endpointslice-controller', cause)
    by.create('discovery.k8s.io', 'endpointslices', namespaceOf(service), { kind: 'EndpointSlice', apiVersion: 'discovery.k8s.io/v1', metadata: { generateName: `${nameOf(service)}-`, namespace: namespaceOf(service), labels: { 'kubernetes.io/service-name': nameOf(service) }, ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name: nameOf(service), uid: uidOf(service), controller: true }] }, addressType: 'IPv4', endpoints: this.#endpoints(service) })
  }

  /** Pods come and go: the slices of services that select them change. */
  #slices(pod: JsonObject, cause: string | null): void {
    for (const service of this.api.objects.list('', 'services', namespaceOf(pod))) {
      const selector = asObject(asObject(service.spec)?.selector) ?? {}
      const labels = asObject(metaOf(pod).labels) ?? {}
      if (Object.keys(selector).length === 0 || Object.entries(selector).some(([key, value]) => labels[key] !== value)) continue
      const slice = this.api.objects.list('discovery.k8s.io', 'endpointslices', namespaceOf(pod)).find((one) => asObject(metaOf(one).labels)?.['kubernetes.io/service-name'] === nameOf(service))
      if (slice) Component.controller(this.api, 'endpointslice-controller', cause).update('discovery.k8s.io', 'endpointslices', { ...slice, endpoints: this.#endpoints(service) }, '')
    }
  }

  #endpoints(service: JsonObject): JsonObject[] {
    const selector = asObject(asObject(service.spec)?.selector) ?? {}
    return this.api.objects.list('', 'pods', namespaceOf(service)).filter((pod) => Object.entries(selector).every(([key, value]) => asObject(metaOf(pod).labels)?.[key] === value))
      .map((pod) => ({ addresses: ['10.1.2.3'], targetRef: { kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod), uid: uidOf(pod) } }))
  }

  #alive(pod: JsonObject): JsonObject | null {
    const now = this.api.objects.get('', 'pods', namespaceOf(pod), nameOf(pod))
    return now !== null && uidOf(now) === uidOf(pod) ? now : null
  }
}

function mounted(pod: JsonObject): (readonly [string, string])[] {
  const volumes = asObject(pod.spec)?.volumes
  return (Array.isArray(volumes) ? volumes : []).flatMap((one) => {
    const volume = asObject(one)
    const [map, secret] = [asText(asObject(volume?.configMap)?.name), asText(asObject(volume?.secret)?.secretName)]
    return [...(map === null ? [] : [['configmaps', map] as const]), ...(secret === null ? [] : [['secrets', secret] as const])]
  })
}
