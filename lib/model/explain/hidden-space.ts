import { networkParameters, outputWidth } from '@/lib/engine/spec'
import type { Engine, NetworkSpec, Weights } from '@/lib/engine/types'
import { breather } from '../breather'
import { unlabelled, type Explainable } from './explainable'
import { windowAbout } from './occlusion'

const BATCH = 32

/**
 * What a network's last layers before its output say of lines: one vector each, of mean 0 and length 1, so that a dot product is
 * their cosine. No engine hands hidden values out, but the network without its output layer, read as one softmax, gives them
 * up to a constant: log softmax(h) = h - c, and the mean takes c away.
 */
export async function hiddenVectors(explainable: Explainable, engine: Engine, lines: readonly number[], options: { threads?: number; signal?: AbortSignal; onProgress?(done: number, total: number): void } = {}): Promise<Float32Array[]> {
  const { spec, weights } = withoutOutput(explainable)
  const network = await engine.create(spec, { threads: options.threads ?? 1, batch: BATCH, seed: 0, inferenceOnly: true })
  const pause = breather()
  const vectors: Float32Array[] = []
  try {
    network.bind(unlabelled(spec, explainable.lines, explainable.matrix))
    network.setWeights(weights)
    for (let from = 0; from < lines.length; from += BATCH) {
      await pause()
      options.signal?.throwIfAborted()
      const windows = lines.slice(from, from + BATCH).map((line) => windowAbout(explainable, line))
      const outputs = await network.predict(Int32Array.from(windows, ({ start }) => start))
      windows.forEach(({ step }, i) => vectors.push(directionOf(outputs, (i * spec.window + step) * spec.classes, spec.classes)))
      options.onProgress?.(vectors.length, lines.length)
    }
  } finally {
    await network.dispose()
  }
  return vectors
}

/** The network up to the layer before its output, and the weights of that part. */
export function withoutOutput({ spec, weights }: Pick<Explainable, 'spec' | 'weights'>): { spec: NetworkSpec; weights: Weights } {
  const last = spec.layers.findLastIndex((layer) => layer.kind === 'dense')
  const layers = spec.layers.slice(0, last)
  const width = layers.reduce((input, layer) => outputWidth(layer, input), spec.features)
  const { headSizes: _headSizes, ...rest } = spec
  const hidden: NetworkSpec = { ...rest, layers, heads: 1, classes: width }
  const kept = new Set(networkParameters(hidden).map(({ name }) => name))
  return { spec: hidden, weights: new Map([...weights].filter(([name]) => kept.has(name))) }
}

/** Smallest probability that its logarithm is taken of: float32 underflows below. */
const LEAST = 1e-37

function directionOf(outputs: Float32Array, offset: number, width: number): Float32Array {
  const vector = Float32Array.from({ length: width }, (_, i) => Math.log(Math.max(LEAST, outputs[offset + i] ?? 0)))
  const mean = vector.reduce((sum, value) => sum + value, 0) / width
  let square = 0
  for (let i = 0; i < width; i++) {
    const centred = (vector[i] ?? 0) - mean
    vector[i] = centred
    square += centred * centred
  }
  const length = Math.sqrt(square) || 1
  return vector.map((value) => value / length)
}
