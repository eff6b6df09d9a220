import type { Network } from '@/lib/engine/types'
import { breather } from './breather'

export interface BatchOptions {
  /** Windows a call of the engine. */
  readonly batch: number
  readonly signal?: AbortSignal
  onProgress?(done: { readonly windows: number; readonly total: number }): void
}

/** What the network said of some windows: `part` are their first lines, the window at `starts[at]` and those after it. */
export interface PredictedBatch { readonly at: number; readonly part: Int32Array; readonly probabilities: Float32Array }

/** Runs windows, named by their first line, through a bound network in the order given, with pauses for others between. Throws the signal's reason when aborted. */
export async function* predictBatches(network: Network, starts: Int32Array, options: BatchOptions): AsyncGenerator<PredictedBatch> {
  const pause = breather()
  for (let at = 0; at < starts.length; at += options.batch) {
    await pause()
    options.signal?.throwIfAborted()
    const part = starts.slice(at, at + options.batch)
    yield { at, part, probabilities: await network.predict(part) }
    options.onProgress?.({ windows: at + part.length, total: starts.length })
  }
}
