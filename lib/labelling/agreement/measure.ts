import { fleissKappa, krippendorffAlpha, pairConfusion, pairKappa, pairPercent, percentAgreement } from './figures'
import { foldTable, partRows, type PartRows } from './patterns'
import { AGREEMENT_PARTS, type AgreementPart, type RatingTable } from './ratings'
import { resampleFigures, type Figure, type ResampleOptions } from './resample'

/** How far all raters agree on one part of the label. */
export interface PartAgreement {
  readonly part: AgreementPart
  readonly classes: number
  /** Requests with two ratings or more; `complete` have one of every rater, and Fleiss' kappa is over these alone. */
  readonly units: number
  readonly complete: number
  readonly percent: Figure
  readonly fleiss: Figure
  readonly alpha: Figure
}

/** How far two raters agree on one part of the label, over the requests that both rated. */
export interface PairAgreement {
  /** Places in `raters`. */
  readonly a: number
  readonly b: number
  readonly part: AgreementPart
  readonly units: number
  readonly percent: Figure
  readonly kappa: Figure
}

export interface AgreementReport {
  readonly raters: readonly { readonly key: string; readonly rated: number }[]
  readonly parts: readonly PartAgreement[]
  readonly pairs: readonly PairAgreement[]
  readonly resamples: number
  /** What was drawn: requests, those of one context together. */
  readonly groups: number
  readonly level: number
  readonly seed: number
}

export interface MeasureOptions extends Pick<ResampleOptions, 'draw' | 'breathe'> {
  readonly seed: number
  /** The group of each request; each alone where it is left out. */
  readonly groups?: Int32Array
  readonly resamples?: number
}

const RESAMPLES = 1000
const LEAST = 100
const LEVEL = 0.95
/** Rows looked at over all resamples at most: beyond it there are fewer resamples, so that an answer takes seconds. */
const MOST_WORK = 20_000_000

/** Agreement of all raters and of each two of them, on the whole label and on each of its parts. */
export async function measureAgreement(table: RatingTable, options: MeasureOptions): Promise<AgreementReport> {
  const patterns = foldTable(table)
  const parts = AGREEMENT_PARTS.map((part) => ({ part, rows: partRows(patterns, part) }))
  const pairs = pairsOf(table.raters.length)
  const units = patterns.rowOf.length
  const groups = options.groups ?? Int32Array.from({ length: units }, (_, unit) => unit)
  const work = units + patterns.weights.length * parts.length * (3 + pairs.length * 2)
  const resamples = options.resamples ?? Math.max(LEAST, Math.min(RESAMPLES, Math.floor(MOST_WORK / work)))
  const figures = (weights: Float64Array): (number | null)[] => parts.flatMap(({ rows }) => [
    percentAgreement(rows, weights).value, fleissKappa(rows, weights).value, krippendorffAlpha(rows, weights).value,
    ...pairs.flatMap(([a, b]) => { const confusion = pairConfusion(rows, weights, a, b); return [pairPercent(confusion).value, pairKappa(confusion).value] }),
  ])
  const found = await resampleFigures(patterns.rowOf, patterns.weights, figures, { ...options, groups, resamples, level: LEVEL })
  const next = found[Symbol.iterator]()
  const take = (): Figure => next.next().value as Figure
  const report = parts.map(({ part, rows }) => ({
    part: partOf(part, rows, patterns.weights, [take(), take(), take()]),
    pairs: pairs.map(([a, b]): PairAgreement => ({ a, b, part, units: pairConfusion(rows, patterns.weights, a, b).total, percent: take(), kappa: take() })),
  }))
  return {
    raters: table.raters.map((key, rater) => ({ key, rated: (table.ratings[rater] ?? []).filter((rating) => rating !== null).length })),
    parts: report.map((one) => one.part), pairs: report.flatMap((one) => one.pairs),
    resamples, groups: new Set(groups).size, level: LEVEL, seed: options.seed,
  }
}

function partOf(part: AgreementPart, rows: PartRows, weights: Float64Array, [percent, fleiss, alpha]: readonly [Figure, Figure, Figure]): PartAgreement {
  return { part, classes: rows.classes.length, units: percentAgreement(rows, weights).units, complete: fleissKappa(rows, weights).units, percent, fleiss, alpha }
}

function pairsOf(raters: number): [number, number][] {
  return Array.from({ length: raters }, (_, a) => Array.from({ length: raters - a - 1 }, (_, more): [number, number] => [a, a + 1 + more])).flat()
}
