import type { AuditEvent, JsonObject, ObjectRef, UserInfo } from '@/lib/audit/event'
import { body } from './body'
import { requestURI } from './uri'
import { API_NAMED_RESOURCES } from './vocabulary'
import type { Strings } from './writer'

/** An event with every string put through `strings`; times, ids, verbs, resources and codes stay. */
export function walkEvent(event: AuditEvent, strings: Strings): AuditEvent {
  const { requestURI: uri, userAgent, responseStatus: status } = event
  return {
    ...event,
    requestURI: uri === null ? null : requestURI(strings, uri),
    user: user(strings, event.user),
    impersonatedUser: user(strings, event.impersonatedUser),
    sourceIPs: event.sourceIPs.map((address) => strings.text(address)),
    userAgent: userAgent === null ? null : agent(strings, userAgent),
    objectRef: event.objectRef && reference(strings, event.objectRef),
    responseStatus: status && { ...status, message: status.message === null ? null : strings.text(status.message) },
    requestObject: body(strings, event.requestObject),
    responseObject: body(strings, event.responseObject),
    annotations: event.annotations && (body(strings, { annotations: event.annotations }) as { annotations: JsonObject }).annotations,
  }
}

function user(strings: Strings, info: UserInfo | null): UserInfo | null {
  if (info === null) return null
  const name = (text: string): string => strings.name(text)
  return { username: info.username === null ? null : name(info.username), uid: info.uid === null ? null : name(info.uid), groups: info.groups.map(name), extra: extra(strings, info.extra) }
}

/** What authentication adds: pods, nodes, credentials. */
function extra(strings: Strings, map: JsonObject | null): JsonObject | null {
  if (map === null) return null
  const value = (item: JsonObject[string]): JsonObject[string] => (typeof item === 'string' ? strings.value(item) : Array.isArray(item) ? item.map((one) => value(one) ?? null) : item)
  return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, value(item)]))
}

function reference(strings: Strings, ref: ObjectRef): ObjectRef {
  const name = (text: string | null): string | null => (text === null ? null : strings.name(text))
  return { ...ref, namespace: name(ref.namespace), name: API_NAMED_RESOURCES.has(ref.resource ?? '') ? ref.name : name(ref.name), uid: name(ref.uid) }
}

const PLATFORM = /^\((?:linux|darwin|windows|freebsd)\/[a-z0-9]{1,10}\)$/

/** Program and version stay, unless they hold a private word; a remark that is no platform may name the machine. */
function agent(strings: Strings, text: string): string {
  return text.split(/(\([^()]*\))/).map((part, i) => (i % 2 === 0 ? strings.text(part) : PLATFORM.test(part) ? part : strings.value(part))).join('')
}
