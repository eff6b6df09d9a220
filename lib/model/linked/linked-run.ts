import type { Engine, NetworkSpec, Weights } from '@/lib/engine/types'
import type { EventFacts } from '@/lib/contexts/facts'
import { fitConfidence, type ConfidenceMap } from '../confidence-map'
import type { LineRange } from '../windows'
import type { LinkedPrediction } from './linked-decode'
import { labelKey } from '@/lib/labels/label-key'
import { LinkedCoder } from './linked-coder'
import type { CorpusTable, LinkedCorpus } from './linked-corpus'
import { inferLinked, type LinkedInferOptions } from './linked-infer'
import { linkedNetwork, type LinkedShape } from './linked-network'
import type { LinkedTable } from './linked-lines'
import { answersOf, scoreAnswers, type LinkedAnswer, type LinkedScores } from './linked-scores'
import type { LinkedSettings } from './linked-settings'
import { blockedLinkedSplit, cutsOf, fittingWindow, leakingLinkedSplit, type LinkedShares, type LinkedSplit } from './linked-split'
import { linkedTargets, LINKED_HEADS, wantedLabel, type TruthById } from './linked-target'
import { trainLinked, type LinkedTrainArguments, type LinkedTrainResult } from './linked-train'
import { codeSizes, encodeColumns, fitVocabulary, type LinkedFeature } from './linked-vocabulary'

/** Contexts that training must not see, told by their trigger: a user, a namespace. */
export type Holdout = (trigger: EventFacts) => boolean

export interface LinkedRunArguments extends Pick<LinkedTrainArguments, 'threads' | 'signal' | 'onEpoch' | 'onProgress'> {
  readonly engine: Engine
  readonly corpus: LinkedCorpus
  readonly truth: TruthById
  readonly shape: LinkedShape
  readonly settings: LinkedSettings
  readonly protocol: 'paper' | 'blocked'
  readonly split: LinkedShares
  /** Lines between windows at inference. */
  readonly stride: number
  /** Held-out contexts are then what is scored, wherever in the log they are. */
  readonly holdout?: Holdout
  onPhase?(phase: 'linking' | 'training' | 'scoring'): void
}

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
  /** Line by line, of the log as it was written. */
  readonly answers: readonly LinkedAnswer[]
  readonly trainLines: number
  /** Wall clock of linking and encoding, and of scoring. */
  readonly seconds: { readonly prepare: number; readonly score: number; readonly millisPerLine: number }
}

interface Prepared extends CorpusTable {
  readonly split: LinkedSplit
  readonly held: (line: number) => boolean
  readonly codes: Uint16Array
  readonly targets: Int32Array
}

/** Links, fits, trains, calibrates and scores: everything from a log with its truth to a network with its figures. */
export async function runLinked(args: LinkedRunArguments): Promise<LinkedRunResult> {
  const begun = performance.now()
  args.onPhase?.('linking')
  const { prepared, features, coder, window } = prepare(args)
  const prepareSeconds = (performance.now() - begun) / 1000
  const shape = { ...args.shape, window }
  const network = linkedNetwork(shape, codeSizes(features.map(({ vocabulary }) => vocabulary)), coder)
  args.onPhase?.('training')
  const trained = await trainLinked({
    engine: args.engine, network, settings: args.settings,
    parts: prepared.map(({ name, weight, codes, targets, split, held }) => ({ name, weight, codes, split, targets: withoutHeld(targets, held) })),
    ...pick(args),
  })
  const trainedAt = performance.now()
  args.onPhase?.('scoring')
  const parts = { network, weights: trained.weights, coder }
  const confidence = await calibrate(prepared, args.truth, inferrer(args, parts))
  const infer = inferrer(args, { ...parts, confidence })
  const scored = await scoreForms(prepared, args, infer)
  return {
    network, shape, weights: trained.weights, features, coder, confidence, trained, ...scored, trainLines: countFitted(prepared[0]),
    seconds: { prepare: prepareSeconds, score: (performance.now() - trainedAt) / 1000, millisPerLine: await timeLines(prepared[0], infer) },
  }
}

async function scoreForms(prepared: readonly Prepared[], args: LinkedRunArguments, infer: Infer): Promise<Pick<LinkedRunResult, 'forms' | 'answers'>> {
  const forms: FormScores[] = []
  let first: readonly LinkedAnswer[] = []
  for (const one of prepared) {
    if (one.rules !== 'all') continue
    const answers = await answer(one, args, infer)
    if (forms.length === 0) first = answers
    forms.push({ form: one.variant.name, title: one.variant.title, scores: scoreAnswers(answers) })
  }
  return { forms, answers: first }
}

const TIMED_LINES = 5000

/** Milliseconds a line of the network and its decoding, links not counted. */
async function timeLines(one: Prepared | undefined, infer: Infer): Promise<number> {
  const lines = Math.min(one?.table.eventOf.length ?? 0, TIMED_LINES)
  if (!one || lines === 0) return 0
  const begun = performance.now()
  await infer(one, { from: 0, to: lines })
  return (performance.now() - begun) / lines
}

function pick({ threads, signal, onEpoch, onProgress }: LinkedRunArguments): Pick<LinkedTrainArguments, 'threads' | 'signal' | 'onEpoch' | 'onProgress'> {
  return { ...(threads ? { threads } : {}), ...(signal ? { signal } : {}), ...(onEpoch ? { onEpoch } : {}), ...(onProgress ? { onProgress } : {}) }
}

function countFitted(one: Prepared | undefined): number {
  if (!one) return 0
  let count = 0
  for (let line = 0; line < one.table.eventOf.length; line++) if (one.split.fitted(line) && !one.held(line)) count++
  return count
}

function prepare(args: LinkedRunArguments): { prepared: Prepared[]; features: LinkedFeature[]; coder: LinkedCoder; window: number } {
  const { corpus, truth, settings, split: shares, protocol, shape } = args
  const tables = [...corpus.tables(), ...corpus.thinned(settings.seed)]
  const first = tables[0]
  if (!first) throw new RangeError('a corpus has at least one form')
  const cuts = cutsOf(first.table, shares)
  const window = fittingWindow(tables.map(({ table }) => table), cuts, shape.window)
  const split = tables.map(({ table }) => ({
    split: protocol === 'blocked' ? blockedLinkedSplit(table, cuts, window) : leakingLinkedSplit(table, shares, window, settings.seed),
    held: heldLines(table, truth, args.holdout),
  }))
  const fitted = (i: number) => (line: number): boolean => (split[i]?.split.fitted(line) ?? false) && !split[i]?.held(line)
  const vocabularies = fitVocabulary(tables.map(({ table }, i) => ({ columns: table.columns, fitted: fitted(i) })), settings.leastSeen)
  const features = first.table.columns.names.map((name, i) => ({ name, vocabulary: vocabularies[i] ?? [] }))
  const labels = Array.from(first.table.eventOf, (_, line) => (fitted(0)(line) ? wantedLabel(first.table, line, truth) : null))
  const coder = LinkedCoder.fit(labels)
  const prepared = tables.map((one, i): Prepared => ({ ...one, ...(split[i] as Pick<Prepared, 'split' | 'held'>), codes: encodeColumns(one.table.columns, features), targets: linkedTargets(one.table, truth, coder) }))
  return { prepared, features, coder, window }
}

/** Which lines belong to contexts that are held out. */
function heldLines(table: LinkedTable, truth: TruthById, holdout: Holdout | undefined): (line: number) => boolean {
  if (!holdout) return () => false
  const contexts = new Set<string>()
  for (const facts of table.events) {
    const known = truth.get(facts.auditID)
    if (known?.role === 'trigger' && known.context !== null && holdout(facts)) contexts.add(known.context)
  }
  return (line) => {
    const facts = table.events[table.eventOf[line] ?? -1]
    const context = facts ? truth.get(facts.auditID)?.context : null
    return typeof context === 'string' && contexts.has(context)
  }
}

function withoutHeld(targets: Int32Array, held: (line: number) => boolean): Int32Array {
  const kept = targets.slice()
  for (let line = 0; line * LINKED_HEADS.length < kept.length; line++) if (held(line)) kept.fill(-1, line * LINKED_HEADS.length, (line + 1) * LINKED_HEADS.length)
  return kept
}

type Infer = (one: Prepared, range: LinkedInferOptions['range']) => ReturnType<typeof inferLinked>

function inferrer(args: LinkedRunArguments, parts: Omit<Parameters<typeof inferLinked>[1], 'stride'>): Infer {
  const { engine, threads, signal, stride, settings } = args
  return (one, range) => inferLinked(engine, { ...parts, stride }, one.table, one.codes, { batch: settings.batch, ...(threads ? { threads } : {}), ...(signal ? { signal } : {}), ...(range ? { range } : {}) })
}

/** Fits confidences on the validation lines of every form, those with thinned links too: a network is not to be surer on another cluster than it is good. */
async function calibrate(prepared: readonly Prepared[], truth: TruthById, infer: Infer): Promise<ConfidenceMap> {
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

async function answer(one: Prepared, { truth, holdout }: LinkedRunArguments, infer: Infer): Promise<LinkedAnswer[]> {
  if (holdout) return answersOf(one.table, truth, 0, await infer(one, undefined), one.held)
  const { from, predictions, counts } = await inferRanges(one, one.split.test, infer)
  return answersOf(one.table, truth, from, predictions, counts)
}

interface RangePredictions { readonly from: number; readonly predictions: readonly LinkedPrediction[]; readonly counts: (line: number) => boolean }

/** One stretch is predicted by itself; the published protocol's many overlapping windows at once, with all of the log around them. */
async function inferRanges(one: Prepared, ranges: readonly LineRange[], infer: Infer): Promise<RangePredictions> {
  const [first] = ranges
  if (first && ranges.length === 1) return { from: first.from, predictions: await infer(one, first), counts: () => true }
  const counted = new Uint8Array(one.table.eventOf.length)
  for (const { from, to } of ranges) counted.fill(1, from, to)
  return { from: 0, predictions: await infer(one, undefined), counts: (line) => counted[line] === 1 }
}
