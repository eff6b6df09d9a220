import { hashKey, uniformSource } from '../random'
import { headSizes, networkParameters, sizeOf } from '../spec'
import type { LineMatrix, NetworkSpec, Tensor, Weights } from '../types'

/** A network and a batch for it; what Keras makes of them stands in golden.json under the same name. */
export interface Problem {
  readonly name: string
  readonly spec: NetworkSpec
  readonly windows: number
  readonly learningRate: number
  readonly clipNorm?: number
  /** Share of labels that are masked. */
  readonly masked: number
}

const norm = { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 } as const

/** The two networks that Auditweave trains, small; windows are no multiple of a shard's, so that a tail is met. */
export const PROBLEMS: readonly Problem[] = [
  {
    name: 'k8ntext', windows: 9, learningRate: 1e-2, masked: 0,
    spec: {
      features: 7, window: 12, heads: 3, classes: 4, loss: { kind: 'focal', gamma: 2, alpha: 0.25 },
      layers: [
        { kind: 'bilstm', units: 6 }, norm, { kind: 'bilstm', units: 5 }, { kind: 'dropout', rate: 0.4 }, { kind: 'dense', units: 12, activation: 'linear' }, norm,
      ],
    },
  },
  {
    name: 'linked', windows: 11, learningRate: 1e-2, clipNorm: 0.05, masked: 0.2,
    spec: {
      features: 5, window: 10, heads: 4, classes: 5, headSizes: [5, 3, 2, 4], loss: { kind: 'crossEntropy' },
      layers: [
        { kind: 'embedding', sizes: [4, 7, 3, 11, 2], dimension: 4 }, { kind: 'featureDropout', rate: 0.15 }, { kind: 'dense', units: 12, activation: 'gelu' },
        { kind: 'bilstm', units: 5 }, { kind: 'layerNorm', epsilon: 1e-3 }, { kind: 'bilstm', units: 5 }, { kind: 'add', from: 4 },
        { kind: 'layerNorm', epsilon: 1e-3 }, { kind: 'dropout', rate: 0.3 }, { kind: 'dense', units: 14, activation: 'linear' },
      ],
    },
  },
]

function startValues(name: string, size: number, uniform: () => number): Float32Array {
  const positive = /\/(gamma|movingVariance)$/.test(name)
  return Float32Array.from({ length: size }, () => (positive ? 0.5 + uniform() : uniform() * 1.2 - 0.6))
}

/** The same weights on every machine; moving averages are not at their start, so that inference shows them. */
export function problemWeights({ spec }: Problem): Weights {
  return new Map(networkParameters(spec).map(({ name, shape }, index): [string, Tensor] => (
    [name, { shape, data: startValues(name, sizeOf(shape), uniformSource(hashKey(1, index))) }]
  )))
}

/** The windows one after the other: window b begins at line b * W. */
export function problemLines({ spec, windows, masked }: Problem): LineMatrix {
  const lines = windows * spec.window
  const sizes = headSizes(spec)
  const [first] = spec.layers
  const [ofFeatures, ofLabels] = [uniformSource(2), uniformSource(3)]
  const codes = first?.kind === 'embedding' ? first.sizes : null
  const value = (feature: number): number => (codes ? Math.floor(ofFeatures() * (codes[feature] ?? 1)) : ofFeatures() * 4 - 2)
  const values = Array.from({ length: lines * spec.features }, (_, i) => value(i % spec.features))
  return {
    lines,
    features: codes ? Uint16Array.from(values) : Float32Array.from(values),
    labels: Int32Array.from({ length: lines * spec.heads }, (_, i) => (ofLabels() < masked ? -1 : Math.floor(ofLabels() * (sizes[i % spec.heads] ?? 1)))),
  }
}

export const problemStarts = ({ spec, windows }: Problem): Int32Array => Int32Array.from({ length: windows }, (_, window) => window * spec.window)
