import type { AuditEvent, JsonObject, JsonValue } from '@/lib/audit/event'
import { isDryRun } from '@/lib/contexts/bodies'
import { asArray, asCount, asObject, asText } from '@/lib/contexts/json-access'
import type { TriggerChange } from './picture'

const WRITES = new Set(['create', 'update', 'patch'])
const RUNS = new Set(['exec', 'attach', 'portforward'])
const MOST_COMMAND = 200

/** What the request changes beyond its verb, from its bodies and address; null where they tell nothing. Never throws. */
export function readChange(event: AuditEvent): TriggerChange | null {
  const [request, response] = [asObject(event.requestObject), asObject(event.responseObject)]
  if (isDryRun(event, request)) return { kind: 'dry-run', from: null, to: null }
  const subresource = event.objectRef?.subresource ?? ''
  if (RUNS.has(subresource)) return commandOf(event.requestURI)
  if (!WRITES.has(event.verb ?? '')) return null
  if (event.objectRef?.resource?.endsWith('rolebindings')) return grant(request, response)
  if (event.verb === 'create') return null
  return replicas(request, response, subresource) ?? cordon(request, response, event) ?? workload(request)
}

/** The program that runs in the container: `command` parameters of the address, in their order. */
function commandOf(uri: string | null): TriggerChange | null {
  const query = (uri ?? '').slice(0, 8192).split('?')[1]
  const words = query === undefined ? [] : new URLSearchParams(query).getAll('command')
  return words.length === 0 ? null : { kind: 'command', from: null, to: words.join(' ').slice(0, MOST_COMMAND) }
}

/** `status.replicas` of the answer is how many there still are when the wish is stored. */
function replicas(request: JsonObject, response: JsonObject, subresource: string): TriggerChange | null {
  const asked = asCount(asObject(request['spec'])['replicas'])
  if (asked === null && subresource !== 'scale') return null
  const to = asked ?? asCount(asObject(response['spec'])['replicas'])
  if (to === null) return null
  const were = asCount(asObject(response['status'])['replicas'])
  // An answer without the figure has none of them yet, one without a status says nothing.
  const from = were ?? ('status' in response ? 0 : null)
  return from === to && subresource !== 'scale' ? null : { kind: 'replicas', from: from === null ? null : String(from), to: String(to) }
}

function cordon(request: JsonObject, response: JsonObject, event: AuditEvent): TriggerChange | null {
  const spec = asObject(request['spec'])
  if (event.objectRef?.resource !== 'nodes' || !('unschedulable' in spec)) return null
  return { kind: spec['unschedulable'] === true || asObject(response['spec'])['unschedulable'] === true ? 'cordon' : 'uncordon', from: null, to: null }
}

function workload(request: JsonObject): TriggerChange | null {
  const template = asObject(asObject(request['spec'])['template'])
  const restarted = asText(asObject(asObject(template['metadata'])['annotations'])['kubectl.kubernetes.io/restartedAt'])
  if (restarted !== null) return { kind: 'restart', from: null, to: null }
  // An update sends every image again; only a patch says which one changes.
  if ('metadata' in request && 'kind' in request) return null
  const images = asArray(asObject(template['spec'])['containers']).flatMap((container: JsonValue) => asText(asObject(container)['image']) ?? [])
  return images.length === 0 ? null : { kind: 'image', from: null, to: images.slice(0, 3).join(', ') }
}

function grant(request: JsonObject, response: JsonObject): TriggerChange | null {
  const body = 'roleRef' in response ? response : request
  const role = asText(asObject(body['roleRef'])['name'])
  if (role === null) return null
  const subjects = asArray(body['subjects']).map((one) => {
    const subject = asObject(one)
    return [asText(subject['namespace']), asText(subject['name'])].filter((part) => part !== null).join('/')
  }).filter((text) => text !== '')
  return { kind: 'grant', from: role, to: subjects.length === 0 ? null : `${subjects.slice(0, 3).join(', ')}${subjects.length > 3 ? ` and ${subjects.length - 3} more` : ''}` }
}
