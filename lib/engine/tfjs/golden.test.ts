import { describe, expect, it } from 'vitest'
import golden from '@/lib/engine/golden/small.json'
import { networkParameters } from '../spec'
import type { NetworkSpec, Weights } from '../types'
import { loadCpuEngine } from './testing'

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

const weightsOf = ({ spec, weights }: Case): Weights => new Map(networkParameters(spec).map(({ name, shape }) => [name, { shape, data: Float32Array.from(weights[name]!) }]))

const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

function distance(own: ArrayLike<number>, expected: readonly number[]): number {
  expect(own.length).toBe(expected.length)
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - own[i]!)), 0)
}

describe('small networks against Keras, on tfjs in plain JavaScript', () => {
  it.each(cases)('$name', async (golden) => {
    const { spec, windows } = golden
    const { engine } = await loadCpuEngine()
    const network = await engine.create(spec, { threads: 1, batch: windows + 3, seed: 7, ...(golden.clipNorm === null ? {} : { clipNorm: golden.clipNorm }) })
    const starts = Int32Array.from({ length: windows }, (_, window) => window * spec.window)
    network.bind({ lines: windows * spec.window, features: Float32Array.from(golden.x), labels: Int32Array.from(golden.y) })
    network.setWeights(weightsOf(golden))
    expect(distance(await network.predict(starts), golden.inference)).toBeLessThan(2e-5)
    const { gradients } = await network.gradients(starts)
    expect([...gradients.keys()].toSorted()).toEqual(Object.keys(golden.gradients).toSorted())
    for (const [name, expected] of Object.entries(golden.gradients)) {
      expect.soft(distance(gradients.get(name)!.data, expected), name).toBeLessThan(2e-5 * largest(expected) + 1e-7)
    }
    for (const expected of golden.losses) {
      expect.soft(Math.abs((await network.step(starts, golden.learningRate, 0)).loss - expected)).toBeLessThan(1e-4)
    }
    for (const [name, expected] of Object.entries(golden.after)) {
      expect.soft(distance(network.weights().get(name)!.data, expected), name).toBeLessThan(1e-4 * Math.max(1, largest(expected)))
    }
    expect.soft(distance(await network.predict(starts), golden.inferenceAfter)).toBeLessThan(1e-3)
    await network.dispose()
  })
})
