import { beforeAll, describe, expect, it } from 'vitest'
import type { NetworkSpec } from '../../types'
import { bestBuild, readKernels } from '../assets.node.ts'
import { Graph } from '../graph'
import { MEMORY_START, instantiateKernels } from '../kernels'
import type { Kernels } from '../kernels'
import { createMemory } from '../memory'
import { LANES } from './layer'

const ROWS = 4000
const RATE = 0.3

describe('feature dropout', () => {
  it('drops a channel of a window from all steps, or from none, and scales what it keeps', async () => {
    const steps = 5
    const features = 200
    const spec: NetworkSpec = {
      features, window: steps, heads: 1, classes: features, loss: { kind: 'crossEntropy' }, layers: [{ kind: 'featureDropout', rate: RATE }],
    }
    const graph = new Graph(spec, { batch: LANES, threads: 1, training: true })
    const memory = createMemory(graph.end, false)
    const kernels = await instantiateKernels(await WebAssembly.compile(await readKernels(bestBuild(), 'inline')), memory)
    const [layer] = graph.layers
    const floats = (offset: number): Float32Array => new Float32Array(memory.buffer, graph.firstShard + offset, features * steps * LANES)
    floats(graph.input.values).fill(1)
    layer!.forward({
      kernels, thread: 0, scratch: graph.firstScratch, packing: 0, firstShard: graph.firstShard, shardStride: graph.shardStride,
      shardCount: 1, windows: LANES, training: true, attributing: false, learning: true, dropoutKey: 9,
    }, { index: 0, base: graph.firstShard, active: LANES })
    const kept = floats(layer!.output.values)
    const first = kept.slice(0, features * LANES)
    for (let step = 1; step < steps; step++) expect(kept.slice(step * features * LANES, (step + 1) * features * LANES)).toEqual(first)
    expect(new Set(first)).toEqual(new Set([0, Math.fround(1 / (1 - RATE))]))
    // Four standard deviations of 1600 draws are 0.046.
    expect(Math.abs(first.filter((value) => value === 0).length / first.length - RATE)).toBeLessThan(0.046)
  })
})

describe('dropout masks', () => {
  const memory = createMemory(2 ** 20, false)
  const values = new Float32Array(memory.buffer, MEMORY_START, ROWS * LANES)
  let kernels: Kernels

  beforeAll(async () => {
    kernels = await instantiateKernels(await WebAssembly.compile(await readKernels(bestBuild(), 'inline')), memory)
  })

  /** For each lane, what is left of ones, row by row. */
  function masks(firstWindow: number, key: number): number[][] {
    values.fill(1)
    kernels.dropout(MEMORY_START, MEMORY_START, ROWS, LANES, firstWindow, key, Math.floor(RATE * 2 ** 32), 1 / (1 - RATE))
    return Array.from({ length: LANES }, (_, lane) => Array.from({ length: ROWS }, (_, row) => values[row * LANES + lane]!))
  }

  const share = (mask: readonly number[], test: (value: number, row: number) => boolean): number => mask.filter(test).length / ROWS

  it('keep the share they should and scale what is kept', () => {
    for (const mask of masks(0, 42)) {
      expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / (1 - RATE))]))
      // Four standard deviations of 4000 draws are 0.029.
      expect(Math.abs(share(mask, (value) => value === 0) - RATE)).toBeLessThan(0.03)
    }
  })

  it('are independent between windows, shards, keys and rows', () => {
    const all = [...masks(0, 1), ...masks(LANES, 1), ...masks(0, 2)]
    const chance = RATE * RATE + (1 - RATE) * (1 - RATE)
    all.forEach((mask, i) => {
      for (const other of all.slice(0, i)) expect(Math.abs(share(mask, (value, row) => value === other[row]) - chance)).toBeLessThan(0.035)
      expect(Math.abs(share(mask, (value, row) => value === mask[(row + 1) % ROWS]) - chance)).toBeLessThan(0.035)
    })
  })

  it('are the same for the same window and key, whatever the shard it stands in', () => {
    expect(masks(0, 7)).toEqual(masks(0, 7))
    expect(masks(4, 7).slice(0, 4)).toEqual(masks(0, 7).slice(4))
  })
})
