import type { Network } from '@/lib/engine/types'
import { breather } from './breather'
import type { InferOptions, LinePrediction } from './infer'
import { Poll, WindowDecoder } from './poll'
import type { Vote } from './vote'

export interface VoteOptions extends Pick<InferOptions, 'coder' | 'batch' | 'decode' | 'confidence' | 'signal' | 'onProgress'> { readonly votes: readonly Vote[] }

/** What one vote makes of windows; null for lines that no window holds. */
export interface VotedLines {
  readonly vote: Vote
  readonly predictions: readonly (LinePrediction | null)[]
  /** Wall clock of the network, decoding and this vote: what a user of this vote alone would wait for. */
  readonly seconds: number
}

/** The same as `inferWindows` for several votes, all of them counted on the same predictions: network and decoding are worked once. */
export async function inferVotes(network: Network, lines: number, starts: Int32Array, options: VoteOptions): Promise<VotedLines[]> {
  const sorted = starts.slice().sort()
  const decoder = new WindowDecoder(network.spec, options)
  const tallies = options.votes.map((vote) => new Tally(new Poll(decoder, { ...options, vote }), lines))
  const pause = breather()
  let [shared, from] = [0, sorted[0] ?? 0]
  for (let at = 0; at < sorted.length; at += options.batch) {
    await pause()
    options.signal?.throwIfAborted()
    const begun = performance.now()
    const part = sorted.slice(at, at + options.batch)
    const probabilities = await network.predict(part)
    const windows = Array.from(part, (start, place) => ({ start, decoded: decoder.decode(probabilities, place) }))
    shared += performance.now() - begun
    const next = sorted[at + part.length] ?? (part.at(-1) as number) + network.spec.window
    for (const tally of tallies) tally.take(windows, from, next)
    from = next
    options.onProgress?.({ windows: at + part.length, total: sorted.length })
  }
  return tallies.map((tally, i) => ({ vote: options.votes[i] as Vote, predictions: tally.predictions, seconds: (shared + tally.millis) / 1000 }))
}

type Windows = readonly { readonly start: number; readonly decoded: ReturnType<WindowDecoder['decode']> }[]

class Tally {
  readonly predictions: (LinePrediction | null)[]
  millis = 0

  constructor(readonly poll: Poll, lines: number) {
    this.predictions = Array.from({ length: lines }, () => null)
  }

  /** Adds windows and closes the lines from <= line < to. */
  take(windows: Windows, from: number, to: number): void {
    const begun = performance.now()
    for (const { start, decoded } of windows) this.poll.add(start, decoded)
    this.poll.close(from, to).forEach((prediction, i) => { this.predictions[from + i] = prediction })
    this.millis += performance.now() - begun
  }
}
