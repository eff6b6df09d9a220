import type { JsonObject, JsonValue } from './event'

/** Readers for parsed JSON of unknown shape: what is not of the wanted type reads as null. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asObject(value: JsonValue | undefined): JsonObject | null {
  return isObject(value) ? value : null
}

/** The text, or null where there is none; the empty string counts as none. */
export function asText(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

export function asNumber(value: JsonValue | undefined): number | null {
  return typeof value === 'number' ? value : null
}

const NONE: readonly string[] = Object.freeze([])

/** The strings of a list; anything else in it is left out. */
export function asTexts(value: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(value)) return NONE
  return value.every(item => typeof item === 'string')
    ? (value as string[])
    : value.filter((item): item is string => typeof item === 'string')
}
