import type { AuditEvent, JsonObject, JsonValue } from '@/lib/audit/event'
import { pathsRead, type QueryNode } from '@/lib/query'

type Segments = readonly unknown[]

/** What is kept of a body: `true` for all of it, else what is kept of its parts. */
type Keep = true | Map<string, Keep>

/** The parts of bodies that some queries read. */
export interface KeptBodies {
  readonly request: Keep | null
  readonly response: Keep | null
  /** The same for the same parts, whatever queries they come from. */
  readonly key: string
}

export const NO_BODIES: KeptBodies = Object.freeze({ request: null, response: null, key: '' })

/** The parts of bodies that these queries read. */
export function bodiesRead(queries: readonly QueryNode[]): KeptBodies {
  const paths = queries.flatMap((query) => pathsRead(query).map(({ segments }) => segments as Segments))
  const request = keepOf(paths, 'requestObject')
  const response = keepOf(paths, 'responseObject')
  const key = paths.filter(([root]) => root === 'requestObject' || root === 'responseObject').map((segments) => JSON.stringify(segments)).sort().join('\n')
  return { request, response, key }
}

function keepOf(paths: readonly Segments[], root: string): Keep | null {
  let keep: Keep | null = null
  for (const [first, ...rest] of paths) if (first === root) keep = withPath(keep, rest)
  return keep
}

function withPath(keep: Keep | null, [key, ...rest]: Segments): Keep {
  // A place in a list: the list is kept whole, so that places stay what they are.
  if (keep === true || typeof key !== 'string') return true
  const parts: Map<string, Keep> = keep ?? new Map<string, Keep>()
  return parts.set(key, withPath(parts.get(key) ?? null, rest))
}

/** The event with nothing of its bodies but what is kept. */
export function slimEvent(event: AuditEvent, keep: KeptBodies): AuditEvent {
  return { ...event, requestObject: prune(event.requestObject, keep.request), responseObject: prune(event.responseObject, keep.response) }
}

function prune(value: JsonValue | undefined, keep: Keep | null): JsonValue {
  if (keep === null || value === undefined || value === null) return null
  if (keep === true || typeof value !== 'object' || Array.isArray(value)) return value
  const kept: JsonObject = {}
  for (const [key, parts] of keep) {
    if (!Object.hasOwn(value, key)) continue
    // As an own property, whatever its name: a body may hold `__proto__`.
    Object.defineProperty(kept, key, { value: prune(value[key], parts), enumerable: true, writable: true, configurable: true })
  }
  return kept
}
