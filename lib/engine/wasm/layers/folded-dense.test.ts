import { describe, expect, it } from 'vitest'
import { uniformSource } from '../../random'
import type { LayerSpec, Network, NetworkSpec } from '../../types'
import { loadInlineEngine, loadWasmEngine } from '../engine.node.ts'
import { Graph } from '../graph'
import { FoldedDense } from './folded-dense'

const SIZES = [7, 1, 30, 4]

/** Only inference folds: the loss of `gradients` goes the long way. */
function spec(units: number, between: readonly LayerSpec[] = [], sizes: readonly number[] = SIZES): NetworkSpec {
  return {
    features: sizes.length, window: 5, heads: 1, classes: 6, loss: { kind: 'crossEntropy' },
    layers: [
      { kind: 'embedding', sizes, dimension: 3 }, ...between, { kind: 'dense', units, activation: 'gelu' },
      { kind: 'dense', units: 6, activation: 'linear' },
    ],
  }
}

async function create(network: NetworkSpec, threads: number): Promise<Network> {
  const engine = threads === 1 ? await loadInlineEngine('simd') : await loadWasmEngine({ threads })
  const created = await engine.create(network, { threads, batch: 20, seed: 1 })
  const uniform = uniformSource(4)
  created.setWeights(new Map([...created.weights()].map(([name, tensor]) => [name, { ...tensor, data: tensor.data.map(() => uniform() - 0.5) }])))
  const [first] = network.layers
  const sizes = first?.kind === 'embedding' ? first.sizes : []
  created.bind({
    lines: 60, features: Uint16Array.from({ length: 60 * network.features }, (_, i) => Math.floor(uniform() * (sizes[i % network.features] ?? 1))),
    labels: Int32Array.from({ length: 60 }, () => Math.floor(uniform() * 6)),
  })
  return created
}

const STARTS = Int32Array.from({ length: 19 }, (_, i) => 2 * i)

describe('a dense layer behind an embedding', () => {
  it.each([[1, 1], [32, 1], [77, 1], [77, 2]])('of %s units gives the same at inference as in training, on %s threads', async (units, threads) => {
    const network = await create(spec(units, [{ kind: 'featureDropout', rate: 0.3 }]), threads)
    const expected = (await network.gradients(STARTS)).loss
    expect(Math.abs((await network.evaluate(STARTS)).loss - expected)).toBeLessThan(1e-6)
    await network.step(STARTS, 0.05, 1)
    const after = (await network.gradients(STARTS)).loss
    expect(Math.abs(after - expected)).toBeGreaterThan(1e-3)
    expect(Math.abs((await network.evaluate(STARTS)).loss - after)).toBeLessThan(1e-6)
    await network.dispose()
  })

  it('is folded where nothing between them is needed and the table is small', () => {
    const folds = (network: NetworkSpec): boolean => new Graph(network, { batch: 8, threads: 1, training: true }).inferring[0] instanceof FoldedDense
    expect(folds(spec(8))).toBe(true)
    expect(folds(spec(8, [{ kind: 'dropout', rate: 0.1 }, { kind: 'featureDropout', rate: 0.1 }]))).toBe(true)
    expect(folds(spec(8, [{ kind: 'layerNorm', epsilon: 1 }]))).toBe(false)
    expect(folds(spec(8, [], [60_000, 60_000]))).toBe(true)
    expect(folds(spec(80, [], [60_000, 60_000]))).toBe(false)
    const residual = spec(12)
    expect(folds({ ...residual, layers: [...residual.layers.slice(0, 2), { kind: 'add', from: 0 }, residual.layers[2]!] })).toBe(false)
  })
})
