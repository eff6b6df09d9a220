import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { parseMicros } from '@/lib/audit/time'
import { EVERY, type PathSegment } from '../nodes'
import { pathText } from '../path-text'

/** The value at a path of a record; undefined where it is missing or null. Of a path with `[*]` the list of all its values, undefined where there is none. */
export type Reader = (record: object) => JsonValue | undefined

type Step = (value: JsonValue | undefined) => JsonValue | undefined

/** The fields most asked for, as plain property reads, which the engine makes fastest; none is a name of Object.prototype. */
const DIRECT: ReadonlyMap<string, (record: JsonObject) => JsonValue | undefined> = new Map([
  ['verb', (record) => record.verb],
  ['user.username', (record) => (record.user as JsonObject | null | undefined)?.username],
  ['objectRef.resource', (record) => (record.objectRef as JsonObject | null | undefined)?.resource],
  ['objectRef.subresource', (record) => (record.objectRef as JsonObject | null | undefined)?.subresource],
  ['objectRef.namespace', (record) => (record.objectRef as JsonObject | null | undefined)?.namespace],
  ['objectRef.name', (record) => (record.objectRef as JsonObject | null | undefined)?.name],
  ['responseStatus.code', (record) => (record.responseStatus as JsonObject | null | undefined)?.code],
])

/** Lengths of time that no log writes: from when, to when. */
export const DERIVED: ReadonlyMap<string, readonly [readonly string[], readonly string[]]> = new Map([
  ['latency', [['requestReceivedTimestamp'], ['stageTimestamp']]],
  ['context.duration', [['context', 'first'], ['context', 'last']]],
])

/** Lists that a normalised event always has, where the log leaves out the empty one. */
const EMPTY_IS_MISSING = new Set(['sourceIPs', 'user.groups', 'impersonatedUser.groups'])

/** Reads a path of own keys and list places; nothing inherited is ever reached. */
export function pathReader(segments: readonly PathSegment[]): Reader {
  const path = pathText(segments)
  const direct = DIRECT.get(path)
  if (direct) return (record) => direct(record as JsonObject) ?? undefined
  const derived = DERIVED.get(path)
  if (derived) return lengthReader(derived[0], derived[1])
  if (segments.includes(EVERY)) return spreadReader(segments)
  const read = walk(segments)
  if (EMPTY_IS_MISSING.has(path)) return (record) => orMissing(read(record))
  if (path === 'objectRef.apiGroup') return (record) => read(record) ?? coreGroup(record as JsonObject)
  return read
}

/** Whether a path has a value; the core group's empty name counts as none, as the log leaves it out. */
export function existsReader(segments: readonly PathSegment[]): (record: object) => boolean {
  const read = pathReader(segments)
  if (pathText(segments) === 'objectRef.apiGroup') return (record) => Boolean(read(record))
  return (record) => read(record) !== undefined
}

/** The time at a path in microseconds, NaN where there is none, which no comparison holds of. */
export function microsReader(segments: readonly PathSegment[]): (record: object) => number {
  const read = pathReader(segments)
  const parse = (record: object): number => {
    const value = read(record)
    return typeof value === 'string' ? (parseMicros(value) ?? Number.NaN) : Number.NaN
  }
  const path = pathText(segments)
  if (path === 'requestReceivedTimestamp') return (record) => known((record as JsonObject).receivedMicros) ?? parse(record)
  if (path === 'stageTimestamp') return (record) => known((record as JsonObject).stageMicros) ?? parse(record)
  return parse
}

function lengthReader(from: readonly string[], to: readonly string[]): Reader {
  const [begin, end] = [microsReader(from), microsReader(to)]
  return (record) => {
    const length = end(record) - begin(record)
    return Number.isNaN(length) ? undefined : length
  }
}

function known(micros: JsonValue | undefined): number | undefined {
  return typeof micros === 'number' ? micros : undefined
}

function walk(segments: readonly PathSegment[]): Reader {
  const steps = segments.filter((segment) => typeof segment !== 'symbol').map(stepTo)
  const [first, second] = steps
  if (first && steps.length === 1) return (record) => first(record as JsonObject)
  if (first && second && steps.length === 2) return (record) => second(first(record as JsonObject))
  return (record) => {
    let value: JsonValue | undefined = record as JsonObject
    for (const step of steps) {
      value = step(value)
      if (value === undefined) return undefined
    }
    return value
  }
}

function spreadReader(segments: readonly PathSegment[]): Reader {
  const steps = segments.map((segment) => (typeof segment === 'symbol' ? EVERY : stepTo(segment)))
  return (record) => {
    const found: JsonValue[] = []
    collect(record as JsonObject, steps, 0, found)
    return found.length > 0 ? found : undefined
  }
}

/** Adds what the steps from `at` on lead to. */
function collect(from: JsonValue, steps: readonly (Step | typeof EVERY)[], at: number, found: JsonValue[]): void {
  let value: JsonValue | undefined = from
  for (let next = at; next < steps.length; next++) {
    const step = steps[next]
    if (step === EVERY) {
      if (Array.isArray(value)) for (const item of value) collect(item, steps, next + 1, found)
      return
    }
    value = step?.(value)
  }
  if (value !== undefined && value !== null) found.push(value)
}

function stepTo(segment: string | number): Step {
  if (typeof segment === 'number') {
    return (value) => (Array.isArray(value) && segment < value.length ? (value[segment] ?? undefined) : undefined)
  }
  // A name that no prototype bears can only be found as an own one, and plain reads are the fastest.
  const inherited = segment in Object.prototype
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    if (inherited && !Object.hasOwn(value, segment)) return undefined
    return value[segment] ?? undefined
  }
}

function orMissing(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) && value.length === 0 ? undefined : value
}

function coreGroup(record: JsonObject): string | undefined {
  return typeof record.objectRef === 'object' && record.objectRef !== null ? '' : undefined
}
