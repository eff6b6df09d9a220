const ZERO = 48
const SECOND = 1_000_000
const DAY = 86_400 * SECOND
const LONGEST_OFFSET = 24 * 60

/** Days since 1970-01-01 of a proleptic Gregorian date (H. Hinnant's days_from_civil). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** `count` decimal digits of `text` at `at`, or NaN. */
function digits(text: string, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** `Z`, `z`, `+hh:mm` or `-hh:mm` as minutes, NaN for anything else. */
function offsetMinutes(text: string, at: number): number {
  const sign = text[at]
  if (sign === 'Z' || sign === 'z') return at + 1 === text.length ? 0 : Number.NaN
  if ((sign !== '+' && sign !== '-') || text[at + 3] !== ':' || at + 6 !== text.length) return Number.NaN
  const minutes = digits(text, at + 1, 2) * 60 + digits(text, at + 4, 2)
  if (!(minutes < LONGEST_OFFSET)) return Number.NaN
  return sign === '-' ? -minutes : minutes
}

/**
 * An RFC 3339 time as whole microseconds since the Unix epoch; null where it is none.
 * Finer digits than microseconds are cut off, not rounded, so that order is never changed by a carry.
 */
export function parseMicros(rfc3339: string | null): number | null {
  if (rfc3339 === null || rfc3339.length < 20 || rfc3339.length > 40) return null
  const separator = rfc3339[10]
  if (rfc3339[4] !== '-' || rfc3339[7] !== '-' || rfc3339[13] !== ':' || rfc3339[16] !== ':') return null
  if (separator !== 'T' && separator !== 't' && separator !== ' ') return null
  const year = digits(rfc3339, 0, 4)
  const month = digits(rfc3339, 5, 2)
  const day = digits(rfc3339, 8, 2)
  const hour = digits(rfc3339, 11, 2)
  const minute = digits(rfc3339, 14, 2)
  const second = digits(rfc3339, 17, 2)
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return null
  // 60 is a leap second: it reads as the first second of the next minute
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return null
  let at = 19
  let fraction = 0
  if (rfc3339[at] === '.') {
    let scale = SECOND / 10
    for (at++; ; at++) {
      const digit = rfc3339.charCodeAt(at) - ZERO
      if (!(digit >= 0 && digit <= 9)) break
      fraction += Math.floor(scale) * digit
      scale /= 10
    }
    if (at === 20) return null
  }
  const offset = offsetMinutes(rfc3339, at)
  if (Number.isNaN(offset)) return null
  const seconds = hour * 3600 + (minute - offset) * 60 + second
  const micros = daysFromCivil(year, month, day) * DAY + seconds * SECOND + fraction
  return Number.isSafeInteger(micros) ? micros : null
}

/** Microseconds since the Unix epoch as RFC 3339 with six digits, e.g. `2026-11-23T06:39:45.427442Z`. */
export function formatMicros(micros: number): string {
  const milliseconds = Math.floor(micros / 1000)
  const rest = micros - milliseconds * 1000
  const text = new Date(milliseconds).toISOString()
  return `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}
