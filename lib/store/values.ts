import type { JsonValue } from '@/lib/audit/event'

/** Longest text in an indexed column; PostgreSQL's indexes refuse much longer ones, and a log may hold anything. */
export const MAX_COLUMN = 512

/** Text that PostgreSQL takes: no NUL, no half surrogates, at most 512 characters. */
export function columnText(text: string | null): string | null {
  if (text === null) return null
  return text.slice(0, MAX_COLUMN).toWellFormed().replaceAll('\u0000', '\uFFFD')
}

/**
 * JSON text that jsonb takes: PostgreSQL refuses \u0000 and half surrogates, which a hostile log may hold;
 * they become U+FFFD.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value)
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text
  return text.replace(/\\(u0000|ud[89a-f][0-9a-f]{2}|[^])/g, (whole, escape: string) => (escape.length === 5 ? '\\ufffd' : whole))
}

/** An ISO string of a timestamp, null for null. */
export function iso(date: Date | null): string | null {
  return date === null ? null : date.toISOString()
}

/** A bigint column as a number; micros and sizes stay below 2^53. */
export function toNumber(value: bigint | string | number | null): number | null {
  return value === null ? null : Number(value)
}

/** A value as a jsonb parameter; null stays SQL's null. */
export function jsonParameter(value: unknown): string | null {
  return value === null || value === undefined ? null : jsonText(value)
}

/** What a jsonb column gave, as the type that was written there: only this program writes it. */
export function stored<T>(value: unknown): T {
  return value as JsonValue as T
}
