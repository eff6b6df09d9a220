import type { Engine, Network, Weights } from '@/lib/engine/types'
import type { ConfidenceMap } from '@/lib/model/confidence-map'
import { scoreLines, type LabelScores } from '@/lib/model/evaluate'
import { inferVotes, type VoteOptions } from '@/lib/model/infer-votes'
import { getPreset } from '@/lib/model/presets'
import { windowStartsIn } from '@/lib/model/windows'
import type { RunData } from './execute-types'
import type { Point } from './points'
import { drawnTests, type PreparedRun } from './prepare-run'
import type { RunSpec } from './run-spec'
import { readForms, type FormLines } from './windows-forms'
import { withNetwork, type ScoreDeps } from './windows-score'

export interface WindowsPointsArguments {
  readonly engine: Engine
  readonly spec: RunSpec
  readonly prepared: PreparedRun
  readonly weights: Weights
  readonly confidence: ConfidenceMap
  /** The data set that is scored; its log is read where forms of it are asked for. */
  readonly tested: RunData
  readonly deps: ScoreDeps
}

/** What a run measures beside its metrics: every vote at every stride, and other forms of the log, all with the same weights. */
export async function windowsPoints({ engine, spec, prepared, weights, confidence, tested, deps }: WindowsPointsArguments): Promise<Point[]> {
  const { votes, inferStrides, forms } = spec.measure ?? {}
  if (!votes && !inferStrides && !forms) return []
  const { settings, scored } = prepared
  const { decode } = getPreset(spec.preset).inference
  const options = { coder: scored.coder, batch: settings.batch, decode, confidence, signal: deps.signal }
  return withNetwork(engine, prepared, weights, deps, async (network) => {
    const points: Point[] = []
    network.bind(scored.lines)
    const strides = votes || inferStrides ? [...new Set(inferStrides ?? [spec.inferStride])].filter((stride) => stride <= spec.window) : []
    for (const inferStride of strides) {
      tell(deps, points.length)
      points.push(...await votePoints(network, { spec, prepared }, { ...options, votes: votes ?? [spec.vote] }, inferStride))
    }
    if (!forms) return points
    for (const form of await readForms(await tested.loadLog(), prepared, deps.signal)) {
      tell(deps, points.length)
      points.push(await formPoint(network, form, { ...options, votes: [spec.vote] }, spec))
    }
    return points
  })
}

function tell({ onProgress }: ScoreDeps, done: number): void {
  onProgress({ phase: 'measure', done, total: done + 1, unit: 'steps', epoch: null, epochs: null, secondsLeft: null })
}

/**
 * Test windows `stride` lines apart. Held-out lines are all covered at any stride; of the windows that the paper's protocol drew at random to test on,
 * those are taken that begin at a multiple of the stride.
 */
function testStarts(spec: RunSpec, { split, network, scored }: PreparedRun, stride: number): Int32Array {
  if (split.protocol === 'paper') return drawnTests(spec, scored.lines.lines).filter((start) => start % stride === 0)
  return windowStartsIn(split.testLines, network.window, stride, { flush: true })
}

async function votePoints(network: Network, { spec, prepared }: Pick<WindowsPointsArguments, 'spec' | 'prepared'>, options: VoteOptions, inferStride: number): Promise<Point[]> {
  const { scored } = prepared
  const voted = await inferVotes(network, scored.lines.lines, testStarts(spec, prepared, inferStride), options)
  return voted.map(({ vote, predictions, seconds }): Point => {
    const inferred = predictions.filter((prediction) => prediction !== null).length
    const { lines, calibration } = scoreLines(scored, predictions)
    return { axes: { vote, inferStride }, measures: { ...lineMeasures(lines), calibrationError: calibration.error, inferSeconds: seconds, inferMillisPerLine: inferred === 0 ? 0 : (seconds * 1000) / inferred } }
  })
}

async function formPoint(network: Network, { variant, dataset, counts, inContext }: FormLines, options: VoteOptions, { window, inferStride }: RunSpec): Promise<Point> {
  const { lines: all } = dataset.lines
  if (all < window) return { axes: { form: variant.name }, measures: { testLines: 0 } }
  network.bind(dataset.lines)
  const [voted] = await inferVotes(network, all, windowStartsIn({ from: 0, to: all }, window, Math.min(inferStride, window), { flush: true }), options)
  const tested = (voted?.predictions ?? []).map((prediction, line) => (counts[line] === 1 ? prediction : null))
  const { lines, calibration } = scoreLines(dataset, tested)
  const contexts = scoreLines(dataset, tested.map((prediction, line) => (inContext[line] === 1 ? prediction : null))).lines
  return { axes: { form: variant.name }, measures: { ...lineMeasures(lines), contextAccuracy: contexts.tupleAccuracy, calibrationError: calibration.error } }
}

function lineMeasures({ count, tupleAccuracy, macroF1, weightedF1, partsF1, kappa }: LabelScores): Point['measures'] {
  return { lineAccuracy: tupleAccuracy, lineMacroF1: macroF1, lineWeightedF1: weightedF1, linePartsF1: partsF1, lineKappa: kappa, testLines: count }
}
