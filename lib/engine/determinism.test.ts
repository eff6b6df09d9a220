import { describe, expect, it } from 'vitest'
import { uniformSource } from './random'
import type { Engine, LineMatrix, Network, NetworkSpec, Weights } from './types'
import { loadInlineEngine, loadWasmEngine } from './wasm/engine.node.ts'

const SPEC: NetworkSpec = {
  features: 6, window: 7, heads: 2, classes: 5, loss: { kind: 'focal', gamma: 2, alpha: 0.25 },
  layers: [
    { kind: 'bilstm', units: 11 }, { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 }, { kind: 'dropout', rate: 0.4 },
    { kind: 'bilstm', units: 5 }, { kind: 'dense', units: 10, activation: 'relu' }, { kind: 'dropout', rate: 0.1 },
    { kind: 'dense', units: 10, activation: 'linear' }, { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 },
  ],
}
const BATCH = 27

function lines(): LineMatrix {
  const uniform = uniformSource(5)
  return {
    lines: 100,
    features: Float32Array.from({ length: 100 * SPEC.features }, () => uniform() * 4 - 2),
    labels: Int32Array.from({ length: 100 * SPEC.heads }, () => Math.floor(uniform() * 6) - 1),
  }
}

/** The step's batch: its size changes, so that shards come and go and tails are met. */
function batch(step: number): Int32Array {
  const uniform = uniformSource(step)
  return Int32Array.from({ length: 1 + ((step * 13) % BATCH) }, () => Math.floor(uniform() * (100 - SPEC.window)))
}

async function create(engine: Engine, options: { threads?: number; batch?: number; seed?: number } = {}): Promise<Network> {
  const network = await engine.create(SPEC, { threads: 1, batch: BATCH, seed: 3, ...options })
  network.bind(lines())
  return network
}

async function train(network: Network, from: number, to: number): Promise<void> {
  for (let step = from; step < to; step++) await network.step(batch(step), 5e-3, step)
}

const bits = (weights: Weights): [string, number[]][] => [...weights].map(([name, { data }]) => [name, [...new Int32Array(data.buffer)]])

async function trained(engine: Engine, options: { threads?: number; batch?: number; seed?: number } = {}): Promise<[string, number[]][]> {
  const network = await create(engine, options)
  await train(network, 0, 8)
  const result = bits(network.weights())
  await network.dispose()
  return result
}

describe('one seed gives one result, to the bit', () => {
  it('on any number of threads, for any largest batch, on the calling thread', async () => {
    const engine = await loadWasmEngine({ threads: 4 })
    const reference = await trained(engine)
    expect(await trained(engine)).toEqual(reference)
    for (const threads of [2, 3, 4]) expect(await trained(engine, { threads }), `${threads} threads`).toEqual(reference)
    expect(await trained(engine, { threads: 2, batch: 80 })).toEqual(reference)
    expect(await trained(await loadInlineEngine())).toEqual(reference)
    expect(await trained(engine, { seed: 4 })).not.toEqual(reference)
  })

  it('after a resume from weights and optimizer', async () => {
    const engine = await loadWasmEngine()
    const first = await create(engine)
    await train(first, 0, 4)
    const [weights, optimizer] = [first.weights(), first.optimizer()]
    const second = await create(engine, { seed: 3, threads: 2 })
    second.setWeights(weights)
    second.setOptimizer(optimizer)
    await Promise.all([train(first, 4, 8), train(second, 4, 8)])
    expect(bits(second.weights())).toEqual(bits(first.weights()))
    expect(second.optimizer().step).toBe(8)
    await Promise.all([first.dispose(), second.dispose()])
  })

  it('and evaluates and predicts alike in chunks of any size', async () => {
    const engine = await loadWasmEngine()
    const starts = Int32Array.from({ length: 60 }, (_, i) => i)
    const [small, large] = await Promise.all([create(engine, { batch: 8 }), create(engine, { batch: 64, threads: 2 })])
    expect(await small.predict(starts)).toEqual(await large.predict(starts))
    const [a, b] = [await small.evaluate(starts), await large.evaluate(starts)]
    expect(a.loss).toBeCloseTo(b.loss, 12)
    expect(a.accuracy).toBe(b.accuracy)
    await Promise.all([small.dispose(), large.dispose()])
  })
})
