import type { NetworkSpec } from '@/lib/engine/types'
import { LINKED_HEADS, SOURCES } from './linked-target'

/** What may be chosen of the linked network. */
export interface LinkedShape {
  readonly window: number
  /** Values of a feature's learnt vector. */
  readonly dimension: number
  /** Units of the recurrent layer in each direction; every hidden line has twice as many. */
  readonly units: number
  readonly featureDropout: number
  readonly dropout: number
}

/**
 * The linked network: learnt vectors of every feature, a dense layer, a residual recurrent one, a residual dense one, and three softmax heads.
 * `sizes` are the codes of each feature; resources and actions those of the label coder.
 */
export function linkedNetwork(shape: LinkedShape, sizes: readonly number[], labels: { readonly resources: number; readonly actions: number }): NetworkSpec {
  const width = 2 * shape.units
  const headSizes = [SOURCES, labels.resources, labels.actions]
  const epsilon = 1e-3
  return {
    features: sizes.length,
    window: shape.window,
    layers: [
      { kind: 'embedding', sizes, dimension: shape.dimension },
      { kind: 'featureDropout', rate: shape.featureDropout },
      { kind: 'dense', units: width, activation: 'gelu' },
      { kind: 'layerNorm', epsilon },
      { kind: 'bilstm', units: shape.units },
      { kind: 'add', from: 3 },
      { kind: 'layerNorm', epsilon },
      { kind: 'dense', units: width, activation: 'gelu' },
      { kind: 'add', from: 6 },
      { kind: 'layerNorm', epsilon },
      { kind: 'dropout', rate: shape.dropout },
      { kind: 'dense', units: headSizes.reduce((sum, size) => sum + size, 0), activation: 'linear' },
    ],
    heads: LINKED_HEADS.length,
    classes: Math.max(...headSizes),
    headSizes,
    loss: { kind: 'crossEntropy' },
  }
}
