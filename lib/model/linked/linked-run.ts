import type { Engine, NetworkSpec, Weights } from '@/lib/engine/types'
import { labelKey } from '@/lib/labels/label-key'
import { fitConfidence, type ConfidenceMap } from '../confidence-map'
import type { LineRange } from '../windows'
import type { LinkedCoder } from './linked-coder'
import type { CorpusTables } from './linked-corpus'
import type { LinkedPrediction } from './linked-decode'
import { inferLinked, type LinkedInferOptions } from './linked-infer'
import { linkedNetwork, type LinkedShape } from './linked-network'
import { countFitted, prepareLinked, prepareOther, withoutHeld, type PreparedTable } from './linked-prepare'
import { answersOf, scoreAnswers, type LinkedAnswer, type LinkedScores } from './linked-scores'
import type { LinkedSettings } from './linked-settings'
import type { LinkedShares } from './linked-split'
import { wantedLabel, type TruthById } from './linked-target'
import { trainLinked, type LinkedTrainArguments, type LinkedTrainResult, type TrainingPart } from './linked-train'
import { codeSizes, type LinkedFeature } from './linked-vocabulary'
import type { LineFacts } from './training-table'

/** Contexts that training must not see, told by their trigger: a user, a namespace. */
export type Holdout = (trigger: LineFacts) => boolean

export interface LinkedRunArguments extends Pick<LinkedTrainArguments, TrainOption> {
  readonly engine: Engine
  readonly corpus: CorpusTables
  readonly truth: TruthById
  readonly shape: LinkedShape
  readonly settings: LinkedSettings
  readonly protocol: 'paper' | 'blocked' | 'transfer' | 'stored'
  readonly split: LinkedShares
  /** Of the stored protocol: the part of each request, 0 training, 1 validation, 2 test. */
  readonly partOf?: ReadonlyMap<string, 0 | 1 | 2>
  /** Lines between windows at inference. */
  readonly stride: number
  /** Held-out contexts are then what is scored, wherever in the log they are. */
  readonly holdout?: Holdout
  /** The log that is scored in the transfer protocol, all of it. */
  readonly other?: ScoredLog
  onPhase?(phase: 'linking' | 'training' | 'scoring'): void
}

/** A log that nothing is fitted on. */
export interface ScoredLog { readonly corpus: CorpusTables; readonly truth: TruthById }

/** Figures of one form of the log. */
export interface FormScores { readonly form: string; readonly title: string; readonly scores: LinkedScores }

export interface LinkedRunResult {
  readonly network: NetworkSpec
  /** As asked for, the window cut where the log is short. */
  readonly shape: LinkedShape
  readonly weights: Weights
  readonly features: readonly LinkedFeature[]
  readonly coder: LinkedCoder
  readonly confidence: ConfidenceMap
  readonly trained: LinkedTrainResult
  /** On lines that training did not see, unless the protocol leaks. The log as it was written comes first. */
  readonly forms: readonly FormScores[]
  /** Line by line, of each of the forms. */
  readonly formAnswers: readonly (readonly LinkedAnswer[])[]
  /** Line by line, of the log as it was written. */
  readonly answers: readonly LinkedAnswer[]
  readonly trainLines: number
  /** Wall clock of linking and encoding, and of scoring. */
  readonly seconds: { readonly prepare: number; readonly score: number; readonly millisPerLine: number }
}

/** Links, fits, trains, calibrates and scores: everything from a log with its truth to a network with its figures. */
export async function runLinked(args: LinkedRunArguments): Promise<LinkedRunResult> {
  const begun = performance.now()
  args.onPhase?.('linking')
  const { prepared, features, coder, window } = prepareLinked(args)
  const scoredLog = args.other ? { tables: prepareOther(args.other, features), truth: args.other.truth } : { tables: prepared, truth: args.truth }
  const prepareSeconds = (performance.now() - begun) / 1000
  const shape = { ...args.shape, window }
  const network = linkedNetwork(shape, codeSizes(features.map(({ vocabulary }) => vocabulary)), coder)
  args.onPhase?.('training')
  const trained = await trainLinked({
    engine: args.engine, network, settings: args.settings,
    parts: prepared.map((one) => trainingPart(one, args)),
    ...pick(args),
  })
  const trainedAt = performance.now()
  args.onPhase?.('scoring')
  const parts = { network, weights: trained.weights, coder }
  const confidence = await calibrate(prepared, args.truth, inferrer(args, parts))
  const infer = inferrer(args, { ...parts, confidence })
  const scored = await scoreForms(scoredLog, args, infer)
  return {
    network, shape, weights: trained.weights, features, coder, confidence, trained, ...scored, trainLines: countFitted(prepared[0]),
    seconds: { prepare: prepareSeconds, score: (performance.now() - trainedAt) / 1000, millisPerLine: await timeLines(prepared[0], infer) },
  }
}

function trainingPart({ name, weight, codes, targets, split, held }: PreparedTable, { protocol }: LinkedRunArguments): TrainingPart {
  const seen = { name, weight, codes, split, targets: withoutHeld(targets, held) }
  if (protocol !== 'stored') return seen
  const validated = new Set(split.validation.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)))
  return { ...seen, targets: withoutHeld(seen.targets, (line) => !split.fitted(line)), validationTargets: withoutHeld(seen.targets, (line) => !validated.has(line)) }
}

async function scoreForms({ tables, truth }: { tables: readonly PreparedTable[]; truth: TruthById }, args: LinkedRunArguments, infer: Infer): Promise<Pick<LinkedRunResult, 'forms' | 'formAnswers' | 'answers'>> {
  const [forms, formAnswers]: [FormScores[], (readonly LinkedAnswer[])[]] = [[], []]
  for (const one of tables) {
    if (one.rules !== 'all') continue
    const answers = await answer(one, { truth, holdout: args.holdout }, infer)
    formAnswers.push(answers)
    forms.push({ form: one.variant.name, title: one.variant.title, scores: scoreAnswers(answers) })
  }
  return { forms, formAnswers, answers: formAnswers[0] ?? [] }
}

const TIMED_LINES = 5000

/** Milliseconds a line of the network and its decoding, links not counted. */
async function timeLines(one: PreparedTable | undefined, infer: Infer): Promise<number> {
  const lines = Math.min(one?.table.eventOf.length ?? 0, TIMED_LINES)
  if (!one || lines === 0) return 0
  const begun = performance.now()
  await infer(one, { from: 0, to: lines })
  return (performance.now() - begun) / lines
}

type TrainOption = 'threads' | 'signal' | 'onEpoch' | 'onProgress' | 'shouldEnd'

function pick({ threads, signal, onEpoch, onProgress, shouldEnd }: LinkedRunArguments): Pick<LinkedTrainArguments, TrainOption> {
  return { ...(threads ? { threads } : {}), ...(signal ? { signal } : {}), ...(onEpoch ? { onEpoch } : {}), ...(onProgress ? { onProgress } : {}), ...(shouldEnd ? { shouldEnd } : {}) }
}

type Infer = (one: PreparedTable, range: LinkedInferOptions['range']) => ReturnType<typeof inferLinked>

function inferrer(args: LinkedRunArguments, parts: Omit<Parameters<typeof inferLinked>[1], 'stride'>): Infer {
  const { engine, threads, signal, stride, settings } = args
  return (one, range) => inferLinked(engine, { ...parts, stride }, one.table, one.codes, { batch: settings.batch, ...(threads ? { threads } : {}), ...(signal ? { signal } : {}), ...(range ? { range } : {}) })
}

/** Fits confidences on the validation lines of every form, those with thinned links too: a network is not to be surer on another cluster than it is good. */
async function calibrate(prepared: readonly PreparedTable[], truth: TruthById, infer: Infer): Promise<ConfidenceMap> {
  const [confidences, right]: [number[], boolean[]] = [[], []]
  for (const one of prepared) {
    const { from, predictions, counts } = await inferRanges(one, one.split.validation, infer)
    predictions.forEach((prediction, i) => {
      const want = counts(from + i) ? wantedLabel(one.table, from + i, truth) : null
      if (want === null) return
      confidences.push(prediction.confidence)
      right.push(prediction.label !== null && labelKey(prediction.label) === labelKey(want))
    })
  }
  return fitConfidence(confidences, right)
}

async function answer(one: PreparedTable, { truth, holdout }: { readonly truth: TruthById; readonly holdout: Holdout | undefined }, infer: Infer): Promise<LinkedAnswer[]> {
  if (holdout) return answersOf(one.table, truth, 0, await infer(one, undefined), one.held)
  const { from, predictions, counts } = await inferRanges(one, one.split.test, infer)
  return answersOf(one.table, truth, from, predictions, counts)
}

interface RangePredictions { readonly from: number; readonly predictions: readonly LinkedPrediction[]; readonly counts: (line: number) => boolean }

/** One stretch is predicted by itself; the published protocol's many overlapping windows at once, with all of the log around them. */
async function inferRanges(one: PreparedTable, ranges: readonly LineRange[], infer: Infer): Promise<RangePredictions> {
  const [first] = ranges
  if (first && ranges.length === 1) return { from: first.from, predictions: await infer(one, first), counts: () => true }
  const counted = new Uint8Array(one.table.eventOf.length)
  for (const { from, to } of ranges) counted.fill(1, from, to)
  return { from: 0, predictions: await infer(one, undefined), counts: (line) => counted[line] === 1 }
}
