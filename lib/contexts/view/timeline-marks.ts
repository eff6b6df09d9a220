import { LANE_VERBS, type Lane } from './lanes'
import type { TimeScale } from './time-scale'

/** What a timeline draws: single requests where they stand apart, columns of verbs where they would cover each other. */
export interface TimelineMarks {
  /** Lane, request and x in pixels, three values a mark. */
  readonly marks: Float64Array
  /** Lane, column, verb, how many and the lane's greatest column, five values a bar; bars of a column stand in order of verbs. */
  readonly bars: Float64Array
  readonly columns: number
}

/** Pixels of a column of bars. */
export const COLUMN = 4

export interface TimelineView { readonly from: number; readonly to: number; readonly width: number }

/** First place in a rising list that is not below the value. */
export function lowerBound(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Verb of a request as a place in LANE_VERBS. */
export type VerbOf = (request: number) => number

/**
 * What is in view, at most about two marks or bars a column and verb: however many requests there are, a frame draws no more than
 * the screen can show. `places` are those of each lane's times on the scale.
 */
export function timelineMarks(lanes: readonly Lane[], places: readonly Float64Array[], view: TimelineView, verbOf: VerbOf): TimelineMarks {
  const columns = Math.max(1, Math.ceil(view.width / COLUMN))
  const perPlace = view.width / (view.to - view.from)
  const marks: number[] = []
  const bars: number[] = []
  const counts = new Uint32Array(columns * LANE_VERBS.length)
  lanes.forEach((lane, index) => {
    const own = places[index] ?? new Float64Array()
    const [begin, end] = [lowerBound(own, view.from), lowerBound(own, view.to + 1e-12)]
    if (end - begin <= columns) {
      for (let i = begin; i < end; i++) marks.push(index, lane.requests[i] ?? -1, ((own[i] ?? 0) - view.from) * perPlace)
      return
    }
    counts.fill(0)
    for (let i = begin; i < end; i++) {
      const column = Math.min(columns - 1, Math.floor((((own[i] ?? 0) - view.from) * perPlace) / COLUMN))
      const at = column * LANE_VERBS.length + verbOf(lane.requests[i] ?? -1)
      counts[at] = (counts[at] ?? 0) + 1
    }
    pushBars(bars, counts, index, columns)
  })
  return { marks: Float64Array.from(marks), bars: Float64Array.from(bars), columns }
}

function pushBars(bars: number[], counts: Uint32Array, lane: number, columns: number): void {
  const verbs = LANE_VERBS.length
  let most = 0
  for (let column = 0; column < columns; column++) {
    let sum = 0
    for (let verb = 0; verb < verbs; verb++) sum += counts[column * verbs + verb] ?? 0
    most = Math.max(most, sum)
  }
  for (let column = 0; column < columns; column++) for (let verb = 0; verb < verbs; verb++) {
    const count = counts[column * verbs + verb] ?? 0
    if (count > 0) bars.push(lane, column, verb, count, most)
  }
}

export function placesOf(lanes: readonly Lane[], scale: TimeScale): Float64Array[] {
  return lanes.map(({ times }) => times.map((ms) => scale.place(ms)))
}

/** The request of a lane nearest to a place in view, no further off than `reach` pixels; -1 for none. */
export function nearestRequest(lane: Lane, places: Float64Array, view: TimelineView, x: number, reach: number): number {
  const perPlace = view.width / (view.to - view.from)
  const place = view.from + x / perPlace
  const at = lowerBound(places, place)
  const off = (i: number): number => (i < 0 || i >= places.length ? Infinity : Math.abs((places[i] ?? 0) - place) * perPlace)
  const best = off(at - 1) <= off(at) ? at - 1 : at
  return off(best) <= reach ? (lane.requests[best] ?? -1) : -1
}

/** Requests of a lane within a column of bars, as places in the lane. */
export function columnRange(places: Float64Array, view: TimelineView, x: number): { begin: number; end: number } {
  const perPlace = view.width / (view.to - view.from)
  const column = Math.floor(x / COLUMN)
  return { begin: lowerBound(places, view.from + (column * COLUMN) / perPlace), end: lowerBound(places, view.from + ((column + 1) * COLUMN) / perPlace) }
}

const NARROWEST = 1e-7

/** A view about the same point, `factor` times as wide, kept within the axis. */
export function zoomed({ from, to }: { readonly from: number; readonly to: number }, factor: number, about: number): { from: number; to: number } {
  const width = Math.min(1, Math.max(NARROWEST, (to - from) * factor))
  const share = (about - from) / (to - from)
  return panned({ from: about - share * width, to: about - share * width + width }, 0)
}

export function panned({ from, to }: { readonly from: number; readonly to: number }, by: number): { from: number; to: number } {
  const width = Math.min(1, to - from)
  const start = Math.min(1 - width, Math.max(0, from + by))
  return { from: start, to: start + width }
}
