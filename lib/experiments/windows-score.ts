import type { Engine, Network, Weights } from '@/lib/engine/types'
import type { ConfidenceMap } from '@/lib/model/confidence-map'
import type { EncodedDataset } from '@/lib/model/dataset'
import { evaluateNetwork, fitNetworkConfidence, type Evaluation } from '@/lib/model/evaluate'
import { getPreset } from '@/lib/model/presets'
import type { ExecuteDeps } from './execute-types'
import type { PreparedRun } from './prepare-run'
import type { RunSpec } from './run-spec'

/** What a trained network scores; `millisPerLineByStride` is the paper's Table 6 at the run's own stride. */
export interface WindowsScore extends Evaluation { readonly millisPerLineByStride: number; readonly confidence: ConfidenceMap }

export type ScoreDeps = Pick<ExecuteDeps, 'threads' | 'signal' | 'onProgress'>

/** Does `work` with a network of the run that infers alone. */
export async function withNetwork<T>(engine: Engine, { network: spec, settings }: PreparedRun, weights: Weights, { threads }: ScoreDeps, work: (network: Network) => Promise<T>): Promise<T> {
  const network = await engine.create(spec, { threads, batch: settings.batch, seed: settings.seed, inferenceOnly: true })
  try {
    network.setWeights(weights)
    return await work(network)
  } finally {
    await network.dispose()
  }
}

/** Fits the network's confidences on the validation windows and scores it on the test windows. */
export function scoreWindows(engine: Engine, spec: RunSpec, prepared: PreparedRun, weights: Weights, deps: ScoreDeps): Promise<WindowsScore> {
  const { dataset, scored, settings, split } = prepared
  const options = { batch: settings.batch, vote: spec.vote, decode: getPreset(spec.preset).inference.decode, signal: deps.signal }
  return withNetwork(engine, prepared, weights, deps, async (network) => {
    network.bind(dataset.lines)
    const confidence = await fitNetworkConfidence(network, dataset, split.validation, options)
    if (scored !== dataset) network.bind(scored.lines)
    const evaluation = await evaluateNetwork(network, scored, split.test, {
      ...options,
      confidence,
      onProgress: ({ windows, total }) => deps.onProgress({ phase: 'infer', done: windows, total, unit: 'windows', epoch: null, epochs: null, secondsLeft: null }),
    })
    return { ...evaluation, confidence, millisPerLineByStride: await timeInference(network, scored, spec, options) }
  })
}

/** Lines that are timed: enough to drown the start, few enough for stride 1 at any window. */
const TIMED_LINES = 1000

/** Milliseconds a line, every line in W/stride windows, decoding and vote included. */
async function timeInference(network: Network, dataset: EncodedDataset, spec: RunSpec, options: Pick<Parameters<typeof evaluateNetwork>[3], 'batch' | 'vote' | 'decode'>): Promise<number> {
  const last = dataset.lines.lines - spec.window
  const first = Math.max(0, last - TIMED_LINES + spec.window)
  const starts: number[] = []
  for (let start = first; start <= last; start += spec.inferStride) starts.push(start)
  const { millisPerLine } = await evaluateNetwork(network, dataset, Int32Array.from(starts), options)
  return millisPerLine
}
