// Made once: toLocaleString looks the locale up at every call, which tables and progress make by the thousand.
const COUNT = new Intl.NumberFormat('en')

/** 18478 -> "18,478". */
export function formatCount(value: number): string {
  return COUNT.format(Math.round(value))
}

/** "1 event", "2 events"; irregular plurals are given. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** A score between 0 and 1 with the paper's four digits; a dash where there is none. */
export function formatScore(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(4)
}

/** A share as a percentage that never rounds up to 100 or down to 0. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '–'
  if (share > 0 && share < 0.001) return '< 0.1 %'
  if (share < 1 && share > 0.999) return '> 99.9 %'
  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)} %`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** Decimal units, as file managers show them. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`
}

/** A figure of any size in at most four significant digits, for axes and tables. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Number.isInteger(value)) return formatCount(value)
  return Math.abs(value) >= 1e-4 ? String(Number(value.toPrecision(4))) : value.toExponential(1)
}
