import { describe, expect, it } from 'vitest'
import { uniformSource } from './random'
import { headSizes } from './spec'
import type { LineMatrix, Network, NetworkSpec, Weights } from './types'
import { loadInlineEngine, loadWasmEngine } from './wasm/engine.node.ts'

/** Every layer that looks different on the way back at inference, the first of them with dropout before it. */
const ORDINAL: NetworkSpec = {
  features: 5, window: 6, heads: 2, classes: 4, loss: { kind: 'crossEntropy' },
  layers: [
    { kind: 'batchNorm', momentum: 0.9, epsilon: 1e-2 }, { kind: 'dropout', rate: 0.5 }, { kind: 'bilstm', units: 5 },
    { kind: 'batchNorm', momentum: 0.9, epsilon: 1e-2 }, { kind: 'dense', units: 8, activation: 'linear' },
  ],
}
const PLAIN: NetworkSpec = { ...ORDINAL, layers: [{ kind: 'bilstm', units: 7 }, { kind: 'dense', units: 8, activation: 'linear' }] }
const CODED: NetworkSpec = {
  features: 4, window: 5, heads: 3, headSizes: [3, 2, 4], classes: 4, loss: { kind: 'crossEntropy' },
  layers: [
    { kind: 'embedding', sizes: [3, 9, 5, 2], dimension: 3 }, { kind: 'featureDropout', rate: 0.2 }, { kind: 'dense', units: 10, activation: 'gelu' },
    { kind: 'bilstm', units: 5 }, { kind: 'add', from: 2 }, { kind: 'layerNorm', epsilon: 1e-2 }, { kind: 'dense', units: 12, activation: 'gelu' },
    { kind: 'add', from: 0 }, { kind: 'dense', units: 9, activation: 'linear' },
  ],
}
const LINES = 40

function lines(spec: NetworkSpec): LineMatrix {
  const uniform = uniformSource(11)
  const [first] = spec.layers
  const size = LINES * spec.features
  return {
    lines: LINES,
    features: first?.kind === 'embedding'
      ? Uint16Array.from({ length: size }, (_, i) => Math.floor(uniform() * first.sizes[i % spec.features]!))
      : Float32Array.from({ length: size }, () => uniform() * 3 - 1),
    labels: Int32Array.from({ length: LINES * spec.heads }, (_, i) => Math.floor(uniform() * headSizes(spec)[i % spec.heads]!)),
  }
}

/** Weights that make the probabilities depend on the input strongly. */
const lively = (weights: Weights): Weights => {
  const uniform = uniformSource(3)
  return new Map([...weights].map(([name, tensor]) => [name, {
    ...tensor, data: tensor.data.map((value) => (name.endsWith('movingVariance') ? 0.5 + uniform() : value + uniform() - 0.5)),
  }]))
}

async function create(spec: NetworkSpec, threads = 1): Promise<Network> {
  const engine = threads === 1 ? await loadInlineEngine() : await loadWasmEngine({ threads })
  const network = await engine.create(spec, { threads, batch: 20, seed: 2 })
  network.setWeights(lively(network.weights()))
  network.bind(lines(spec))
  return network
}

/** The probability of the target in a window, and in one whose lines are all the baseline. */
async function probabilities(network: Network, start: number, baseline: Float32Array, target: { step: number; head: number; class: number }): Promise<[number, number]> {
  const { spec } = network
  const sizes = headSizes(spec)
  const at = target.step * sizes.reduce((sum, size) => sum + size, 0) + sizes.slice(0, target.head).reduce((sum, size) => sum + size, 0) + target.class
  const own = (await network.predict(Int32Array.of(start)))[at]!
  const all = lines(spec)
  const flat = all.features.map((_, i) => baseline[i % spec.features]!)
  network.bind({ ...all, features: flat })
  const base = (await network.predict(Int32Array.of(start)))[at]!
  network.bind(all)
  return [own, base]
}

const TARGET = { step: 3, head: 1, class: 1 }
const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0)

describe.each([
  ['ordinal features', PLAIN, Float32Array.of(0.5, -1, 0, 2, 0)],
  ['ordinal features behind norms', ORDINAL, Float32Array.of(0.5, -1, 0, 2, 0)],
  ['embedded codes', CODED, Float32Array.of(0, 8, 2, 1)],
])('attributions of %s', (_, spec, baseline) => {
  it('sum to the probability\'s rise from the baseline, the closer the more points', async () => {
    const network = await create(spec)
    const [own, base] = await probabilities(network, 7, baseline, TARGET)
    expect(Math.abs(own - base)).toBeGreaterThan(0.05)
    const errors: number[] = []
    for (const points of [2, 20, 500]) {
      errors.push(Math.abs(sum(await network.attributions!(7, TARGET, { baseline, points })) - (own - base)))
    }
    expect(errors[1]!).toBeLessThan(errors[0]!)
    expect(errors[2]!).toBeLessThan(2e-4)
  })

  it('are 0 where a line is the baseline, whatever the threads', async () => {
    const network = await create(spec)
    const attributions = await network.attributions!(4, TARGET, { baseline, points: 33 })
    expect(attributions.length).toBe(spec.window * spec.features)
    const { features } = lines(spec)
    attributions.forEach((value, i) => {
      const same = features[4 * spec.features + i] === baseline[i % spec.features]
      expect(value === 0, `feature ${i % spec.features} at step ${Math.floor(i / spec.features)}`).toBe(same)
    })
    const threaded = await create(spec, 2)
    expect(await threaded.attributions!(4, TARGET, { baseline, points: 33 })).toEqual(attributions)
    await threaded.dispose()
  })

  it('leave training as it was', async () => {
    const [one, other] = [await create(spec), await create(spec)]
    const starts = Int32Array.from({ length: 20 }, (_, i) => i)
    await one.attributions!(0, TARGET, { baseline, points: 9 })
    await Promise.all([one.step(starts, 1e-2, 1), other.step(starts, 1e-2, 1)])
    await one.attributions!(0, TARGET, { baseline, points: 9 })
    await Promise.all([one.step(starts, 1e-2, 2), other.step(starts, 1e-2, 2)])
    expect(one.weights()).toEqual(other.weights())
  })
})

it('refuses what the network does not have', async () => {
  const network = await create(CODED)
  const way = { baseline: new Float32Array(4), points: 8 }
  const ask = (change: Partial<typeof TARGET>, other: Partial<typeof way> = {}): Promise<Float32Array> => network.attributions!(0, { ...TARGET, ...change }, { ...way, ...other })
  await expect(ask({ step: 5 })).rejects.toThrow('the step is 5')
  await expect(ask({ head: 3 })).rejects.toThrow('the head is 3')
  await expect(ask({ class: 2 })).rejects.toThrow('the class is 2, and must be a whole number below 2')
  await expect(ask({}, { points: 0 })).rejects.toThrow('number of points is 0')
  await expect(ask({}, { baseline: new Float32Array(3) })).rejects.toThrow('3 values for 4 features')
  await expect(ask({}, { baseline: Float32Array.of(0, 9, 0, 0) })).rejects.toThrow('feature 1 of the baseline is 9')
  await expect(network.attributions!(36, TARGET, way)).rejects.toThrow('within the 40 lines')
})
