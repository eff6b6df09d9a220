import type { Network } from '@/lib/engine/types'
import type { ActionLabel } from '@/lib/labels/action-label'
import type { ConfidenceMap } from './confidence-map'
import type { LabelCoder } from './label-coder'
import type { DecodeMode } from './label-decode'
import { Poll, WindowDecoder } from './poll'
import { predictBatches } from './predict-batches'
import type { Vote } from './vote'
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
  const decoder = new WindowDecoder(network.spec, options)
  const poll = new Poll(decoder, options)
  let from = sorted[0] ?? 0
  for await (const { at, part, probabilities } of predictBatches(network, sorted, options)) {
    part.forEach((start, place) => {
      const decoded = decoder.decode(probabilities, place)
      poll.add(start, decoded)
      options.onWindow?.(start, decoded.tuples)
    })
    const next = sorted[at + part.length] ?? (part.at(-1) as number) + network.spec.window
    const predictions = poll.close(from, next)
    if (predictions.length > 0) yield { from, predictions }
    from = next
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
