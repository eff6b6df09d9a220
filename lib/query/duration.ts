/** Microseconds of each unit, largest first. */
const UNITS: readonly (readonly [string, number])[] = [
  ['w', 604_800_000_000],
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
]

const MICROS = new Map(UNITS)

/** `1h30m` in whole microseconds, finer digits cut off; null where it is none, or too long to count exactly. */
export function parseDuration(text: string): number | null {
  const parts = /^(-?)((?:\d+(?:\.\d+)?(?:us|ms|[smhdw]))+)$/.exec(text)
  if (!parts) return null
  let sum = 0
  for (const [, amount = '', unit = ''] of (parts[2] ?? '').matchAll(/(\d+(?:\.\d+)?)(us|ms|[smhdw])/g)) {
    sum += Math.trunc(Number(amount) * (MICROS.get(unit) ?? Number.NaN))
  }
  if (!Number.isSafeInteger(sum)) return null
  return parts[1] === '' || sum === 0 ? sum : -sum
}

/** The canonical text: whole numbers of ever smaller units, from days on; parsing gives the same microseconds. */
export function formatDuration(micros: number): string {
  let rest = Math.abs(micros)
  let text = micros < 0 ? '-' : ''
  for (const [unit, size] of UNITS.slice(1)) {
    const amount = Math.floor(rest / size)
    if (amount > 0) text += `${amount}${unit}`
    rest -= amount * size
  }
  return rest === 0 && /\d/.test(text) ? text : '0s'
}
