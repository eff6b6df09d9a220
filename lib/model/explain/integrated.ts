import type { Engine, Network } from '@/lib/engine/types'
import { outputsOf, partSum, unlabelled, type Answer, type Explainable } from './explainable'
import type { ExplainedWindow } from './occlusion'

/** Integrated gradients of the weighted sum of an answer's parts over a window. */
export interface Attributions {
  /** [W * F]: how much each code adds to the sum, against a window of missing values. */
  readonly values: Float64Array
  /** Sum of all values, and the change of the sum that they should add up to (completeness). */
  readonly total: number
  readonly change: number
  /** Points of the path that it took. */
  readonly points: number
}

/** Points of the path, at first: enough where a network begins with an embedding. Raw codes make a rougher path, which gets more of them. */
const POINTS = 32
const MOST_POINTS = 2048
/** How far the values' sum may be from the change that they explain. */
const INCOMPLETE = 0.02

/** Null where the engine cannot. The baseline is a window in which every value is missing. Without `points`, as many as make the values complete. */
export async function integratedGradients(explainable: Explainable, engine: Engine, window: ExplainedWindow, answer: Answer, options: { points?: number; signal?: AbortSignal } = {}): Promise<Attributions | null> {
  const { spec, matrix, codes } = explainable
  const size = spec.window * spec.features
  const network = await engine.create(spec, { threads: 1, batch: 8, seed: 0 })
  try {
    if (!network.attributions) return null
    const lines = matrix instanceof Float32Array ? new Float32Array(2 * size) : new Uint16Array(2 * size)
    lines.set(matrix.subarray(window.start * spec.features, window.start * spec.features + size))
    lines.fill(codes.missing, size)
    network.bind(unlabelled(spec, 2 * spec.window, lines))
    network.setWeights(explainable.weights)
    const baseline = new Float32Array(spec.features).fill(codes.missing)
    const change = await changeOf(network, explainable, window, answer)
    for (let points = options.points ?? POINTS; ; points *= 4) {
      const values = new Float64Array(size)
      for (const part of answer.parts) {
        options.signal?.throwIfAborted()
        const own = await network.attributions(0, { step: window.step, head: part.head, class: part.class }, { baseline, points })
        for (let i = 0; i < size; i++) values[i] = (values[i] ?? 0) + part.weight * (own[i] ?? 0)
      }
      const total = values.reduce((sum, value) => sum + value, 0)
      if (Math.abs(total - change) <= INCOMPLETE || options.points !== undefined || points >= MOST_POINTS) return { values, total, change, points }
    }
  } finally {
    await network.dispose()
  }
}

async function changeOf(network: Network, { spec }: Explainable, { step }: ExplainedWindow, answer: Answer): Promise<number> {
  const probabilities = await network.predict(Int32Array.of(0, spec.window))
  const outputs = outputsOf(spec)
  return partSum(spec, answer, probabilities, step * outputs) - partSum(spec, answer, probabilities, (spec.window + step) * outputs)
}
