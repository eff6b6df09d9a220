import type { AxisValue } from '@/lib/experiments/points'
import type { LinesBody, LinePoint } from '@/lib/experiments/report/report-types'
import { seriesLook } from './palette'
import type { WideRow } from './plot-data'
import type { Marker } from './plot-types'

export interface PlacedPoint { readonly x: number; readonly y: number; readonly point: LinePoint }

/** A line of a chart: its look, and its points at numbers, whatever its axis holds. */
export interface PlacedSeries {
  readonly key: string
  readonly label: string
  readonly published: boolean
  readonly color: string
  readonly marker: Marker
  readonly dash?: string
  readonly points: readonly PlacedPoint[]
}

const PUBLISHED = { color: 'var(--color-ink)', marker: 'hollow', dash: '5 4' } as const

/** The places of the horizontal axis: numbers as they are, or names one step apart. */
export function placesOf(body: LinesBody): { readonly named: boolean; readonly values: readonly AxisValue[]; readonly ticks: readonly number[]; readonly at: (value: AxisValue) => number } {
  const values = [...new Set(body.series.flatMap((one) => one.points.map((point) => point.x)))]
  const numbers = values.filter((value) => typeof value === 'number')
  const named = body.x.scale === 'point' || numbers.length < values.length
  if (named) return { named, values, ticks: values.map((_, index) => index), at: (value) => values.indexOf(value) }
  const ticks = numbers.toSorted((a, b) => a - b)
  return { named, values: ticks, ticks, at: Number }
}

/** Series with their looks; on a logarithmic axis what is not above zero has no place and is left out. */
export function placeSeries(body: LinesBody): PlacedSeries[] {
  const places = placesOf(body)
  let ours = 0
  return body.series.map((one) => {
    const look = one.published ? PUBLISHED : seriesLook(ours++)
    const points = one.points.map((point) => ({ x: places.at(point.x), y: point.mean, point })).filter(({ x, y }) => Number.isFinite(y) && (body.y.scale !== 'log' || y > 0) && (body.x.scale !== 'log' || x > 0))
    return { key: one.key, label: one.title, published: one.published, ...look, points: points.toSorted((a, b) => a.x - b.x) }
  })
}

/** Lowest and highest that a point reaches: its deviation and its single values. */
export function reachOf({ point }: PlacedPoint, log: boolean): readonly [number, number] {
  const values = [point.mean, ...point.values.map((one) => one.value), ...(point.deviation === null ? [] : [point.mean - point.deviation, point.mean + point.deviation])].filter((value) => !log || value > 0)
  return [Math.min(...values), Math.max(...values)]
}

/** One row for each place, with the mean of each series. */
export function wideRows(series: readonly PlacedSeries[]): WideRow[] {
  const rows = new Map<number, WideRow>()
  for (const one of series)
    for (const placed of one.points) {
      const row = rows.get(placed.x) ?? { x: placed.x }
      rows.set(placed.x, Object.assign(row, { [one.key]: placed.y }))
    }
  return [...rows.values()].sort((a, b) => (a.x ?? 0) - (b.x ?? 0))
}
