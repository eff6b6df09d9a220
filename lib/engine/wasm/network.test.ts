import { describe, expect, it } from 'vitest'
import type { LayerSpec, LineMatrix, Network, NetworkSpec } from '../types'
import { createInlineEngine } from './inline'
import { loadInlineEngine, loadWasmEngine } from './engine.node.ts'

const SPEC: NetworkSpec = {
  features: 3, window: 4, heads: 2, classes: 3, loss: { kind: 'crossEntropy' },
  layers: [{ kind: 'bilstm', units: 4 }, { kind: 'dropout', rate: 0.5 }, { kind: 'dense', units: 6, activation: 'linear' }],
}
/** Lines whose features tell line % 3, as do the labels. */
const LINES: LineMatrix = {
  lines: 20,
  features: new Float32Array(60).map((_, i) => Math.cos((2 * Math.PI * (Math.floor(i / 3) + (i % 3))) / 3)),
  labels: new Int32Array(40).map((_, i) => i % 3),
}

const CODED: NetworkSpec = {
  features: 3, window: 4, heads: 2, headSizes: [3, 2], classes: 3, loss: { kind: 'crossEntropy' },
  layers: [{ kind: 'embedding', sizes: [3, 4, 2], dimension: 2 }, { kind: 'dense', units: 5, activation: 'linear' }],
}

const code = (value: string): unknown => expect.objectContaining({ code: value })

async function withNetwork(test: (network: Network) => Promise<void>, options: { inferenceOnly?: boolean } = {}): Promise<void> {
  const network = await (await loadWasmEngine({ threads: 2 })).create(SPEC, { threads: 2, batch: 16, seed: 1, ...options })
  try {
    await test(network)
  } finally {
    await network.dispose()
  }
}

describe('a network', () => {
  it('learns what is to be learned', () => withNetwork(async (network) => {
    network.bind(LINES)
    const starts = Int32Array.from({ length: 16 }, (_, i) => i)
    const before = await network.evaluate(starts)
    for (let step = 0; step < 150; step++) await network.step(starts, 0.02, step)
    const after = await network.evaluate(starts)
    expect(after.loss).toBeLessThan(before.loss / 4)
    expect(after.accuracy).toBeGreaterThan(0.95)
  }))

  it('gives probabilities that agree with its evaluation', () => withNetwork(async (network) => {
    network.bind(LINES)
    const starts = Int32Array.of(3, 0, 9)
    const probabilities = await network.predict(starts)
    expect(probabilities.length).toBe(3 * 4 * 2 * 3)
    let loss = 0
    for (let at = 0; at < probabilities.length; at += 3) {
      expect([0, 1, 2].reduce((sum, k) => sum + probabilities[at + k]!, 0)).toBeCloseTo(1, 5)
      const position = at / 3
      const line = starts[Math.floor(position / 8)]! + Math.floor((position % 8) / 2)
      loss -= Math.log(probabilities[at + LINES.labels[line * 2 + (position % 2)]!]!)
    }
    expect((await network.evaluate(starts)).loss).toBeCloseTo(loss / 24, 5)
  }))

  it('leaves masked labels out, down to none at all', () => withNetwork(async (network) => {
    network.bind({ ...LINES, labels: LINES.labels.map((label, i) => (i < 20 ? label : -1)) })
    const half = await network.evaluate(Int32Array.of(0, 16))
    network.bind(LINES)
    expect(half).toEqual(await network.evaluate(Int32Array.of(0)))
    network.bind({ ...LINES, labels: LINES.labels.map(() => -1) })
    const weights = network.weights()
    expect(await network.step(Int32Array.of(0), 1e-3, 0)).toEqual({ loss: 0, accuracy: 0 })
    expect(network.weights()).toEqual(weights)
  }))

  it('takes more lines than before at a second bind', () => withNetwork(async (network) => {
    network.bind(LINES)
    const before = await network.predict(Int32Array.of(5))
    const lines = 200_000
    const features = new Float32Array(lines * 3)
    features.set(LINES.features, (lines - 20) * 3)
    network.bind({ lines, features, labels: new Int32Array(lines * 2) })
    expect(await network.predict(Int32Array.of(lines - 15))).toEqual(before)
  }))

  it('saves memory for inference only, with the same answers', () => withNetwork(async (network) => {
    network.bind(LINES)
    await expect(network.step(Int32Array.of(0), 1, 1)).rejects.toThrow(code('engine-inference-only'))
    const own = await network.predict(Int32Array.of(1, 2))
    await withNetwork(async (other) => {
      other.bind(LINES)
      expect(await other.predict(Int32Array.of(1, 2))).toEqual(own)
    })
  }, { inferenceOnly: true }))
})

describe('misuse is refused with the reason', () => {
  it('windows and batches', () => withNetwork(async (network) => {
    await expect(network.step(Int32Array.of(0), 1e-3, 0)).rejects.toThrow(code('engine-no-lines'))
    network.bind(LINES)
    await expect(network.step(Int32Array.of(0, 17), 1e-3, 0)).rejects.toThrow('Window 1 begins at line 17')
    await expect(network.step(new Int32Array(17), 1e-3, 0)).rejects.toThrow('17 windows')
    await expect(network.step(new Int32Array(0), 1e-3, 0)).rejects.toThrow(code('batch-size'))
    expect(await network.predict(new Int32Array(0))).toEqual(new Float32Array(0))
    const running = network.step(Int32Array.of(0), 1e-3, 0)
    expect(() => network.weights()).toThrow(code('engine-busy'))
    await expect(network.evaluate(Int32Array.of(0))).rejects.toThrow(code('engine-busy'))
    await running
  }))

  it('lines and weights', () => withNetwork(async (network) => {
    expect(() => network.bind({ ...LINES, lines: 19 })).toThrow('60 feature values for 19 lines of 3')
    expect(() => network.bind({ ...LINES, labels: new Int32Array(40).fill(3) })).toThrow('label 3 of line 0 is not below 3')
    expect(() => network.bind({ ...LINES, features: new Float32Array(60).fill(Number.NaN) })).toThrow(code('invalid-lines'))
    const weights = new Map(network.weights())
    weights.set('layer2/bias', { shape: [5], data: new Float32Array(5) })
    expect(() => network.setWeights(weights)).toThrow('Tensor layer2/bias has shape [5], the network needs [6]')
    weights.delete('layer2/bias')
    expect(() => network.setWeights(weights)).toThrow('is missing')
  }))

  it('networks that cannot be', async () => {
    const engine = await loadInlineEngine()
    const options = { threads: 1, batch: 8, seed: 1 }
    await expect(engine.create({ ...SPEC, heads: 3 }, options)).rejects.toThrow('the last layer gives 6 outputs, 3 heads of 3 classes need 9')
    await expect(engine.create({ ...SPEC, window: 0 }, options)).rejects.toThrow(code('invalid-network'))
    await expect(engine.create({ ...SPEC, layers: [{ kind: 'dropout', rate: 1 }, ...SPEC.layers] }, options)).rejects.toThrow('rate of layer 0 (dropout) is 1')
    await expect(engine.create(SPEC, { ...options, batch: 0 })).rejects.toThrow(code('invalid-network'))
    await expect(engine.create(SPEC, { ...options, batch: 3_000_000 })).rejects.toThrow(code('engine-out-of-memory'))
  })

  it('embedded networks that cannot be', async () => {
    const engine = await loadInlineEngine()
    const create = (change: Partial<NetworkSpec>): Promise<Network> => engine.create({ ...CODED, ...change }, { threads: 1, batch: 8, seed: 1 })
    const layers = (...first: LayerSpec[]): { layers: LayerSpec[] } => ({ layers: [...first, ...CODED.layers.slice(first.length)] })
    const embedding = (sizes: number[], dimension = 2): LayerSpec => ({ kind: 'embedding', sizes, dimension })
    await expect(create(layers(embedding([3, 4])))).rejects.toThrow('layer 0 (embedding) has 2 sizes for 3 features')
    await expect(create(layers(embedding([3, 0, 1])))).rejects.toThrow('size 1 of layer 0 (embedding) is 0')
    await expect(create(layers(embedding([3, 65_537, 1])))).rejects.toThrow('at most 65536 codes')
    await expect(create(layers(embedding([3, 4, 2], 2 ** 40)))).rejects.toThrow(code('engine-out-of-memory'))
    await expect(create({ layers: [{ kind: 'layerNorm', epsilon: 1 }, ...CODED.layers] })).rejects.toThrow('layer 1 (embedding) is not the first layer')
    await expect(create({ layers: [CODED.layers[0]!, { kind: 'add', from: 1 }] })).rejects.toThrow('layer 1 (add) adds layer 1, which is none of the layers before it')
    await expect(create({ layers: [...CODED.layers, { kind: 'add', from: 0 }] })).rejects.toThrow('adds layer 0 of width 6 to one of width 5')
    await expect(create({ headSizes: [3] })).rejects.toThrow('headSizes has 1 sizes for 2 heads')
    await expect(create({ headSizes: [4, 1] })).rejects.toThrow('classes is 3, but the largest head has 4')
    await expect(create({ headSizes: [3, 3] })).rejects.toThrow('heads of 3, 3 classes need 6')
    await expect(engine.create(CODED, { threads: 1, batch: 8, seed: 1, clipNorm: 0 })).rejects.toThrow('clipNorm is 0')
  })

  it('codes and labels beyond their sizes', async () => {
    const network = await (await loadInlineEngine()).create(CODED, { threads: 1, batch: 8, seed: 1 })
    const lines = { lines: 4, features: new Uint16Array(12), labels: new Int32Array(8) }
    network.bind(lines)
    expect(() => network.bind({ ...lines, features: Uint16Array.of(0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0) })).toThrow('feature 1 of line 1 is 4, which is no code below 4')
    for (const bad of [-1, 0.5, Number.NaN, 1e9]) {
      expect(() => network.bind({ ...lines, features: new Float32Array(12).fill(bad, 11) })).toThrow(`feature 2 of line 3 is ${bad}`)
    }
    expect(() => network.bind({ ...lines, labels: Int32Array.of(0, 0, 0, 2, 0, 0, 0, 0) })).toThrow('label 2 of line 1 is not below 2 for head 1')
    expect(() => network.bind({ ...lines, labels: new Int32Array(8).fill(-2) })).toThrow('label -2 of line 0')
  })

  it('bytes that are no kernels', async () => {
    await expect(createInlineEngine(new Uint8Array([1, 2, 3]))).rejects.toThrow(code('engine-unsupported'))
    await expect(createInlineEngine(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))).rejects.toThrow(code('engine-unusable'))
  })

  it('after the end', async () => {
    const network = await (await loadWasmEngine()).create(SPEC, { threads: 2, batch: 8, seed: 1 })
    network.bind(LINES)
    const running = network.step(Int32Array.of(0), 1e-3, 0)
    await network.dispose()
    await Promise.allSettled([running])
    await expect(network.step(Int32Array.of(0), 1e-3, 0)).rejects.toThrow(code('engine-disposed'))
    await network.dispose()
  })
})
