import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asArray, asCount, asObject, asText } from '@/lib/contexts/json-access'
import { canonicalGroup } from '@/lib/contexts/kinds'
import { podReferences } from '@/lib/contexts/pod-references'
import { namedReference, objectReference, type Reference } from '@/lib/contexts/reference'

type Extractor = (body: JsonObject, namespace: string, name: string) => Reference[]

function compact(references: readonly (Reference | null)[]): Reference[] {
  return references.filter((reference) => reference !== null)
}

function ofEvent(body: JsonObject, namespace: string): Reference[] {
  const space = (value: JsonValue | undefined): string => asText(asObject(value)['namespace']) ?? namespace
  return compact([
    objectReference('involved', body['involvedObject'], space(body['involvedObject'])),
    objectReference('involved', body['regarding'], space(body['regarding'])),
    objectReference('related', body['related'], space(body['related'])),
  ])
}

function ofVolume(body: JsonObject): Reference[] {
  const claim = asObject(asObject(body['spec'])['claimRef'])
  const name = asText(claim['name'])
  const uid = asText(claim['uid'])
  if (name === null && uid === null) return []
  return [{ relation: 'claim', group: '', resource: 'persistentvolumeclaims', namespace: asText(claim['namespace']) ?? '', name, uid }]
}

const MOST_REPLICAS = 1000

/** The claims that a StatefulSet will make: `template-set-ordinal`, as its controller documents. */
function ofStatefulSet(body: JsonObject, namespace: string, name: string): Reference[] {
  const spec = asObject(body['spec'])
  const start = asCount(asObject(spec['ordinals'])['start']) ?? 0
  const replicas = Math.min(asCount(spec['replicas']) ?? 1, MOST_REPLICAS)
  const found: Reference[] = []
  for (const template of asArray(spec['volumeClaimTemplates'])) {
    const claim = asText(asObject(asObject(template)['metadata'])['name'])
    if (claim === null) continue
    for (let i = start; i < start + replicas; i++) found.push(namedReference('template', 'persistentvolumeclaims', namespace, `${claim}-${name}-${i}`))
  }
  return found
}

function ofAutoscaler(body: JsonObject, namespace: string): Reference[] {
  return compact([objectReference('target', asObject(body['spec'])['scaleTargetRef'], namespace)])
}

function ofAddress(body: JsonObject): Reference[] {
  const parent = asObject(asObject(body['spec'])['parentRef'])
  const [resource, name] = [asText(parent['resource']), asText(parent['name'])]
  if (resource === null || name === null) return []
  return [namedReference('parent', resource, asText(parent['namespace']) ?? '', name, asText(parent['group']) ?? '')]
}

function backends(addresses: readonly JsonValue[], namespace: string): Reference[] {
  return compact(addresses.map((address) => objectReference('backend', asObject(address)['targetRef'], namespace)))
}

function ofEndpointSlice(body: JsonObject, namespace: string): Reference[] {
  const service = asText(asObject(asObject(body['metadata'])['labels'])['kubernetes.io/service-name'])
  const found = backends(asArray(body['endpoints']), namespace)
  if (service !== null) found.push(namedReference('service', 'services', namespace, service))
  return found
}

function ofEndpoints(body: JsonObject, namespace: string, name: string): Reference[] {
  const found = [namedReference('service', 'services', namespace, name)]
  for (const subset of asArray(body['subsets'])) {
    const { addresses, notReadyAddresses } = asObject(subset)
    found.push(...backends(asArray(addresses), namespace), ...backends(asArray(notReadyAddresses), namespace))
  }
  return found
}

function ofDefinition(body: JsonObject): Reference[] {
  const spec = asObject(body['spec'])
  const group = asText(spec['group'])
  if (group === null) return []
  const versions = asArray(spec['versions']).map((version) => asText(asObject(version)['name'])).filter((name) => name !== null)
  return versions.map((version) => namedReference('establishes', 'apiservices', '', `${version}.${group}`, 'apiregistration.k8s.io'))
}

function ofAttachment(body: JsonObject): Reference[] {
  const volume = asText(asObject(asObject(body['spec'])['source'])['persistentVolumeName'])
  return volume === null ? [] : [namedReference('volume', 'persistentvolumes', '', volume)]
}

function ofCertificateRequest(body: JsonObject, namespace: string): Reference[] {
  const spec = asObject(body['spec'])
  const name = asText(spec['podName'])
  return name === null ? [] : [{ relation: 'bound', group: '', resource: 'pods', namespace, name, uid: asText(spec['podUID']) }]
}

/** Token controllers keep a Secret for a ServiceAccount and name it in an annotation. */
function ofSecret(body: JsonObject, namespace: string): Reference[] {
  const account = asText(asObject(asObject(body['metadata'])['annotations'])['kubernetes.io/service-account.name'])
  return account === null ? [] : [namedReference('account', 'serviceaccounts', namespace, account)]
}

const EXTRACTORS: ReadonlyMap<string, Extractor> = new Map<string, Extractor>([
  ['/events', ofEvent],
  ['/pods', podReferences],
  ['/persistentvolumes', ofVolume],
  ['apps/statefulsets', ofStatefulSet],
  ['autoscaling/horizontalpodautoscalers', ofAutoscaler],
  ['networking.k8s.io/ipaddresses', ofAddress],
  ['discovery.k8s.io/endpointslices', ofEndpointSlice],
  ['/endpoints', ofEndpoints],
  ['apiextensions.k8s.io/customresourcedefinitions', ofDefinition],
  ['storage.k8s.io/volumeattachments', ofAttachment],
  ['certificates.k8s.io/podcertificaterequests', ofCertificateRequest],
  ['/secrets', ofSecret],
])

/** What the body of an object says about other objects, by the object's resource. */
export function bodyReferences(group: string, resource: string, body: JsonObject, namespace: string, name: string): Reference[] {
  return EXTRACTORS.get(`${canonicalGroup(group, resource)}/${resource}`)?.(body, namespace, name) ?? []
}
