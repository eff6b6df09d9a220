import { beforeAll, describe, expect, test } from 'vitest'
import { fileURLToPath } from 'node:url'
import { collectEvents, openSource } from '@/lib/audit/source.node.ts'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import type { Engine } from '@/lib/engine/types'
import { readNamedModel } from '../model-directory.node.ts'
import { isLinkedModel, type LinkedModel } from '../model-file'
import { LinkedCoder } from './linked-coder'
import { inferLinked } from './linked-infer'
import { LinkedLines, type LinkedTable } from './linked-lines'
import { encodeColumns } from './linked-vocabulary'
import { entropyOf, voteLinked } from './linked-votes'

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

let engine: Engine
let model: LinkedModel
let whole: LinkedTable
const tableOf = async (count: number): Promise<LinkedTable> => {
  const { events } = await collectEvents(openSource(root('datasets/sample/audit.jsonl.gz')))
  const lines = new LinkedLines()
  lines.add(events.slice(0, count))
  return lines.table()
}
beforeAll(async () => {
  engine = await loadWasmEngine({ threads: 1 })
  const read = await readNamedModel([root('models')], 'linked')
  if (!isLinkedModel(read)) throw new Error('linked is no linked model')
  model = read
  whole = await tableOf(300)
}, 30_000)

const parts = () => ({ network: model.manifest.network, weights: model.weights, coder: LinkedCoder.from(model.manifest.labels) })
const codes = (table: LinkedTable) => encodeColumns(table.columns, model.manifest.features)

describe('the vote of windows', () => {
  test('of one window is what that window says', async () => {
    const table = await tableOf(60)
    expect(table.eventOf.length).toBeLessThan(model.manifest.network.window)
    const [voted, inferred] = [await voteLinked(engine, parts(), table, codes(table)), await inferLinked(engine, { ...parts(), stride: 96 }, table, codes(table))]
    expect(voted.map(({ label, slot }) => ({ label, slot }))).toEqual(inferred.map(({ label, slot }) => ({ label, slot })))
    voted.forEach(({ confidence, follows, margin }, line) => {
      expect([confidence, follows, margin].map((value, i) => Math.abs(value - [inferred[line]?.confidence, inferred[line]?.follows, inferred[line]?.margin][i]!) < 1e-5)).toEqual([true, true, true])
    })
  }, 30_000)

  test('gives every line one answer whatever the batch, with its entropy and what else was likely', async () => {
    const [few, many] = [await voteLinked(engine, parts(), whole, codes(whole), { batch: 1 }), await voteLinked(engine, parts(), whole, codes(whole), { batch: 64 })]
    expect(few).toHaveLength(whole.eventOf.length)
    few.forEach(({ label, entropy, confidence, others }, line) => {
      expect(label?.code).toBe(many[line]?.label?.code)
      expect(entropy).toBeCloseTo(many[line]?.entropy ?? -1, 4)
      // The entropy of a distribution lies between that of its two sides and that of many.
      expect(entropy).toBeGreaterThanOrEqual(entropyOf([confidence]) - 1e-4)
      expect(others.every((one, i) => one.label.code !== label?.code && one.probability <= (others[i - 1]?.probability ?? confidence))).toBe(true)
    })
    expect(few.some(({ entropy }) => entropy > 0.01)).toBe(true)
  }, 30_000)

  test('ends where it is stopped, and has nothing to say of no lines', async () => {
    await expect(voteLinked(engine, parts(), whole, codes(whole), { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    const empty = new LinkedLines().table()
    expect(await voteLinked(engine, parts(), empty, codes(empty))).toEqual([])
  })
})

test('entropy is 0 for certainty, log n for n alike, and counts the rest as one', () => {
  expect(entropyOf([1])).toBe(0)
  expect(entropyOf([0.25, 0.25, 0.25, 0.25])).toBeCloseTo(Math.log(4), 12)
  expect(entropyOf([0.5])).toBeCloseTo(Math.log(2), 12)
  expect(entropyOf([0.5, 0.5, 0, 1e-9])).toBeCloseTo(Math.log(2), 6)
})
