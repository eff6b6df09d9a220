import type { JsonObject, JsonValue } from '@/lib/audit/event'

const EMPTY: JsonObject = Object.freeze({})
const NONE: readonly JsonValue[] = Object.freeze([])

/** The value as an object; an empty one for anything else, since bodies are hostile input. */
export function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : EMPTY
}

export function asArray(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : NONE
}

/** A non-empty string, else null. */
export function asText(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

export function asCount(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
