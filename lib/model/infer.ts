import type { Network } from '@/lib/engine/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import { mapConfidence, RAW_CONFIDENCE, type ConfidenceMap } from './confidence-map'
import { breather } from './breather'
import { HEADS, type LabelCoder } from './label-coder'
import { decodeDistribution, type DecodeMode } from './label-decode'
import { castVote, countVotes, voteWeights, type Ballot, type Vote } from './vote'
import { coveringStarts } from './windows'

/** What the network says of one line. */
export interface LinePrediction {
  /** Null where the network answers "unknown" or an impossible tuple. */
  readonly label: ActionLabel | null
  /** In 0..1: see `countVotes`, and `ConfidenceMap` for what a model makes of it. */
  readonly confidence: number
  /** The label that came second in the vote; null where all windows agree, or it is none. */
  readonly runnerUp: ActionLabel | null
  /** Share of the vote by which the label leads the runner-up, 1 where all agree. */
  readonly margin: number
  /** Five class indexes as one number (LabelCoder.tupleOf), for scoring. */
  readonly tuple: number
}

export interface InferOptions {
  readonly coder: LabelCoder
  /** Windows a call of the engine; at most the network's own batch. */
  readonly batch: number
  readonly vote: Vote
  readonly decode: DecodeMode
  /** How raw confidences are told; as they are unless given. */
  readonly confidence?: ConfidenceMap
  readonly signal?: AbortSignal
  onProgress?(done: { readonly windows: number; readonly total: number }): void
  /** Told each window's tuples [W] before the vote, windows in log order. */
  onWindow?(start: number, tuples: Float64Array): void
}

/** Lines whose vote is over: `predictions[i]` is of line `from + i`, null where no window held it. */
export interface InferredChunk { readonly from: number; readonly predictions: readonly (LinePrediction | null)[] }

/**
 * Runs windows, named by their first line, through a bound network and yields lines as soon as no later window holds
 * them: memory is that of the windows in flight. Throws the signal's reason when aborted.
 */
export async function* inferChunks(network: Network, starts: Int32Array, options: InferOptions): AsyncGenerator<InferredChunk> {
  const sorted = starts.slice().sort()
  const poll = new Poll(network.spec.window, network.spec.heads * network.spec.classes, options)
  const pause = breather()
  let from = sorted[0] ?? 0
  for (let at = 0; at < sorted.length; at += options.batch) {
    await pause()
    options.signal?.throwIfAborted()
    const part = sorted.slice(at, at + options.batch)
    const probabilities = await network.predict(part)
    part.forEach((start, place) => poll.add(start, probabilities, place))
    const next = sorted[at + part.length] ?? (part.at(-1) as number) + network.spec.window
    const predictions = poll.close(from, next)
    if (predictions.length > 0) yield { from, predictions }
    from = next
    options.onProgress?.({ windows: at + part.length, total: sorted.length })
  }
}

/** Predictions of `lines` lines from the windows given; null for lines that no window holds. */
export async function inferWindows(network: Network, lines: number, starts: Int32Array, options: InferOptions): Promise<(LinePrediction | null)[]> {
  const result: (LinePrediction | null)[] = Array.from({ length: lines }, () => null)
  for await (const chunk of inferChunks(network, starts, options)) {
    chunk.predictions.forEach((prediction, i) => { result[chunk.from + i] = prediction })
  }
  return result
}

/** Predictions of every line of a bound log of at least W lines: windows every `stride` lines, the last flush with the end. */
export async function inferLines(network: Network, lines: number, options: InferOptions & { readonly stride: number }): Promise<LinePrediction[]> {
  const starts = coveringStarts(lines, network.spec.window, Math.min(options.stride, network.spec.window))
  const predictions = await inferWindows(network, lines, starts, options)
  return predictions.map((prediction, line) => {
    if (prediction === null) throw new RangeError(`line ${line} of ${lines} is in no window of ${network.spec.window}`)
    return prediction
  })
}

/** The votes, or summed distributions, of the lines that further windows may still hold. */
class Poll {
  readonly #ballots = new Map<number, Ballot[]>()
  readonly #sums = new Map<number, Float64Array>()
  readonly #weights: Float64Array

  constructor(readonly window: number, readonly width: number, readonly options: InferOptions) {
    if (width !== HEADS * options.coder.classes) throw new RangeError(`the network gives ${width} outputs, the label coder reads ${HEADS * options.coder.classes}`)
    this.#weights = voteWeights(window, options.vote)
  }

  add(start: number, probabilities: Float32Array, place: number): void {
    const tuples = new Float64Array(this.window)
    for (let j = 0; j < this.window; j++) {
      const offset = (place * this.window + j) * this.width
      const decoded = decodeDistribution(this.options.coder, probabilities, offset, this.options.decode)
      tuples[j] = decoded.tuple
      const weight = this.#weights[j] as number
      if (this.options.vote === 'probability') this.#sum(start + j, probabilities, offset, weight)
      castVote(this.#ballotsOf(start + j), decoded.tuple, weight, decoded.confidence)
    }
    this.options.onWindow?.(start, tuples)
  }

  /** Counts and forgets the lines from <= line < to. */
  close(from: number, to: number): (LinePrediction | null)[] {
    const predictions: (LinePrediction | null)[] = []
    for (let line = from; line < to; line++) {
      predictions.push(this.#count(line))
      this.#ballots.delete(line)
      this.#sums.delete(line)
    }
    return predictions
  }

  #ballotsOf(line: number): Ballot[] {
    let ballots = this.#ballots.get(line)
    if (!ballots) this.#ballots.set(line, (ballots = []))
    return ballots
  }

  #sum(line: number, probabilities: Float32Array, offset: number, weight: number): void {
    let sum = this.#sums.get(line)
    if (!sum) this.#sums.set(line, (sum = new Float64Array(this.width + 1)))
    for (let i = 0; i < this.width; i++) sum[i]! += weight * (probabilities[offset + i] as number)
    sum[this.width]! += weight
  }

  #count(line: number): LinePrediction | null {
    const ballots = this.#ballots.get(line)
    const outcome = ballots ? countVotes(ballots) : null
    if (outcome === null || !ballots) return null
    const { coder, decode, confidence: map = RAW_CONFIDENCE } = this.options
    const sum = this.#sums.get(line)
    if (!sum) return { ...outcome, confidence: mapConfidence(map, outcome.confidence), label: coder.label(outcome.tuple), runnerUp: outcome.runnerUp === null ? null : coder.label(outcome.runnerUp) }
    const total = sum[this.width] as number
    const { tuple, confidence } = decodeDistribution(coder, sum.map((value) => value / total), 0, decode)
    const rival = ballots.filter((ballot) => ballot.tuple !== tuple).sort((a, b) => b.weight - a.weight)[0]
    const own = ballots.find((ballot) => ballot.tuple === tuple)?.weight ?? 0
    return { tuple, label: coder.label(tuple), confidence: mapConfidence(map, confidence), runnerUp: rival ? coder.label(rival.tuple) : null, margin: (own - (rival?.weight ?? 0)) / total }
  }
}
