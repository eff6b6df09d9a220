import { readFileSync } from 'node:fs'
import type { LineMatrix, NetworkSpec, Tensor, Weights } from '@/lib/engine/types'
import { networkParameters, sizeOf } from '@/lib/engine/spec'

/**
 * The paper's network with one batch of random windows, its weights and the gradients and losses that
 * Keras gives for them (plain cross-entropy, no dropout, Adam at 1e-3). Test data only.
 */
export const PAPER: NetworkSpec = {
  features: 39,
  window: 60,
  layers: [
    { kind: 'bilstm', units: 156 },
    { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 },
    { kind: 'bilstm', units: 117 },
    { kind: 'dense', units: 295, activation: 'linear' },
    { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 },
  ],
  heads: 5,
  classes: 59,
  loss: { kind: 'crossEntropy' },
}

export const WINDOWS = 32

const bytes = (name: string): ArrayBuffer => new Uint8Array(readFileSync(new URL(name, import.meta.url))).buffer

/** The windows one after the other: window b begins at line 60 b. */
export function goldenLines(): LineMatrix {
  return { lines: WINDOWS * PAPER.window, features: new Float32Array(bytes('x.bin')), labels: new Int32Array(bytes('y.bin')) }
}

export const goldenStarts = (): Int32Array => Int32Array.from({ length: WINDOWS }, (_, window) => window * PAPER.window)

/** Tensors of one file, in the order of the network's trained parameters. */
function tensors(name: string): Map<string, Tensor> {
  const values = new Float32Array(bytes(name))
  let offset = 0
  return new Map(networkParameters(PAPER).filter(({ trained }) => trained).map(({ name: tensor, shape }) => {
    const data = values.slice(offset, offset + sizeOf(shape))
    offset += data.length
    return [tensor, { shape, data }]
  }))
}

export const goldenGradients = (): Weights => tensors('g1.bin')

/** The weights before the first step, moving averages at their start. */
export function goldenWeights(): Weights {
  const trained = tensors('w0.bin')
  return new Map(networkParameters(PAPER).map(({ name, shape, start }) => {
    const fresh = { shape, data: new Float32Array(sizeOf(shape)).fill(start === 'ones' ? 1 : 0) }
    return [name, trained.get(name) ?? fresh]
  }))
}

export function goldenLosses(): number[] {
  const meta = JSON.parse(new TextDecoder().decode(bytes('meta.json'))) as { losses: number[] }
  return meta.losses
}
