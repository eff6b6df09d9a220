import type { AuditEvent, JsonObject, JsonValue } from '@/lib/audit/event'

/** One field that differs; null text where it was not there. */
export interface FieldChange { readonly path: string; readonly before: string | null; readonly after: string | null }

/** Fields that every write changes and that say nothing of what was done. */
const NOISE = new Set(['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp'])
const MOST = 40
const LONGEST = 160

const isObject = (value: JsonValue | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object as an event leaves it, or null: what was answered, else what was sent; a Status or a list is no object. */
export function bodyOf(event: AuditEvent): JsonObject | null {
  for (const body of [event.responseObject, event.requestObject]) if (isObject(body) && body.kind !== 'Status' && !Array.isArray(body.items)) return body
  return null
}

/** Fields in which two bodies of one object differ, in order of their paths, `MOST` at most. */
export function objectChanges(before: JsonObject, after: JsonObject): FieldChange[] {
  const found: FieldChange[] = []
  compare(before, after, '', found)
  return found.slice(0, MOST)
}

function compare(before: JsonValue | undefined, after: JsonValue | undefined, path: string, found: FieldChange[]): void {
  if (found.length > MOST) return
  if (isObject(before) && isObject(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) if (!NOISE.has(key)) compare(before[key], after[key], path === '' ? key : `${path}.${key}`, found)
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) compare(before[i], after[i], `${path}[${nameOf(after[i] ?? before[i]) ?? i}]`, found)
  } else if (JSON.stringify(before) !== JSON.stringify(after)) found.push({ path, before: shortText(before), after: shortText(after) })
}

/** Items of Kubernetes lists go by a name or a type. */
function nameOf(item: JsonValue | undefined): string | null {
  const name = isObject(item) ? (item.name ?? item.type) : null
  return typeof name === 'string' ? name : null
}

function shortText(value: JsonValue | undefined): string | null {
  if (value === undefined) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
