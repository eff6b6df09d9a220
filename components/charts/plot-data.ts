import type { FigureData } from './figure'
import type { PlotSeries } from './plot-types'

export type WideRow = Record<string, number | null>

export const lowKey = (key: string): string => `${key}~low`
export const highKey = (key: string): string => `${key}~high`

/** One row for each x, one column for each series and for the ends of its deviations, as charts want it. */
export function toWideRows(series: readonly PlotSeries[]): WideRow[] {
  const rows = new Map<number, WideRow>()
  for (const one of series)
    for (const point of one.points) {
      const row = rows.get(point.x) ?? { x: point.x }
      row[one.key] = point.y
      if (point.deviation !== null) {
        row[lowKey(one.key)] = point.y - point.deviation
        row[highKey(one.key)] = point.y + point.deviation
      }
      rows.set(point.x, row)
    }
  return [...rows.values()].sort((a, b) => (a.x ?? 0) - (b.x ?? 0))
}

/** Every value of every point, long form, for "data" and CSV. */
export function toFigureData(series: readonly PlotSeries[], xLabel: string, yLabel: string): FigureData {
  return {
    header: ['series', xLabel, yLabel, 'deviation', 'from'],
    rows: series.flatMap((one) => one.points.flatMap((point) => (point.values.length > 0 ? point.values.map((value) => [one.label, point.x, value.value, point.deviation, value.label]) : [[one.label, point.x, point.y, point.deviation, null]]))),
  }
}

/** Moves labels apart that would overlap, keeping their order: each at least `gap` below the one before, all above `bottom`. */
export function spreadLabels(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const placed: number[] = wanted.map(() => 0)
  let floor = top
  for (const index of order) {
    const y = Math.max(floor, wanted[index] ?? 0)
    placed[index] = y
    floor = y + gap
  }
  let ceiling = bottom
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, ceiling)
    ceiling = (placed[index] ?? 0) - gap
  }
  return placed
}

/** Exponential moving average; 0 leaves the values as they are. */
export function smooth(values: readonly number[], weight: number): number[] {
  let last: number | null = null
  return values.map((value) => {
    last = last === null ? value : last * weight + value * (1 - weight)
    return last
  })
}

/** About `most` whole numbers from first to last, both among them, at a round step. */
export function wholeTicks(first: number, last: number, most = 8): number[] {
  const rough = Math.max(1, (last - first) / most)
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000].find((candidate) => candidate >= rough) ?? Math.ceil(rough)
  const ticks = [first]
  for (let tick = Math.ceil((first + 1) / step) * step; tick < last; tick += step) if (tick - first >= step / 2 && last - tick >= step / 2) ticks.push(tick)
  return last > first ? [...ticks, last] : ticks
}
