import type { AuditEvent, JsonObject } from '@/lib/audit/event'
import { asArray, asObject, asText } from '@/lib/contexts/json-access'

export const OUTCOMES = ['scheduled', 'started', 'finished', 'unschedulable', 'image-pull', 'crashed', 'out-of-memory', 'failed', 'not-created', 'volume', 'evicted'] as const
export type OutcomeKind = (typeof OUTCOMES)[number]

/** What one event tells became of an object. */
export interface Outcome {
  readonly kind: OutcomeKind
  /** `namespace/name`. */
  readonly about: string
  /** Node or image, where the event names one. */
  readonly where: string | null
}

/** Reasons of Kubernetes' own Events (kubelet, scheduler and controllers). */
const REASONS: ReadonlyMap<string, OutcomeKind> = new Map([
  ['FailedScheduling', 'unschedulable'], ['FailedCreate', 'not-created'], ['FailedMount', 'volume'], ['FailedAttachVolume', 'volume'], ['Evicted', 'evicted'], ['OOMKilling', 'out-of-memory'], ['ErrImagePull', 'image-pull'],
])
const WAITING: ReadonlyMap<string, OutcomeKind> = new Map([['ErrImagePull', 'image-pull'], ['ImagePullBackOff', 'image-pull'], ['InvalidImageName', 'image-pull'], ['ErrImageNeverPull', 'image-pull'], ['CrashLoopBackOff', 'crashed'], ['CreateContainerConfigError', 'failed'], ['CreateContainerError', 'failed']])

const place = (namespace: string | null | undefined, name: string | null | undefined): string => [namespace, name].filter(Boolean).join('/')

/** What the event says became of a pod or of what it reports on; null where it says nothing of that. Never throws. */
export function readOutcome(event: AuditEvent): Outcome | null {
  const ref = event.objectRef
  if (!ref || (event.responseStatus?.code ?? 200) >= 400) return null
  if (ref.resource === 'events') return event.verb === 'create' || event.verb === 'patch' || event.verb === 'update' ? reported(event) : null
  if (ref.resource !== 'pods') return null
  const about = place(ref.namespace, ref.name)
  if (about === '') return null
  if (ref.subresource === 'binding' && event.verb === 'create') return { kind: 'scheduled', about, where: asText(asObject(asObject(event.requestObject)['target'])['name']) }
  return ref.subresource === 'status' ? ofPod(asObject(event.requestObject), asObject(event.responseObject), about) : null
}

function reported(event: AuditEvent): Outcome | null {
  const [request, response] = [asObject(event.requestObject), asObject(event.responseObject)]
  const body = 'involvedObject' in response || 'regarding' in response ? response : request
  const object = asObject(body['involvedObject'] ?? body['regarding'])
  const about = place(asText(object['namespace']), asText(object['name']))
  const reason = asText(body['reason'])
  if (about === '' || reason === null) return null
  const kind = REASONS.get(reason) ?? byMessage(reason, asText(body['message']) ?? asText(body['note']) ?? '')
  return kind === null ? null : { kind, about, where: null }
}

/** The kubelet gives pulls and crashes the same reasons; its words tell them apart. */
function byMessage(reason: string, message: string): OutcomeKind | null {
  const words = message.slice(0, 400)
  if ((reason === 'Failed' || reason === 'BackOff') && /pull/i.test(words)) return 'image-pull'
  if (reason === 'BackOff' && /restarting failed/i.test(words)) return 'crashed'
  return null
}

/** A patch carries what changed, the answer the whole pod: the first is asked first, so that each outcome is told where it arises. */
function ofPod(request: JsonObject, response: JsonObject, about: string): Outcome | null {
  const changed = asObject(request['status'])
  const status = Object.keys(changed).length > 0 ? changed : asObject(response['status'])
  const node = asText(asObject(response['spec'])['nodeName'])
  for (const container of [...asArray(status['containerStatuses']), ...asArray(status['initContainerStatuses'])].slice(0, 200)) {
    const found = ofContainer(asObject(container))
    if (found) return { kind: found, about, where: found === 'image-pull' ? asText(asObject(container)['image']) : node }
  }
  const phase = asText(status['phase'])
  if (phase === 'Succeeded') return { kind: 'finished', about, where: node }
  if (phase === 'Failed') return { kind: asText(status['reason']) === 'Evicted' ? 'evicted' : 'failed', about, where: node }
  const is = (type: string, value: string, reason: string | null): boolean => asArray(status['conditions']).slice(0, 200).some((one) => {
    const condition = asObject(one)
    return condition['type'] === type && condition['status'] === value && (reason === null || condition['reason'] === reason)
  })
  if (is('PodScheduled', 'False', 'Unschedulable')) return { kind: 'unschedulable', about, where: null }
  return is('Ready', 'True', null) ? { kind: 'started', about, where: node } : null
}

function ofContainer(container: JsonObject): OutcomeKind | null {
  const state = asObject(container['state'])
  const waiting = WAITING.get(asText(asObject(state['waiting'])['reason']) ?? '')
  if (waiting) return waiting
  const ended = asObject(state['terminated'])
  if (asText(ended['reason']) === 'OOMKilled') return 'out-of-memory'
  return typeof ended['exitCode'] === 'number' && ended['exitCode'] !== 0 ? 'crashed' : null
}
