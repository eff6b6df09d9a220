import { describe, expect, it } from 'vitest'
import { uniformSource } from './random'
import { headSizes, outputCount } from './spec'
import type { Engine, LineMatrix, Network, NetworkSpec, Weights } from './types'
import { bestBuild } from './wasm/assets.node.ts'
import { loadInlineEngine, loadWasmEngine } from './wasm/engine.node.ts'

const SPEC: NetworkSpec = {
  features: 6, window: 7, heads: 2, classes: 5, loss: { kind: 'focal', gamma: 2, alpha: 0.25 },
  layers: [
    { kind: 'bilstm', units: 11 }, { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 }, { kind: 'dropout', rate: 0.4 },
    { kind: 'bilstm', units: 5 }, { kind: 'dense', units: 10, activation: 'relu' }, { kind: 'dropout', rate: 0.1 },
    { kind: 'dense', units: 10, activation: 'linear' }, { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 },
  ],
}

/** Embedded codes, residual layers, heads of several sizes: the shape of the linked network. */
const LINKED: NetworkSpec = {
  features: 9, window: 7, heads: 3, headSizes: [6, 2, 5], classes: 6, loss: { kind: 'crossEntropy' },
  layers: [
    { kind: 'embedding', sizes: [40, 3, 7, 2, 11, 1, 5, 5, 4000], dimension: 5 }, { kind: 'featureDropout', rate: 0.2 },
    { kind: 'dense', units: 13, activation: 'gelu' }, { kind: 'bilstm', units: 6 }, { kind: 'layerNorm', epsilon: 1e-3 },
    { kind: 'bilstm', units: 6 }, { kind: 'add', from: 4 }, { kind: 'layerNorm', epsilon: 1e-3 }, { kind: 'dropout', rate: 0.3 },
    { kind: 'dense', units: 13, activation: 'linear' },
  ],
}
const BATCH = 27

interface Options { readonly threads?: number; readonly batch?: number; readonly seed?: number; readonly clipNorm?: number }

function lines(spec: NetworkSpec): LineMatrix {
  const uniform = uniformSource(5)
  const [first] = spec.layers
  const size = 100 * spec.features
  const sizes = headSizes(spec)
  return {
    lines: 100,
    features: first?.kind === 'embedding'
      ? Uint16Array.from({ length: size }, (_, i) => Math.floor(uniform() ** 3 * first.sizes[i % spec.features]!))
      : Float32Array.from({ length: size }, () => uniform() * 4 - 2),
    labels: Int32Array.from({ length: 100 * spec.heads }, (_, i) => Math.floor(uniform() * (sizes[i % spec.heads]! + 1)) - 1),
  }
}

/** The step's batch: its size changes, so that shards come and go and tails are met. */
function batch(step: number): Int32Array {
  const uniform = uniformSource(step)
  return Int32Array.from({ length: 1 + ((step * 13) % BATCH) }, () => Math.floor(uniform() * (100 - SPEC.window)))
}

async function create(engine: Engine, spec: NetworkSpec, options: Options = {}): Promise<Network> {
  const network = await engine.create(spec, { threads: 1, batch: BATCH, seed: 3, ...options })
  network.bind(lines(spec))
  return network
}

async function train(network: Network, from: number, to: number): Promise<void> {
  for (let step = from; step < to; step++) await network.step(batch(step), 5e-3, step)
}

const bits = (weights: Weights): [string, number[]][] => [...weights].map(([name, { data }]) => [name, [...new Int32Array(data.buffer)]])

async function trained(engine: Engine, spec: NetworkSpec, options: Options = {}): Promise<[string, number[]][]> {
  const network = await create(engine, spec, options)
  await train(network, 0, 8)
  const result = bits(network.weights())
  await network.dispose()
  return result
}

describe.each([['the paper\'s layers', SPEC], ['the linked layers', LINKED]])('one seed gives one result, to the bit: %s', (_, spec) => {
  it.each([['fma', undefined], ['fma', 0.02], ['simd', undefined], ['simd', 0.02]] as const)('on any number of threads, for any largest batch, on the calling thread (%s, clipNorm %s)', async (wanted, clipNorm) => {
    const build = wanted === 'fma' ? bestBuild() : wanted
    const clip = clipNorm === undefined ? {} : { clipNorm }
    const engine = await loadWasmEngine({ threads: 4, build })
    const reference = await trained(engine, spec, clip)
    expect(await trained(engine, spec, clip)).toEqual(reference)
    for (const threads of [2, 3, 4]) expect(await trained(engine, spec, { threads, ...clip }), `${threads} threads`).toEqual(reference)
    expect(await trained(engine, spec, { threads: 2, batch: 80, ...clip })).toEqual(reference)
    expect(await trained(await loadInlineEngine(build), spec, clip)).toEqual(reference)
    expect(await trained(engine, spec, { seed: 4, ...clip })).not.toEqual(reference)
  })

  it('after a resume from weights and optimizer', async () => {
    const engine = await loadWasmEngine()
    const first = await create(engine, spec)
    await train(first, 0, 4)
    const [weights, optimizer] = [first.weights(), first.optimizer()]
    const second = await create(engine, spec, { seed: 3, threads: 2 })
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
    const [small, large] = await Promise.all([create(engine, spec, { batch: 8 }), create(engine, spec, { batch: 64, threads: 2 })])
    const probabilities = await small.predict(starts)
    expect(probabilities.length).toBe(60 * spec.window * outputCount(spec))
    expect(probabilities).toEqual(await large.predict(starts))
    const [a, b] = [await small.evaluate(starts), await large.evaluate(starts)]
    expect(a.loss).toBeCloseTo(b.loss, 12)
    expect(a.accuracy).toBe(b.accuracy)
    await Promise.all([small.dispose(), large.dispose()])
  })
})

it('clips nothing below its limit and something above', async () => {
  const engine = await loadInlineEngine()
  const reference = await trained(engine, LINKED)
  expect(await trained(engine, LINKED, { clipNorm: 1e6 })).toEqual(reference)
  expect(await trained(engine, LINKED, { clipNorm: 0.01 })).not.toEqual(reference)
})

it('takes codes of 16 bits and codes as numbers alike', async () => {
  const network = await create(await loadInlineEngine(), LINKED)
  const starts = Int32Array.of(1, 30, 93)
  const probabilities = await network.predict(starts)
  const own = lines(LINKED)
  network.bind({ ...own, features: Float32Array.from(own.features) })
  expect(await network.predict(starts)).toEqual(probabilities)
})
