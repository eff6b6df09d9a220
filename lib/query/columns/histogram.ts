import type { Bitmap } from './bitmap'

export interface Histogram {
  readonly fromMicros: number
  readonly stepMicros: number
  readonly matched: readonly number[]
  readonly all: readonly number[]
}

/** Lengths of a step that people read easily, in microseconds. */
const STEPS = [1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 1.5e7, 3e7, 6e7, 12e7, 3e8, 6e8, 9e8, 18e8, 36e8, 72e8, 216e8, 432e8, 864e8, 1728e8, 6048e8, 25920e8]

/** Counts rows by time in at most `most` steps over the time of all that was asked, so that queries over one log share their axis. Null where nothing has a time. */
export function histogramOf(microsAt: (row: number) => number, asked: Bitmap, matched: Bitmap, most: number): Histogram | null {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  asked.forEach((row) => {
    const micros = microsAt(row)
    if (micros < first) first = micros
    if (micros > last) last = micros
  })
  if (!Number.isFinite(first)) return null
  const step = STEPS.find((one) => Math.floor(last / one) - Math.floor(first / one) < most) ?? Math.ceil((last - first + 1) / most)
  const from = Math.floor(first / step) * step
  const steps = Math.floor((last - from) / step) + 1
  const count = (rows: Bitmap): number[] => {
    const counts = Array.from({ length: steps }, () => 0)
    rows.forEach((row) => {
      const place = Math.floor((microsAt(row) - from) / step)
      if (place >= 0) counts[place] = (counts[place] ?? 0) + 1
    })
    return counts
  }
  return { fromMicros: from, stepMicros: step, matched: count(matched), all: count(asked) }
}
