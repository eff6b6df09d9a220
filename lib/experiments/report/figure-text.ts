import { measureOf, type Measure } from '../measures'
import type { Summary } from './report-types'

/** A value of a measure in its own digits and unit: ".9821", "12.3 s", "5,543". */
export function figureText(key: string, value: number): string {
  const { unit } = measureOf(key)
  return unit ? `${plainFigure(key, value)} ${unit}` : plainFigure(key, value)
}

/** The same without its unit, for columns that say it in their heads. Values too small for the digits keep three significant ones. */
export function plainFigure(key: string, value: number): string {
  if (!Number.isFinite(value)) return '–'
  const { digits } = measureOf(key)
  if (value !== 0 && Math.abs(value) < 10 ** -digits) return String(Number(value.toPrecision(3)))
  return value.toLocaleString('en', { minimumFractionDigits: digitsOf(measureOf(key), value), maximumFractionDigits: digitsOf(measureOf(key), value) })
}

/** Large times and sizes need no tenths. */
function digitsOf({ digits, domain }: Measure, value: number): number {
  return domain === null && Math.abs(value) >= 1000 ? 0 : digits
}

/** Mean and deviation, "0.9821 ± 0.0103". */
export function summaryText(key: string, { mean, deviation }: Summary): string {
  return deviation === null ? plainFigure(key, mean) : `${plainFigure(key, mean)} ± ${plainFigure(key, deviation)}`
}
