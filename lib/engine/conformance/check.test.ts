import { describe, expect, it } from 'vitest'
import { loadCpuEngine } from '../tfjs/testing'
import type { Engine, Network, Weights } from '../types'
import { loadInlineEngine, loadWasmEngine } from '../wasm/engine.node.ts'
import { LIMITS, checkConformance } from './check'

const ENGINES: readonly [string, () => Promise<Engine>][] = [
  ['wasm, 2 threads', () => loadWasmEngine({ threads: 2 })],
  ['wasm, plain SIMD, on the calling thread', () => loadInlineEngine('simd')],
  ['tfjs in plain JavaScript', async () => (await loadCpuEngine()).engine],
]

describe.each(ENGINES)('%s', (_, load) => {
  it('computes what Keras does', async () => {
    const result = await checkConformance(await load())
    expect(result).toMatchObject({ passed: true, message: expect.stringMatching(/^agrees with Keras: gradients within /) })
    // An engine in float32 is far within the limits, which are for graphics cards.
    expect(result.worst.error).toBeLessThan(LIMITS.gradient / 5)
  })
})

/** An engine with one thing about its networks changed. */
async function changed(change: (network: Network) => Partial<Network>): Promise<Engine> {
  const engine = await loadInlineEngine()
  const bound = (network: Network): Network => ({
    spec: network.spec, bind: (lines) => network.bind(lines), weights: () => network.weights(), setWeights: (weights) => network.setWeights(weights),
    optimizer: () => network.optimizer(), setOptimizer: (state) => network.setOptimizer(state), step: (...rest) => network.step(...rest),
    gradients: (starts) => network.gradients(starts), evaluate: (starts) => network.evaluate(starts), predict: (starts) => network.predict(starts),
    dispose: () => network.dispose(), ...change(network),
  })
  return { ...engine, create: async (spec, options) => bound(await engine.create(spec, options)) }
}

/** One tensor with two quarters of its columns exchanged: other gates than Keras's. */
function exchanged(weights: Weights, tensor: string): Weights {
  return new Map([...weights].map(([name, { shape, data }]) => {
    if (name !== tensor) return [name, { shape, data }]
    const quarter = data.length / 4
    return [name, { shape, data: Float32Array.of(...data.subarray(0, quarter), ...data.subarray(2 * quarter, 3 * quarter), ...data.subarray(quarter, 2 * quarter), ...data.subarray(3 * quarter)) }]
  }))
}

describe('an engine does not pass that', () => {
  it('orders the gates in another way, and the tensor is named', async () => {
    const wrong = await changed((network) => ({ setWeights: (weights) => network.setWeights(exchanged(weights, 'layer0/backward/bias')) }))
    const result = await checkConformance(wrong)
    expect(result).toMatchObject({ passed: false, message: expect.stringContaining('does not agree with Keras') })
    expect(result.worst.tensor).toMatch(/^k8ntext layer/)
  })

  it('has one gradient a thousandth too large', async () => {
    const wrong = await changed((network) => ({
      async gradients(starts) {
        const { loss, gradients } = await network.gradients(starts)
        const table = gradients.get('layer0/table')
        return { loss, gradients: table ? new Map([...gradients, ['layer0/table', { ...table, data: table.data.map((value) => value * 1.001) }]]) : gradients }
      },
    }))
    expect(await checkConformance(wrong)).toMatchObject({ passed: false, worst: { tensor: 'linked layer0/table' } })
  })

  it('takes other steps', async () => {
    const wrong = await changed((network) => ({ step: (starts, rate, key) => network.step(starts, rate * 1.05, key) }))
    const result = await checkConformance(wrong)
    expect(result.passed).toBe(false)
    expect(result.lossError).toBeGreaterThan(LIMITS.loss)
  })

  it('gives numbers that are none', async () => {
    const wrong = await changed((network) => ({ predict: async (starts) => (await network.predict(starts)).fill(Number.NaN, 5, 6) }))
    expect(await checkConformance(wrong)).toMatchObject({ passed: false, probabilityError: Number.POSITIVE_INFINITY, message: expect.stringContaining('not a number') })
  })

  it('breaks, and the reason is told', async () => {
    const wrong: Engine = { name: 'broken', description: '', create: () => Promise.reject(new Error('no memory on the device')) }
    expect(await checkConformance(wrong)).toMatchObject({ passed: false, message: 'failed while it was checked: no memory on the device' })
  })
})
