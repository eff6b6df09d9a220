import { mapConfidence, RAW_CONFIDENCE } from './confidence-map'
import type { InferOptions, LinePrediction } from './infer'
import { HEADS, type LabelCoder } from './label-coder'
import { decodeDistribution, type DecodeMode } from './label-decode'
import { castVote, countVotes, voteWeights, type Ballot } from './vote'

/** What a network says of one window: for each place its tuple and confidence, and the distributions [W * outputs] from `offset` on. */
export interface DecodedWindow { readonly tuples: Float64Array; readonly confidences: Float64Array; readonly probabilities: Float32Array; readonly offset: number }

interface NetworkSize { readonly window: number; readonly heads: number; readonly classes: number }

/** Decodes windows, once however many votes are counted on them. */
export class WindowDecoder {
  readonly window: number
  /** Outputs a line. */
  readonly width: number

  constructor({ window, heads, classes }: NetworkSize, readonly options: { readonly coder: LabelCoder; readonly decode: DecodeMode }) {
    this.window = window
    this.width = heads * classes
    if (this.width !== HEADS * options.coder.classes) throw new RangeError(`the network gives ${this.width} outputs, the label coder reads ${HEADS * options.coder.classes}`)
  }

  /** The window at `place` of a batch of predictions. */
  decode(probabilities: Float32Array, place: number): DecodedWindow {
    const { coder, decode } = this.options
    const offset = place * this.window * this.width
    const [tuples, confidences] = [new Float64Array(this.window), new Float64Array(this.window)]
    for (let j = 0; j < this.window; j++) {
      const { tuple, confidence } = decodeDistribution(coder, probabilities, offset + j * this.width, decode)
      tuples[j] = tuple
      confidences[j] = confidence
    }
    return { tuples, confidences, probabilities, offset }
  }
}

/** The votes, or summed distributions, of the lines that further windows may still hold. */
export class Poll {
  readonly #ballots = new Map<number, Ballot[]>()
  readonly #sums = new Map<number, Float64Array>()
  readonly #weights: Float64Array

  constructor(readonly decoder: WindowDecoder, readonly options: Pick<InferOptions, 'coder' | 'vote' | 'decode' | 'confidence'>) {
    this.#weights = voteWeights(decoder.window, options.vote)
  }

  /** Takes the votes of the window that begins at `start`. */
  add(start: number, { tuples, confidences, probabilities, offset }: DecodedWindow): void {
    const { width } = this.decoder
    for (let j = 0; j < tuples.length; j++) {
      const weight = this.#weights[j] as number
      if (this.options.vote === 'probability') this.#sum(start + j, probabilities, offset + j * width, weight)
      castVote(this.#ballotsOf(start + j), tuples[j] as number, weight, confidences[j] as number)
    }
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
    if (!sum) this.#sums.set(line, (sum = new Float64Array(this.decoder.width + 1)))
    for (let i = 0; i < this.decoder.width; i++) sum[i]! += weight * (probabilities[offset + i] as number)
    sum[this.decoder.width]! += weight
  }

  #count(line: number): LinePrediction | null {
    const ballots = this.#ballots.get(line)
    const outcome = ballots ? countVotes(ballots) : null
    if (outcome === null || !ballots) return null
    const { coder, decode, confidence: map = RAW_CONFIDENCE } = this.options
    const sum = this.#sums.get(line)
    if (!sum) return { ...outcome, confidence: mapConfidence(map, outcome.confidence), label: coder.label(outcome.tuple), runnerUp: outcome.runnerUp === null ? null : coder.label(outcome.runnerUp) }
    const total = sum[this.decoder.width] as number
    const { tuple, confidence } = decodeDistribution(coder, sum.map((value) => value / total), 0, decode)
    const rival = ballots.filter((ballot) => ballot.tuple !== tuple).sort((a, b) => b.weight - a.weight)[0]
    const own = ballots.find((ballot) => ballot.tuple === tuple)?.weight ?? 0
    return { tuple, label: coder.label(tuple), confidence: mapConfidence(map, confidence), runnerUp: rival ? coder.label(rival.tuple) : null, margin: (own - (rival?.weight ?? 0)) / total }
  }
}
