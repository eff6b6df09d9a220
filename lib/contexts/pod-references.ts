import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asArray, asObject, asText } from '@/lib/contexts/json-access'
import { namedReference, type Reference } from '@/lib/contexts/reference'

type Found = Map<string, Reference>

function add(found: Found, resource: string, namespace: string, name: string | null): void {
  if (name === null) return
  const relation = resource === 'persistentvolumeclaims' ? 'claim' : resource === 'nodes' ? 'node' : 'uses'
  found.set(`${resource} ${name}`, namedReference(relation, resource, namespace, name))
}

function ofVolume(found: Found, volume: JsonObject, namespace: string): void {
  add(found, 'configmaps', namespace, asText(asObject(volume['configMap'])['name']))
  add(found, 'secrets', namespace, asText(asObject(volume['secret'])['secretName']))
  add(found, 'persistentvolumeclaims', namespace, asText(asObject(volume['persistentVolumeClaim'])['claimName']))
  for (const source of asArray(asObject(volume['projected'])['sources'])) {
    add(found, 'configmaps', namespace, asText(asObject(asObject(source)['configMap'])['name']))
    add(found, 'secrets', namespace, asText(asObject(asObject(source)['secret'])['name']))
  }
}

function ofContainer(found: Found, container: JsonObject, namespace: string): void {
  for (const source of asArray(container['envFrom'])) {
    add(found, 'configmaps', namespace, asText(asObject(asObject(source)['configMapRef'])['name']))
    add(found, 'secrets', namespace, asText(asObject(asObject(source)['secretRef'])['name']))
  }
  for (const variable of asArray(container['env'])) {
    const from = asObject(asObject(variable)['valueFrom'])
    add(found, 'configmaps', namespace, asText(asObject(from['configMapKeyRef'])['name']))
    add(found, 'secrets', namespace, asText(asObject(from['secretKeyRef'])['name']))
  }
}

/** What a kubelet will fetch to run this pod: ConfigMaps, Secrets, claims, the service account, and the node it runs on. */
export function podReferences(body: JsonObject, namespace: string): Reference[] {
  const spec = asObject(body['spec'])
  const found: Found = new Map()
  const each = (value: JsonValue | undefined, visit: (found: Found, item: JsonObject, namespace: string) => void): void => {
    for (const item of asArray(value)) visit(found, asObject(item), namespace)
  }
  each(spec['volumes'], ofVolume)
  each(spec['containers'], ofContainer)
  each(spec['initContainers'], ofContainer)
  each(spec['ephemeralContainers'], ofContainer)
  for (const secret of asArray(spec['imagePullSecrets'])) add(found, 'secrets', namespace, asText(asObject(secret)['name']))
  add(found, 'serviceaccounts', namespace, asText(spec['serviceAccountName']))
  add(found, 'nodes', '', asText(spec['nodeName']))
  return [...found.values()]
}
