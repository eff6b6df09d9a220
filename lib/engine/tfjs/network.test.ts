import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uniformSource } from '../random'
import type { Engine, EngineOptions, LineMatrix, Network, NetworkSpec } from '../types'
import { loadInlineEngine } from '../wasm/engine.node.ts'
import type { Tf } from './backend'
import { loadCpuEngine } from './testing'

const SPEC: NetworkSpec = {
  features: 3, window: 5, heads: 2, classes: 4, headSizes: [3, 4], loss: { kind: 'crossEntropy' },
  layers: [
    { kind: 'embedding', sizes: [6, 4, 9], dimension: 3 }, { kind: 'featureDropout', rate: 0.3 }, { kind: 'dense', units: 8, activation: 'gelu' },
    { kind: 'bilstm', units: 4 }, { kind: 'add', from: 2 }, { kind: 'batchNorm', momentum: 0.9, epsilon: 1e-3 }, { kind: 'dropout', rate: 0.4 },
    { kind: 'dense', units: 7, activation: 'linear' },
  ],
}

function lines(): LineMatrix {
  const uniform = uniformSource(4)
  const sizes = [6, 4, 9]
  return {
    lines: 60,
    features: Uint16Array.from({ length: 180 }, (_, i) => Math.floor(uniform() * sizes[i % 3]!)),
    labels: Int32Array.from({ length: 120 }, (_, i) => (uniform() < 0.1 ? -1 : Math.floor(uniform() * (3 + (i % 2))))),
  }
}

const batch = (step: number): Int32Array => Int32Array.from({ length: 3 + ((step * 5) % 8) }, (_, i) => (i * 7 + step * 3) % 55)
const code = (value: string): unknown => expect.objectContaining({ code: value })

let tfjs: Engine
let wasm: Engine
let tf: Tf
const networks: Network[] = []

beforeAll(async () => {
  ({ engine: tfjs, tf } = await loadCpuEngine())
  wasm = await loadInlineEngine()
})
afterAll(() => Promise.all(networks.map((network) => network.dispose())))

async function create(engine: Engine, options: Partial<EngineOptions> = {}): Promise<Network> {
  const network = await engine.create(SPEC, { threads: 1, batch: 10, seed: 3, ...options })
  network.bind(lines())
  networks.push(network)
  return network
}

describe('a tfjs network beside the one in WebAssembly', () => {
  it('begins with the same weights and stays with it through dropout, tails, masked labels and clipping', async () => {
    const [own, other] = [await create(tfjs, { clipNorm: 0.2 }), await create(wasm, { clipNorm: 0.2 })]
    expect(own.weights()).toEqual(other.weights())
    for (let step = 0; step < 12; step++) {
      const [a, b] = [await own.step(batch(step), 1e-2, step), await other.step(batch(step), 1e-2, step)]
      expect(a.loss).toBeCloseTo(b.loss, 4)
      expect(a.accuracy).toBeCloseTo(b.accuracy, 6)
    }
    const starts = Int32Array.from({ length: 25 }, (_, i) => i * 2)
    const [a, b] = [await own.predict(starts), await other.predict(starts)]
    expect(Math.max(...a.map((value, i) => Math.abs(value - b[i]!)))).toBeLessThan(1e-3)
    const [seen, expected] = [await own.evaluate(starts), await other.evaluate(starts)]
    expect(seen.loss).toBeCloseTo(expected.loss, 3)
    expect(own.optimizer().step).toBe(12)
    expect([...own.optimizer().second.keys()]).toEqual([...other.optimizer().second.keys()])
  })

  it('goes on from the other\'s weights and optimizer', async () => {
    const [from, to] = [await create(wasm), await create(tfjs, { seed: 3 })]
    for (let step = 0; step < 4; step++) await from.step(batch(step), 1e-2, step)
    to.setWeights(from.weights())
    to.setOptimizer(from.optimizer())
    for (let step = 4; step < 8; step++) {
      const [a, b] = [await to.step(batch(step), 1e-2, step), await from.step(batch(step), 1e-2, step)]
      expect(a.loss).toBeCloseTo(b.loss, 4)
    }
  })
})

describe('a tfjs network', () => {
  it('repeats itself to the bit for one seed', async () => {
    const bits = async (): Promise<unknown> => {
      const network = await create(tfjs)
      for (let step = 0; step < 3; step++) await network.step(batch(step), 1e-2, step)
      return network.weights()
    }
    expect(await bits()).toEqual(await bits())
  })

  it('leaves no tensor behind, whatever it does', async () => {
    const before = tf.memory().numTensors
    const network = await tfjs.create(SPEC, { threads: 1, batch: 10, seed: 1 })
    network.bind(lines())
    const held = tf.memory().numTensors
    for (let step = 0; step < 3; step++) {
      await network.step(batch(step), 1e-2, step)
      await network.gradients(batch(step))
      await network.evaluate(batch(step))
      await network.predict(Int32Array.from({ length: 23 }, (_, i) => i))
      network.setWeights(network.weights())
      network.setOptimizer(network.optimizer())
      await expect(network.step(Int32Array.of(58), 1e-2, 0)).rejects.toThrow(code('window-out-of-range'))
      expect(tf.memory().numTensors).toBe(held)
    }
    await network.dispose()
    await network.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('changes nothing where no label counts', async () => {
    const network = await create(tfjs)
    network.bind({ ...lines(), labels: new Int32Array(120).fill(-1) })
    const trained = (name: string): boolean => !name.includes('/moving')
    const before = [...network.weights()].filter(([name]) => trained(name))
    expect(await network.step(Int32Array.of(0, 9), 1e-2, 0)).toEqual({ loss: 0, accuracy: 0 })
    expect([...network.weights()].filter(([name]) => trained(name))).toEqual(before)
  })

  it('refuses misuse with the reason', async () => {
    const network = await tfjs.create(SPEC, { threads: 1, batch: 4, seed: 1, inferenceOnly: true })
    await expect(network.predict(Int32Array.of(0))).rejects.toThrow(code('engine-no-lines'))
    const matrix = lines()
    expect(() => network.bind({ ...matrix, lines: 59 })).toThrow(code('invalid-lines'))
    expect(() => network.bind({ ...matrix, features: matrix.features.map((value, i) => (i === 4 ? 4 : value)) })).toThrow(code('invalid-lines'))
    expect(() => network.bind({ ...matrix, labels: matrix.labels.map((label, i) => (i === 0 ? 3 : label)) })).toThrow(code('invalid-lines'))
    network.bind(matrix)
    await expect(network.step(Int32Array.of(0), 1e-2, 0)).rejects.toThrow(code('engine-inference-only'))
    expect(() => network.optimizer()).toThrow(code('engine-inference-only'))
    const running = network.predict(Int32Array.of(0))
    expect(() => network.weights()).toThrow(code('engine-busy'))
    await running
    const weights = new Map(network.weights())
    weights.delete('layer0/table')
    expect(() => network.setWeights(weights)).toThrow('layer0/table is missing')
    await network.dispose()
    await expect(network.predict(Int32Array.of(0))).rejects.toThrow(code('engine-disposed'))
    const full = await create(tfjs)
    await expect(full.step(new Int32Array(11), 1e-2, 0)).rejects.toThrow(code('batch-size'))
    await expect(full.step(new Int32Array(0), 1e-2, 0)).rejects.toThrow(code('batch-size'))
    await expect(tfjs.create({ ...SPEC, window: 0 }, { threads: 1, batch: 4, seed: 1 })).rejects.toThrow(code('invalid-network'))
  })
})
