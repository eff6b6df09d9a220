import type { Network } from '@/lib/engine/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { EncodedDataset } from './dataset'
import { fitConfidence, type ConfidenceMap } from './confidence-map'
import { inferWindows, type InferOptions, type LinePrediction } from './infer'
import { HEADS } from './label-coder'
import { calibration, type Calibration } from './metrics/calibration'
import { cohensKappa, macroF1, perClass, tupleAccuracy, weightedF1, type ClassScore } from './metrics/classification'
import { Confusion, type ConfusionCell } from './metrics/confusion'
import { partAccuracy, partMacroF1 } from './metrics/parts'

/** Scores over label tuples; `parts` are the five parts' accuracies in the order of PARTS. */
export interface LabelScores {
  readonly count: number
  readonly tupleAccuracy: number
  readonly macroF1: number
  readonly weightedF1: number
  readonly kappa: number
  readonly parts: readonly number[]
  /** Mean over the five parts of each part's own macro F1. */
  readonly partsF1: number
}

/** A class with its scores and the label that it stands for; null for "unknown" and "impossible". */
export interface ScoredClass extends ClassScore { readonly action: ActionLabel | null }

export interface Evaluation {
  /**
   * Every place of every test window by itself, before any vote: what the paper's Table 5 and Figure 7 score, as the vote
   * enters only as "majority accuracy" in section 6.5.1. Its F1 is "adapted" and macro-averaged (6.1.3) without saying
   * over what. `partsF1` is the reading that fits: on another log of the same size under the same protocol it gave .84 at
   * W = 5 and .97 at W = 60, where Table 5 has .81 and .98; `macroF1` over whole labels gave .69 and .92.
   */
  readonly windows: LabelScores
  /** Each test line once, after the vote ("majority accuracy" is its tupleAccuracy). */
  readonly lines: LabelScores
  readonly calibration: Calibration
  /** After the vote. */
  readonly perClass: readonly ScoredClass[]
  readonly confusion: readonly ConfusionCell[]
  /** After the vote; null for lines outside the test windows. */
  readonly predictions: readonly (LinePrediction | null)[]
  /** Wall clock of prediction, decoding and vote, and the same a line in milliseconds (the paper's Table 6). */
  readonly seconds: number
  readonly millisPerLine: number
}

/** Scores a network, bound to the data set's lines, on the windows given. */
export async function evaluateNetwork(network: Network, dataset: EncodedDataset, starts: Int32Array, options: Omit<InferOptions, 'coder' | 'onWindow'>): Promise<Evaluation> {
  const { coder } = dataset
  const byWindow = new Scorer(dataset)
  let scoring = 0
  const begun = performance.now()
  const predictions = await inferWindows(network, dataset.lines.lines, starts, {
    ...options,
    coder,
    onWindow: (start, tuples) => {
      const from = performance.now()
      tuples.forEach((tuple, j) => byWindow.add(start + j, tuple))
      scoring += performance.now() - from
    },
  })
  // Scoring is not inference: the time told is what a user of the model waits for.
  const millis = performance.now() - begun - scoring
  const inferred = predictions.filter((prediction) => prediction !== null).length
  return {
    windows: byWindow.scores(),
    ...scoreLines(dataset, predictions),
    predictions,
    seconds: millis / 1000,
    millisPerLine: inferred === 0 ? 0 : millis / inferred,
  }
}

/** Scores each line once, from predictions that were made before; null predictions are of lines that no window held. */
export function scoreLines(dataset: EncodedDataset, predictions: readonly (LinePrediction | null)[]): Pick<Evaluation, 'lines' | 'calibration' | 'perClass' | 'confusion'> {
  const scorer = new Scorer(dataset)
  predictions.forEach((prediction, line) => { if (prediction) scorer.add(line, prediction.tuple, prediction.confidence) })
  return { lines: scorer.scores(), calibration: scorer.calibration(), perClass: scorer.classes(), confusion: scorer.confusion.cells() }
}

/**
 * Fits how this network's confidences are to be told, on windows it was not trained on (the validation windows): so that
 * of lines told at .9 nine in ten are right.
 */
export async function fitNetworkConfidence(network: Network, dataset: EncodedDataset, starts: Int32Array, options: Omit<InferOptions, 'coder' | 'onWindow' | 'confidence'>): Promise<ConfidenceMap> {
  const predictions = await inferWindows(network, dataset.lines.lines, starts, { ...options, coder: dataset.coder })
  const scored = predictions.flatMap((prediction, line) => (prediction && dataset.truth[line] != null ? [{ prediction, want: dataset.truth[line] }] : []))
  return fitConfidence(scored.map(({ prediction }) => prediction.confidence), scored.map(({ prediction, want }) => dataset.coder.key(prediction.tuple) === want))
}

/** Counts predictions against the data set's truth. */
class Scorer {
  readonly confusion = new Confusion()
  readonly #actions = new Map<string, ActionLabel | null>()
  readonly #truth: number[] = []
  readonly #predicted: number[] = []
  readonly #confidence: number[] = []
  readonly #right: boolean[] = []

  constructor(readonly dataset: EncodedDataset) {}

  add(line: number, tuple: number, confidence?: number): void {
    const { coder, truth, lines, labels } = this.dataset
    const want = truth[line] ?? null
    if (want === null) return
    const got = coder.key(tuple)
    this.confusion.add(want, got)
    this.#actions.set(want, labels[line] ?? null)
    if (!this.#actions.has(got)) this.#actions.set(got, coder.label(tuple))
    for (let head = 0; head < HEADS; head++) this.#truth.push(lines.labels[line * HEADS + head] as number)
    this.#predicted.push(...coder.partsOf(tuple))
    if (confidence === undefined) return
    this.#confidence.push(confidence)
    this.#right.push(want === got)
  }

  scores(): LabelScores {
    const [truth, predicted] = [Int32Array.from(this.#truth), Int32Array.from(this.#predicted)]
    return {
      count: this.confusion.total,
      tupleAccuracy: tupleAccuracy(this.confusion),
      macroF1: macroF1(this.confusion),
      weightedF1: weightedF1(this.confusion),
      kappa: cohensKappa(this.confusion),
      parts: partAccuracy(truth, predicted),
      partsF1: partMacroF1(truth, predicted).reduce((sum, f1) => sum + f1 / HEADS, 0),
    }
  }

  classes(): ScoredClass[] {
    return perClass(this.confusion).map((score) => ({ ...score, action: this.#actions.get(score.label) ?? null }))
  }

  calibration(): Calibration { return calibration(this.#confidence, this.#right, 15) }
}
