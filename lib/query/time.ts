import { parseMicros } from '@/lib/audit/time'

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[Tt](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?)?$/

/**
 * A time as people write it, in microseconds since the Unix epoch; null where the text is none. RFC 3339, and wider:
 * a date alone is its midnight, seconds may be left out, and without a zone it is UTC.
 */
export function parseTime(text: string): number | null {
  const parts = TIME.exec(text)
  if (!parts) return null
  const [, date, minutes = '00:00', seconds = ':00', zone = 'Z'] = parts
  return parseMicros(`${date}T${minutes}${seconds}${zone}`)
}
