/** "2026-11-23 06:39:45 UTC" of a date, ISO string or milliseconds; audit logs are written in UTC and shown so. */
export function formatInstant(value: Date | string | number): string {
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return '–'
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** Microseconds since the epoch as "06:39:45.427442", the whole precision of the log. */
export function formatClock(micros: number): string {
  const iso = new Date(Math.floor(micros / 1000)).toISOString()
  return `${iso.slice(11, 23)}${String(Math.floor(micros) % 1000).padStart(3, '0')}`
}

/** First and last of a capture: the day is said once when both share it. */
export function formatSpan(first: string | Date | number, last: string | Date | number): string {
  const [from, to] = [formatInstant(first), formatInstant(last)]
  return from.slice(0, 10) === to.slice(0, 10) ? `${from.slice(0, 19)} – ${to.slice(11)}` : `${from.slice(0, 19)} – ${to}`
}
