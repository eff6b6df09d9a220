import type { AuditEvent, JsonObject, JsonValue } from '@/lib/audit/event'
import { isDryRun, readBodies } from '@/lib/contexts/bodies'
import { asArray, asObject, asText } from '@/lib/contexts/json-access'
import { differences, type Difference, type Differences } from './diff'

/** What an object's name is in a log; the group is not needed to tell it from others of its context. */
export interface ObjectKey { readonly resource: string; readonly namespace: string | null; readonly name: string }

/** One change of an object, told against the revision before. */
export interface Revision extends Differences {
  readonly auditID: string
  readonly micros: number | null
  readonly user: string | null
  readonly agent: string | null
  readonly verb: string
  readonly subresource: string | null
  readonly code: number | null
  readonly resourceVersion: string | null
  /**
   * Where the differences come from: `revisions` of two whole objects, `sent` by a patch or request whose answer is not in the log,
   * `first` for an object whose state before is not known, `nothing` where bodies were not logged.
   */
  readonly from: 'revisions' | 'created' | 'sent' | 'first' | 'deleted' | 'refused' | 'nothing'
}

const CHANGES = new Set(['create', 'update', 'patch', 'delete'])
const NONE: Differences = { list: [], more: 0, folded: 0 }
/** Sub-resources that change no part of the object that a reader sees. */
const ASIDE = new Set(['token', 'exec', 'attach', 'portforward', 'proxy', 'log'])

/** Whether an event is about the object; what is created under a generated name is known by its answer. */
export function isAbout(event: AuditEvent, { resource, namespace, name }: ObjectKey): boolean {
  const ref = event.objectRef
  if (!ref || ref.resource !== resource || (ref.namespace ?? null) !== namespace) return false
  return (ref.name ?? asText(readBodies(event, ref.subresource ?? '').metadata['name'])) === name
}

/**
 * The revisions of one object in order, from the events about it (others are passed over; several stages of a request count once).
 * `earlier` are events before the context, the last of which with a body is what its first change is held against.
 */
export function revisionsOf(key: ObjectKey, events: Iterable<AuditEvent>, earlier: Iterable<AuditEvent> = []): Revision[] {
  let known: JsonObject | null = null
  for (const event of inOrder(earlier, key)) known = event.verb === 'delete' ? null : (wholeOf(event) ?? known)
  const revisions: Revision[] = []
  for (const event of inOrder(events, key)) {
    const subresource = event.objectRef?.subresource ?? null
    if (ASIDE.has(subresource ?? '')) continue
    const whole = wholeOf(event)
    if (!CHANGES.has(event.verb ?? '')) {
      // A read says how the object is, and is no change of it.
      known = whole ?? known
      continue
    }
    revisions.push({ ...head(event, whole), ...told(event, known, whole) })
    if (!isRefused(event) && !isDryRun(event, asObject(event.requestObject))) known = event.verb === 'delete' ? null : (whole ?? known)
  }
  return revisions
}

function head(event: AuditEvent, whole: JsonObject | null): Omit<Revision, keyof Differences | 'from'> {
  return {
    auditID: event.auditID, micros: event.receivedMicros, user: event.user?.username ?? null, agent: event.userAgent, verb: event.verb ?? '', subresource: event.objectRef?.subresource ?? null,
    code: event.responseStatus?.code ?? null, resourceVersion: asText(asObject(whole?.['metadata'])['resourceVersion']),
  }
}

const isRefused = (event: AuditEvent): boolean => (event.responseStatus?.code ?? 200) >= 400

/** The whole object as it is after the event, where the log holds it. */
function wholeOf(event: AuditEvent): JsonObject | null {
  if (isRefused(event)) return null
  const { object, response } = readBodies(event, event.objectRef?.subresource ?? '')
  // A request without its answer lacks what the server fills in: held against a whole object, all of that would seem removed.
  return object === response && 'metadata' in object ? object : null
}

function told(event: AuditEvent, known: JsonObject | null, whole: JsonObject | null): Differences & { readonly from: Revision['from'] } {
  const sent = sentBy(event)
  if (isRefused(event)) return { ...(sent.list.length > 0 ? sent : NONE), from: 'refused' }
  if (event.verb === 'delete') return { ...NONE, from: 'deleted' }
  if (whole !== null && known !== null && event.verb !== 'create') return { ...differences(known, whole), from: 'revisions' }
  if (event.verb === 'create' && event.objectRef?.subresource == null) return whole === null ? { ...sent, from: sent.list.length > 0 ? 'created' : 'nothing' } : { ...differences(null, whole), from: 'created' }
  if (sent.list.length > 0 && event.verb !== 'update') return { ...sent, from: 'sent' }
  return whole === null ? { ...sent, from: sent.list.length > 0 ? 'sent' : 'nothing' } : { ...NONE, from: 'first' }
}

/** What a request asks for, as if it were added: a merge or strategic patch path by path, a JSON patch by its operations. */
function sentBy(event: AuditEvent): Differences {
  const body = event.requestObject
  if (!Array.isArray(body)) return differences(null, asObject(body))
  const list = asArray(body).slice(0, 200).map((one): Difference => operation(asObject(one)))
  return { list, more: Math.max(0, body.length - list.length), folded: 0 }
}

function operation(one: JsonObject): Difference {
  const [op, path, value] = [asText(one['op']) ?? 'test', asText(one['path']) ?? '', one['value'] as JsonValue | undefined]
  const text = value === undefined ? null : JSON.stringify(value).slice(0, 2000)
  return { path: `${op} ${path}`.slice(0, 2000), kind: op === 'remove' ? 'removed' : op === 'add' ? 'added' : 'changed', before: null, after: text ?? asText(one['from']) }
}

/** One event a request, in order of time; writes whose answers number them are put in that order, as clocks of several servers differ. */
function inOrder(events: Iterable<AuditEvent>, key: ObjectKey): AuditEvent[] {
  const byID = new Map<string, AuditEvent>()
  for (const event of events) if (isAbout(event, key) && event.stage !== 'RequestReceived') byID.set(event.auditID, event)
  const list = [...byID.values()].sort((a, b) => (a.receivedMicros ?? Infinity) - (b.receivedMicros ?? Infinity) || 0)
  const places = list.flatMap((event, place) => (versionOf(event) === null ? [] : [place]))
  const sorted = places.map((place) => list[place] as AuditEvent).sort((a, b) => (versionOf(a) ?? 0) - (versionOf(b) ?? 0))
  places.forEach((place, index) => { list[place] = sorted[index] as AuditEvent })
  return list
}

function versionOf(event: AuditEvent): number | null {
  if (!CHANGES.has(event.verb ?? '')) return null
  const version = asText(asObject(wholeOf(event)?.['metadata'])['resourceVersion'])
  return version !== null && /^\d{1,15}$/.test(version) ? Number(version) : null
}
