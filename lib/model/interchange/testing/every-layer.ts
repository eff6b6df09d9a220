import { hashKey, uniformSource } from '@/lib/engine/random'
import { initialWeights } from '@/lib/engine/initial-weights'
import type { NetworkSpec, Tensor, Weights } from '@/lib/engine/types'

/** A small network of the linked family's form: every layer of that family, heads of unequal sizes. */
export const LINKED_FORM: NetworkSpec = {
  features: 6, window: 7, heads: 4, classes: 9, headSizes: [9, 5, 2, 3], loss: { kind: 'crossEntropy' },
  layers: [
    { kind: 'embedding', sizes: [5, 3, 11, 2, 7, 4], dimension: 3 },
    { kind: 'featureDropout', rate: 0.15 },
    { kind: 'dense', units: 13, activation: 'gelu' },
    { kind: 'bilstm', units: 6 },
    { kind: 'layerNorm', epsilon: 1e-3 },
    { kind: 'bilstm', units: 6 },
    { kind: 'add', from: 4 },
    { kind: 'layerNorm', epsilon: 1e-5 },
    { kind: 'dropout', rate: 0.3 },
    { kind: 'dense', units: 19, activation: 'linear' },
  ],
}

/** A small network of the published form: numbers in, batch norms, equal heads. */
export const PUBLISHED_FORM: NetworkSpec = {
  features: 5, window: 6, heads: 5, classes: 4, loss: { kind: 'focal', gamma: 2, alpha: 0.25 },
  layers: [
    { kind: 'bilstm', units: 7 },
    { kind: 'batchNorm', momentum: 0.9, epsilon: 1e-3 },
    { kind: 'bilstm', units: 5 },
    { kind: 'dropout', rate: 0.2 },
    { kind: 'dense', units: 20, activation: 'relu' },
    { kind: 'batchNorm', momentum: 0.9, epsilon: 1e-2 },
  ],
}

/**
 * Start weights times `factor`, with every bias, shift and moving average off its start, so that none of them can be mixed
 * up, and embeddings 20 times as large, so that inputs matter.
 */
export function unevenWeights(spec: NetworkSpec, seed: number, factor = 1): Weights {
  return new Map([...initialWeights(spec, seed)].map(([name, tensor], i): [string, Tensor] => {
    const uniform = uniformSource(hashKey(seed, i))
    const offset = (): number => (tensor.shape.length > 1 ? 0 : name.endsWith('movingVariance') ? uniform() : uniform() - 0.5)
    return [name, { shape: tensor.shape, data: tensor.data.map((value) => (name.endsWith('/table') ? 20 : 1) * factor * value + offset()) }]
  }))
}

/** Codes below this for each feature, where values are codes. */
export type CodeCounts = readonly number[]

/** Codes of each feature of a network that begins with an embedding; null where it takes any number. */
export function codeCounts({ layers: [first] }: NetworkSpec): CodeCounts | null {
  return first?.kind === 'embedding' ? first.sizes : null
}

/** Random values [lines * features]: codes below `counts`, or numbers from -2 to 2. */
export function randomLines({ features }: NetworkSpec, lines: number, seed: number, counts: CodeCounts | null): Float32Array {
  const uniform = uniformSource(hashKey(seed, lines))
  return Float32Array.from({ length: lines * features }, (_, i) => (counts ? Math.floor(uniform() * (counts[i % features] ?? 1)) : uniform() * 4 - 2))
}
