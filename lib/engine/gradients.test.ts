import fc from 'fast-check'
import { expect, it } from 'vitest'
import { uniformSource } from './random'
import { headSizes, outputCount, outputWidth } from './spec'
import type { LayerSpec, LineMatrix, Network, NetworkSpec, Weights } from './types'
import { loadInlineEngine } from './wasm/engine.node.ts'

const hidden: fc.Arbitrary<LayerSpec> = fc.oneof(
  fc.record({ kind: fc.constant('bilstm' as const), units: fc.integer({ min: 1, max: 7 }) }),
  // Norms over few values bend too much for finite differences at a small epsilon.
  fc.record({ kind: fc.constant('batchNorm' as const), momentum: fc.constant(0.9), epsilon: fc.constant(1) }),
  fc.record({ kind: fc.constant('dense' as const), units: fc.integer({ min: 1, max: 9 }), activation: fc.constant('linear' as const) }),
  fc.constant<LayerSpec>({ kind: 'dropout', rate: 0.5 }),
  fc.record({ kind: fc.constant('dense' as const), units: fc.integer({ min: 1, max: 9 }), activation: fc.constant('gelu' as const) }),
  fc.constant<LayerSpec>({ kind: 'layerNorm', epsilon: 0.3 }),
  fc.constant<LayerSpec>({ kind: 'featureDropout', rate: 0.4 }),
  fc.record({ kind: fc.constant('add' as const), from: fc.nat(3) }),
)

/** Each `add` takes the nearest layer of its width, from `from` back, and goes where there is none. */
function wire(layers: readonly LayerSpec[], features: number): LayerSpec[] {
  const wired: LayerSpec[] = []
  const widths: number[] = []
  for (const layer of layers) {
    const width = widths.at(-1) ?? features
    const from = layer.kind === 'add' ? widths.lastIndexOf(width, layer.from) : null
    if (from === -1) continue
    wired.push(from === null ? layer : { kind: 'add', from })
    widths.push(outputWidth(layer, width))
  }
  return wired
}

const problem = fc.record({
  features: fc.integer({ min: 1, max: 9 }),
  window: fc.integer({ min: 1, max: 5 }),
  /** Of the embedding that comes first, where there is one. */
  dimension: fc.option(fc.integer({ min: 1, max: 9 })),
  layers: fc.array(hidden, { maxLength: 5 }),
  headSizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
  focal: fc.boolean(),
  // A batch norm over one or two values has no gradient worth the name.
  windows: fc.integer({ min: 6, max: 19 }),
  seed: fc.nat(),
})

/** Overlapping windows of random lines, a tenth of the labels masked. */
function randomLines(spec: NetworkSpec, lines: number, seed: number): LineMatrix {
  const uniform = uniformSource(seed)
  const [first] = spec.layers
  const size = lines * spec.features
  const sizes = headSizes(spec)
  return {
    lines,
    features: first?.kind === 'embedding'
      ? Uint16Array.from({ length: size }, (_, i) => Math.floor(uniform() * first.sizes[i % spec.features]!))
      : Float32Array.from({ length: size }, () => uniform() * 2 - 1),
    labels: Int32Array.from({ length: lines * spec.heads }, (_, i) => (uniform() < 0.1 ? -1 : Math.floor(uniform() * sizes[i % spec.heads]!))),
  }
}

/** A table that starts at 0.05 gives slopes that are lost in rounding. */
const livelier = (weights: Weights): Weights => new Map([...weights].map(([name, tensor]) => [
  name, name.endsWith('/table') ? { ...tensor, data: tensor.data.map((value) => value * 20) } : tensor,
]))

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)

/** Half along the gradient, so that the slope is not lost in rounding, half at random. */
function direction(gradient: Float32Array, uniform: () => number): Float32Array {
  const random = gradient.map(() => uniform() - 0.5)
  const length = (v: Float32Array): number => Math.sqrt(dot(v, v)) || 1
  const mixed = gradient.map((value, i) => value / length(gradient) + (random[i] ?? 0) / length(random))
  return mixed.map((value) => value / length(mixed))
}

const moved = (weights: Weights, name: string, along: Float32Array, by: number): Weights => new Map(
  [...weights].map(([key, tensor]) => [key, key === name ? { ...tensor, data: tensor.data.map((value, i) => value + by * (along[i] ?? 0)) } : tensor]),
)

type Measure = () => Promise<{ readonly loss: number; readonly gradients: Weights }>

/** With dropout: a step at rate 0 leaves the weights and puts a tenth of the gradient in Adam's fresh first moment. */
function withDropout(network: Network, starts: Int32Array): Measure {
  const fresh = network.optimizer()
  return async () => {
    network.setOptimizer(fresh)
    const { loss } = await network.step(starts, 0, 1)
    const moments = [...network.optimizer().first]
    return { loss, gradients: new Map(moments.map(([name, tensor]) => [name, { ...tensor, data: tensor.data.map((value) => value * 10) }])) }
  }
}

async function slope(network: Network, measure: Measure, weights: Weights, name: string, along: Float32Array): Promise<number> {
  const step = 4e-3
  const lossAt = async (by: number): Promise<number> => {
    network.setWeights(moved(weights, name, along, by))
    return (await measure()).loss
  }
  return ((await lossAt(step)) - (await lossAt(-step))) / (2 * step)
}

it.each([false, true])('has the slopes that finite differences show, for any network (dropout: %s)', async (dropout) => {
  const engine = await loadInlineEngine()
  await fc.assert(fc.asyncProperty(problem, async ({ layers, focal, windows, seed, dimension, ...sizes }) => {
    const embedding: LayerSpec[] = dimension === null ? [] : [{ kind: 'embedding', dimension, sizes: Array.from({ length: sizes.features }, (_, i) => 1 + (i % 4)) }]
    const heads = { headSizes: sizes.headSizes, heads: sizes.headSizes.length, classes: Math.max(...sizes.headSizes) }
    const spec: NetworkSpec = {
      ...sizes, ...heads, loss: focal ? { kind: 'focal', gamma: 2, alpha: 0.25 } : { kind: 'crossEntropy' },
      layers: [...wire([...embedding, ...layers], sizes.features), { kind: 'dense', units: outputCount(heads), activation: 'linear' }],
    }
    const network = await engine.create(spec, { threads: 1, batch: windows, seed })
    network.bind(randomLines(spec, windows + spec.window, seed))
    const starts = Int32Array.from({ length: windows }, (_, window) => window)
    const weights = livelier(network.weights())
    network.setWeights(weights)
    const measure = dropout ? withDropout(network, starts) : () => network.gradients(starts)
    const { gradients } = await measure()
    const uniform = uniformSource(seed + 1)
    for (const [name, { data }] of gradients) {
      const along = direction(data, uniform)
      const expected = await slope(network, measure, weights, name, along)
      expect(Math.abs(dot(data, along) - expected), `${name} of ${JSON.stringify(spec)}`).toBeLessThan(2e-4 + 1e-2 * Math.abs(expected))
    }
  }), { numRuns: 100 })
})

it('walks as wide as the layers say', () => {
  expect(outputWidth({ kind: 'bilstm', units: 3 }, 10)).toBe(6)
  expect(outputWidth({ kind: 'dense', units: 4, activation: 'relu' }, 10)).toBe(4)
  expect(outputWidth({ kind: 'dropout', rate: 0.1 }, 10)).toBe(10)
})
