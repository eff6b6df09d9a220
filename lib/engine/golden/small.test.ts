import { describe, expect, it } from 'vitest'
import { networkParameters } from '@/lib/engine/spec'
import type { NetworkSpec, Weights } from '@/lib/engine/types'
import { loadInlineEngine, loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import golden from './small.json'

interface Case {
  name: string
  spec: NetworkSpec
  windows: number
  learningRate: number
  clipNorm: number | null
  x: number[]
  y: number[]
  weights: Record<string, number[]>
  inference: number[]
  gradients: Record<string, number[]>
  losses: number[]
  after: Record<string, number[]>
  inferenceAfter: number[]
}

const cases = golden.cases as unknown as Case[]

function weightsOf({ spec, weights }: Case): Weights {
  return new Map(networkParameters(spec).map(({ name, shape }) => [name, { shape, data: Float32Array.from(weights[name]!) }]))
}

const largest = (values: Iterable<number>): number => [...values].reduce((most, value) => Math.max(most, Math.abs(value)), 0)

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length)
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
}

const ENGINES = [
  ['threads', () => loadWasmEngine({ threads: 2 })],
  ['the calling thread, plain SIMD', () => loadInlineEngine('simd')],
] as const

describe.each(ENGINES)('small networks against Keras: %s', (_, load) => {
  it.each(cases)('$name', async (golden) => {
    const { spec, windows, clipNorm } = golden
    const network = await (await load()).create(spec, { threads: 2, batch: windows + 3, seed: 7, ...(clipNorm !== null && { clipNorm }) })
    try {
      const starts = Int32Array.from({ length: windows }, (_, window) => window * spec.window)
      network.bind({ lines: windows * spec.window, features: Float32Array.from(golden.x), labels: Int32Array.from(golden.y) })
      network.setWeights(weightsOf(golden))
      expect(distance(await network.predict(starts), golden.inference)).toBeLessThan(2e-5)

      const { gradients } = await network.gradients(starts)
      expect([...gradients.keys()].toSorted()).toEqual(Object.keys(golden.gradients).toSorted())
      for (const [name, expected] of Object.entries(golden.gradients)) {
        // 1e-7 is rounding where the true gradient is 0: a bias before a batch norm, one line's recurrence.
        expect.soft(distance(gradients.get(name)!.data, expected), name).toBeLessThan(2e-5 * largest(expected) + 1e-7)
      }
      for (const expected of golden.losses) {
        expect.soft(Math.abs((await network.step(starts, golden.learningRate, 0)).loss - expected)).toBeLessThan(1e-4)
      }
      for (const [name, expected] of Object.entries(golden.after)) {
        expect.soft(distance(network.weights().get(name)!.data, expected), name).toBeLessThan(1e-4 * Math.max(1, largest(expected)))
      }
      expect.soft(distance(await network.predict(starts), golden.inferenceAfter)).toBeLessThan(1e-3)
    } finally {
      await network.dispose()
    }
  })
})
