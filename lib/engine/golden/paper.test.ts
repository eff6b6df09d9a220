import { describe, expect, it } from 'vitest'
import type { Engine } from '@/lib/engine/types'
import { bestBuild } from '@/lib/engine/wasm/assets.node.ts'
import { loadInlineEngine, loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import { PAPER, WINDOWS, goldenGradients, goldenLines, goldenLosses, goldenStarts, goldenWeights } from './paper'

/** What the dense bias's gradient is but for rounding: batch norm takes any constant away again. */
const ZERO_GRADIENT = 'layer3/bias'

const ENGINES: readonly [string, () => Promise<Engine>, number][] = [
  ...(bestBuild() === 'fma' ? [1, 2].map((threads): [string, () => Promise<Engine>, number] => [`FMA, ${threads} threads`, () => loadWasmEngine({ build: 'fma', threads }), threads]) : []),
  ['plain SIMD, 1 thread', () => loadWasmEngine({ build: 'simd' }), 1],
  ['plain SIMD, 2 threads', () => loadWasmEngine({ build: 'simd', threads: 2 }), 2],
  ['the calling thread', () => loadInlineEngine(), 1],
]

describe.each(ENGINES)('the paper\'s network against Keras: %s', (_, load, threads) => {
  it('has the gradients of every tensor and the losses of six Adam steps', async () => {
    const network = await (await load()).create(PAPER, { threads, batch: WINDOWS, seed: 1 })
    try {
      network.bind(goldenLines())
      network.setWeights(goldenWeights())
      const { loss, gradients } = await network.gradients(goldenStarts())
      const losses = goldenLosses()
      expect(Math.abs(loss - losses[0]!)).toBeLessThan(1e-4)
      for (const [name, { data: expected }] of goldenGradients()) {
        const own = gradients.get(name)!.data
        const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
        const error = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - own[i]!)), 0)
        expect.soft(error / (name === ZERO_GRADIENT ? 1 : largest), name).toBeLessThan(2e-5)
      }
      for (const expected of losses) {
        const step = await network.step(goldenStarts(), 1e-3, 0)
        expect.soft(Math.abs(step.loss - expected)).toBeLessThan(1e-4)
      }
    } finally {
      await network.dispose()
    }
  })
})
