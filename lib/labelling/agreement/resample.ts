import { intervalOf, LEVEL } from '@/lib/model/metrics/interval'
import { drawPlaces } from '@/lib/model/metrics/resamples'

/** A figure with the interval of its resamples; all null where it is not defined. */
export interface Figure {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

export interface ResampleOptions {
  readonly seed: number
  readonly resamples: number
  readonly level?: number
  /** The group of each unit, 0 to their number - 1: requests of one context are right or wrong together, so whole groups are drawn. */
  readonly groups: Int32Array
  /** The groups drawn in a round, instead of the seeded ones. */
  readonly draw?: (round: number, groups: number) => Int32Array
  /** Awaited now and then, so that a server answers others meanwhile. */
  readonly breathe?: () => Promise<void>
}

const BREATH = 20

/**
 * Percentile bootstrap (Efron 1979) of several figures on the same resamples. `figures` gets how often each distinct row was drawn
 * and answers one number a figure, null where it is not defined; such rounds count for nothing.
 */
export async function resampleFigures(rowOf: Int32Array, weights: Float64Array, figures: (weights: Float64Array) => readonly (number | null)[], options: ResampleOptions): Promise<Figure[]> {
  const { seed, resamples, level = LEVEL, breathe } = options
  const members = groupMembers(rowOf, options.groups)
  const groups = members.starts.length - 1
  const places = new Int32Array(groups)
  const whole = figures(weights)
  const rounds = whole.map(() => new Float64Array(resamples).fill(Number.NaN))
  const drawn = new Float64Array(weights.length)
  for (let round = 0; round < resamples; round++) {
    drawn.fill(0)
    for (const group of options.draw?.(round, groups) ?? drawPlaces(seed, round, groups, places)) {
      for (let at = members.starts[group] as number; at < (members.starts[group + 1] as number); at++) drawn[members.rows[at] as number]!++
    }
    figures(drawn).forEach((value, figure) => { if (value !== null) rounds[figure]![round] = value })
    if (breathe && round % BREATH === BREATH - 1) await breathe()
  }
  return whole.map((value, figure) => withInterval(value, (rounds[figure] as Float64Array).filter((one) => !Number.isNaN(one)), level))
}

function withInterval(value: number | null, rounds: Float64Array, level: number): Figure {
  if (value === null || rounds.length === 0) return { value, low: null, high: null }
  return intervalOf(value, rounds, level)
}

/** The rows of each group, one after the other; `starts` has one place more than there are groups. */
function groupMembers(rowOf: Int32Array, groups: Int32Array): { readonly starts: Int32Array; readonly rows: Int32Array } {
  if (groups.length !== rowOf.length) throw new RangeError(`${groups.length} groups for ${rowOf.length} units`)
  const count = groups.reduce((most, group) => Math.max(most, group + 1), 0)
  const starts = new Int32Array(count + 1)
  for (const group of groups) starts[group + 1]!++
  for (let group = 0; group < count; group++) starts[group + 1]! += starts[group] as number
  const next = starts.slice()
  const rows = new Int32Array(rowOf.length)
  groups.forEach((group, unit) => { rows[next[group]!++] = rowOf[unit] as number })
  return { starts, rows }
}
