/** A figure with the interval that its resamples span. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** A difference with its interval; `p` is two-sided: how often resamples lie on the other side of zero. */
export interface DifferenceInterval extends Interval { readonly p: number }

export const LEVEL = 0.95

/** The percentile interval (Efron 1979) of a figure. */
export function intervalOf(value: number, resamples: Float64Array, level: number = LEVEL): Interval {
  const sorted = resamples.slice().sort()
  return { value, low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) }
}

/** Counts the observed one among the resamples, so that p is never 0. */
export function differenceOf(value: number, resamples: Float64Array, level: number = LEVEL): DifferenceInterval {
  const [below, above] = [resamples.filter((one) => one <= 0).length, resamples.filter((one) => one >= 0).length]
  return { ...intervalOf(value, resamples, level), p: Math.min(1, (2 * (Math.min(below, above) + 1)) / (resamples.length + 1)) }
}

/** Linear between the two nearest of ascending values, as numpy.quantile. NaN of none. */
export function quantile(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = q * (sorted.length - 1)
  const low = Math.floor(place)
  const [from, to] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number]
  return from + (to - from) * (place - low)
}
