import { headSizes, outputCount } from '@/lib/engine/spec'
import type { Engine, NetworkSpec, Weights } from '@/lib/engine/types'

/** The engine's probabilities of windows that follow one another, [windows * W * outputs]. */
export async function predictWindows(engine: Engine, spec: NetworkSpec, weights: Weights, features: Float32Array): Promise<Float32Array> {
  const lines = features.length / spec.features
  const windows = Math.floor(lines / spec.window)
  const network = await engine.create(spec, { threads: 1, batch: Math.min(32, windows), seed: 0, inferenceOnly: true })
  try {
    network.bind({ lines, features, labels: new Int32Array(lines * spec.heads).fill(-1) })
    network.setWeights(weights)
    return await network.predict(Int32Array.from({ length: windows }, (_, window) => window * spec.window))
  } finally {
    await network.dispose()
  }
}

/** One head's part of an engine's probabilities, line after line. */
export function headPart(spec: NetworkSpec, probabilities: ArrayLike<number>, head: number): Float64Array {
  const sizes = headSizes(spec)
  const from = sizes.slice(0, head).reduce((sum, side) => sum + side, 0)
  const [width, own] = [outputCount(spec), sizes[head] as number]
  return Float64Array.from({ length: (probabilities.length / width) * own }, (_, i) => probabilities[Math.floor(i / own) * width + from + (i % own)] as number)
}

export const largest = (values: Iterable<number>): number => {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}

/** The largest difference between equally many values. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} values against ${b.length}`)
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] as number) - (b[i] as number)))
  return most
}
