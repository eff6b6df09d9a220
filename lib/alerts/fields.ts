import { z } from 'zod'
import { parseMicros } from '@/lib/audit/time'
import { ALERT_LIMITS } from './limits'

/** Any text, kept to a length; what is no text, and Falco's `<NA>`, is nothing. */
export const shortText = z.unknown().transform((value): string | null => {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  return typeof text === 'string' && text !== '' && text !== '<NA>' ? text.slice(0, ALERT_LIMITS.text) : null
})

const LATEST_SECONDS = 32_503_680_000

/** Microseconds of an RFC 3339 text, or of a number of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by its size. */
export function alertMicros(value: unknown): number | null {
  if (typeof value === 'string') return parseMicros(withColon(value)) ?? null
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null
  for (const [unit, micros] of [[1, 1e6], [1e3, 1e3], [1e6, 1], [1e9, 1e-3]] as const) if (value < LATEST_SECONDS * unit) return Math.round(value * micros)
  return null
}

/** Falco writes the zone of an ISO time as `+0000`. */
function withColon(text: string): string {
  return text.slice(0, 40).replace(/([+-]\d\d)(\d\d)$/, '$1:$2')
}
