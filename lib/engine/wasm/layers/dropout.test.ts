import { beforeAll, describe, expect, it } from 'vitest'
import { bestBuild, readKernels } from '../assets.node.ts'
import { MEMORY_START, instantiateKernels } from '../kernels'
import type { Kernels } from '../kernels'
import { createMemory } from '../memory'
import { LANES } from './layer'

const ROWS = 4000
const RATE = 0.3

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
