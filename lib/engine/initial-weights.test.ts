import { describe, expect, it } from 'vitest'
import { initialWeights } from './initial-weights'
import { networkParameters } from './spec'
import type { NetworkSpec } from './types'

const SPEC: NetworkSpec = {
  features: 6, window: 7, heads: 2, classes: 5, loss: { kind: 'crossEntropy' },
  layers: [
    { kind: 'bilstm', units: 11 }, { kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 }, { kind: 'dropout', rate: 0.4 },
    { kind: 'dense', units: 10, activation: 'linear' },
  ],
}

describe('initial weights', () => {
  const weights = initialWeights(SPEC, 1)
  const data = (name: string): Float32Array => weights.get(name)!.data

  it('come in the network\'s order, from the seed alone', () => {
    expect([...weights.keys()]).toEqual(networkParameters(SPEC).map(({ name }) => name))
    expect(initialWeights(SPEC, 1)).toEqual(weights)
    expect(initialWeights(SPEC, 2).get('layer3/kernel')).not.toEqual(weights.get('layer3/kernel'))
    expect(data('layer0/backward/kernel')).not.toEqual(data('layer0/forward/kernel'))
  })

  it('have Keras\'s distributions', () => {
    const limit = Math.sqrt(6 / (6 + 44))
    const kernel = data('layer0/forward/kernel')
    expect(Math.max(...kernel)).toBeLessThanOrEqual(limit)
    expect(Math.max(...kernel)).toBeGreaterThan(limit * 0.9)
    expect(Math.min(...kernel)).toBeLessThan(-limit * 0.9)
    expect([...data('layer0/forward/bias')]).toEqual(Array.from({ length: 44 }, (_, i) => (i >= 11 && i < 22 ? 1 : 0)))
    expect([...data('layer1/movingVariance'), ...data('layer1/gamma')].every((value) => value === 1)).toBe(true)
  })

  it('of an embedding lie within 0.05 of 0', () => {
    const sizes = [100, 50, 3, 40, 2, 5]
    const table = initialWeights({ ...SPEC, layers: [{ kind: 'embedding', sizes, dimension: 4 }, ...SPEC.layers] }, 1).get('layer0/table')!
    expect(table.shape).toEqual([200, 4])
    expect(Math.max(...table.data)).toBeLessThan(0.05)
    expect(Math.max(...table.data)).toBeGreaterThan(0.045)
    expect(Math.min(...table.data)).toBeLessThan(-0.045)
    expect(Math.abs(table.data.reduce((sum, value) => sum + value, 0) / 800)).toBeLessThan(0.005)
  })

  it('have orthonormal recurrent kernels', () => {
    const recurrent = data('layer0/forward/recurrentKernel')
    const row = (r: number): Float32Array => recurrent.subarray(r * 44, (r + 1) * 44)
    for (let a = 0; a < 11; a++) {
      for (let b = 0; b < 11; b++) {
        expect(row(a).reduce((sum, value, i) => sum + value * row(b)[i]!, 0)).toBeCloseTo(a === b ? 1 : 0, 5)
      }
    }
  })
})
