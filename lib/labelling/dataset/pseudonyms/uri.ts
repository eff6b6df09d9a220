import { fieldSelector, labelSelector } from './selector'
import { API_NAMED_RESOURCES } from './vocabulary'
import type { Strings } from './writer'

/** Sub-resources of a namespace itself; anything else behind a namespace is a resource in it. */
const OF_NAMESPACE = new Set(['status', 'finalize'])
const NAMES = new Set(['container', 'name', 'namespace'])

/** A request URI with the names in its path and parameters replaced; parts that hold none stay as they are, to the byte. */
export function requestURI(strings: Strings, uri: string): string {
  const question = uri.indexOf('?')
  const path = pathOf(strings, question < 0 ? uri : uri.slice(0, question))
  return question < 0 ? path : `${path}?${uri.slice(question + 1).split('&').map((parameter) => parameterOf(strings, parameter)).join('&')}`
}

function pathOf(strings: Strings, path: string): string {
  const parts = path.split('/')
  const start = parts[1] === 'api' ? 3 : parts[1] === 'apis' ? 4 : 0
  if (parts[0] !== '' || start === 0 || parts.length <= start) return strings.text(path)
  const rest = parts.slice(start)
  const at = rest[0] === 'watch' ? 1 : 0
  return [...parts.slice(0, start), ...objectPath(strings, rest, at)].join('/')
}

/** `namespaces/NS/RESOURCE/NAME/SUB/...` or `RESOURCE/NAME/SUB/...`; what comes behind a proxy is somebody else's path. */
function objectPath(strings: Strings, parts: readonly string[], at: number): string[] {
  const name = (part: string): string => segment(part, (text) => strings.name(text))
  const inNamespace = parts[at] === 'namespaces' && parts.length > at + 2 && !OF_NAMESPACE.has(parts[at + 2] ?? '')
  const resource = inNamespace ? at + 2 : at
  return parts.map((part, i) => {
    if (inNamespace && i === at + 1) return name(part)
    if (i === resource + 1) return API_NAMED_RESOURCES.has(parts[resource] ?? '') ? part : name(part)
    return i > resource + 2 ? segment(part, (text) => strings.text(text)) : part
  })
}

function parameterOf(strings: Strings, parameter: string): string {
  const equals = parameter.indexOf('=')
  if (equals < 0) return segment(parameter, (text) => strings.text(text))
  const name = parameter.slice(0, equals)
  return `${name}=${segment(parameter.slice(equals + 1), (text) => valueOf(strings, name, text))}`
}

function valueOf(strings: Strings, name: string, text: string): string {
  if (name === 'labelSelector') return labelSelector(strings, text)
  if (name === 'fieldSelector') return fieldSelector(strings, text)
  if (name === 'continue') return strings.whole(text)
  return NAMES.has(name) ? strings.name(text) : strings.text(text)
}

/** Rewrites what a part of a URI stands for; one that stays is given back as it was written. */
function segment(part: string, rewrite: (text: string) => string): string {
  const text = decoded(part)
  const made = rewrite(text)
  return made === text ? part : encodeURIComponent(made).replaceAll('%3A', ':')
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    return part
  }
}
