import type { JsonObject, JsonValue } from '@/lib/audit/event'
import { asObject } from '@/lib/audit/json'
import type { Until } from '../campaign'

/** Whether an answer is what a step waits for. */
export function isMet(condition: Until, answer: { readonly status: number; readonly body: JsonObject | null }): boolean {
  if ('gone' in condition) return answer.status === 404
  if (answer.status < 200 || answer.status >= 300) return false
  if ('exists' in condition) return true
  const value = valueAt(answer.body, condition.path)
  return 'equals' in condition ? value === condition.equals : typeof value === 'number' && value >= condition.atLeast
}

/** The value at a dotted path; numbers are places in lists. */
function valueAt(body: JsonValue, path: string): JsonValue {
  let value: JsonValue = body
  for (const part of path.split('.')) {
    const object = asObject(value)
    const next: JsonValue | undefined = Array.isArray(value) ? value[Number(part)] : object !== null && Object.hasOwn(object, part) ? object[part] : null
    value = next ?? null
  }
  return value
}
