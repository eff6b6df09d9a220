import { expect, test } from 'vitest'
import type { Engine } from '@/lib/engine/types'
import { loadInlineEngine } from '@/lib/engine/wasm/engine.node.ts'
import { encodeDataset } from './dataset'
import { tinyLog } from './fixtures/tiny-log'
import { presetNetwork, presetSettings } from './presets'
import { trainNetwork } from './train'
import { windowStarts } from './windows'

const LINES = 120
const W = 6
const dataset = encodeDataset(tinyLog(LINES, 5), { fitted: { from: 0, to: LINES }, paperIds: false })
const spec = presetNetwork('k8ntext-small', { features: 39, classes: dataset.coder.classes, window: W }, { unitsPerFeature: [0.1, 0.1] })
const split = { train: windowStarts(100, W, 1), validation: Int32Array.of(110) }

/** The real engine, with what each step is given written down. */
function listening(engine: Engine, seen: number[][]): Engine {
  return {
    ...engine,
    create: async (...args) => {
      const network = await engine.create(...args)
      const step = network.step.bind(network)
      network.step = (starts, ...rest) => {
        seen.push([...starts])
        return step(starts, ...rest)
      }
      return network
    },
  }
}

async function startsOf(phase: 'fixed' | 'random', seed = 1): Promise<number[][]> {
  const seen: number[][] = []
  const settings = presetSettings('k8ntext-small', seed, { epochs: 6, batch: 128, stride: 7, phase, earlyStoppingPatience: 50 })
  await trainNetwork({ engine: listening(await loadInlineEngine(), seen), spec, lines: dataset.lines, split, settings })
  return seen
}

test('with a random phase an epoch takes every stride-th window, and epochs differ in which', async () => {
  const epochs = await startsOf('random')
  expect(epochs).toHaveLength(6)
  for (const starts of epochs) {
    const sorted = starts.toSorted((a, b) => a - b)
    expect(sorted.length).toBe(split.train.filter((start) => start % 7 === (sorted[0] ?? 0) % 7).length)
    expect(sorted.slice(1).every((start, i) => start - (sorted[i] ?? 0) === 7)).toBe(true)
  }
  expect(new Set(epochs.map((starts) => (starts[0] ?? 0) % 7)).size).toBeGreaterThan(2)
  expect(await startsOf('random')).toEqual(epochs)
  expect(await startsOf('random', 2)).not.toEqual(epochs)
})

test('with a fixed one all windows of the split are taken', async () => {
  for (const starts of await startsOf('fixed')) expect(starts.toSorted((a, b) => a - b)).toEqual([...split.train])
})
