import { beforeAll, describe, expect, test } from 'vitest'
import { shippedEvents, type ShippedEvents } from './testing/shipped-events'
import { loadWasmEngine } from '@/lib/engine/wasm/engine.node.ts'
import type { Engine } from '@/lib/engine/types'
import { labelKey } from '@/lib/labels/label-key'
import { LinkedLines, type LinkedTable } from '@/lib/model/linked/linked-lines'
import { LINKED_PRESET } from '@/lib/model/linked/linked-settings'
import { wantedLabel } from '@/lib/model/linked/linked-target'
import { askLearnt, learnPartly, partlyLabelled, type LearnOptions } from './learn-partly'
import { labelledChunks } from './labelled-chunks'

let engine: Engine
let data: ShippedEvents
let table: LinkedTable
beforeAll(async () => {
  data = await shippedEvents('sample')
  const lines = new LinkedLines()
  lines.add(data.events)
  table = lines.table()
  engine = await loadWasmEngine({ threads: 1 })
}, 30_000)

const options = (): LearnOptions => ({ engine, threads: 1, shape: { ...LINKED_PRESET.shape, window: 24, units: 8, dimension: 4 }, settings: { ...LINKED_PRESET.settings, epochs: 1, steps: 15, batch: 8, seed: 1 } })
const idOf = (line: number): string => table.events[table.eventOf[line] ?? -1]?.auditID ?? ''

describe('chunks of labelled lines', () => {
  test('hold their line, at places spread over the chunk, and stay within the log', () => {
    const starts = labelledChunks(Int32Array.of(0, 50, 99), 100, 16)
    expect(starts).toHaveLength(24)
    expect([...starts].every((start) => start >= 0 && start <= 84)).toBe(true)
    const of50 = [...labelledChunks(Int32Array.of(50), 100, 16)]
    expect(of50.every((start) => start <= 50 && 50 < start + 16)).toBe(true)
    expect(new Set(of50).size).toBe(8)
    expect([...labelledChunks(Int32Array.of(3), 8, 8)]).toEqual(Array.from({ length: 8 }, () => 0))
  })
})

describe('learning from some labels', () => {
  test('depends on what is labelled and on nothing else, and the same labels give the same weights', async () => {
    const log = partlyLabelled(table, 6)
    const labels = new Map([...data.truth].filter((_, i) => i % 10 === 0))
    const one = await learnPartly(log, labels, options())
    const again = await learnPartly(log, labels, options())
    expect(one.weights.size).toBeGreaterThan(10)
    expect(again.weights).toEqual(one.weights)
    expect(one.labelled).toBeLessThan(log.table.eventOf.length / 5)
    // One label more is another network.
    const [more] = [...data.truth].filter(([id]) => !labels.has(id))
    expect((await learnPartly(log, new Map([...labels, more as [string, typeof labels extends Map<string, infer V> ? V : never]]), options())).weights).not.toEqual(one.weights)
  }, 60_000)

  test('a tenth of the labels tells most of the others, and says of each line how uncertain it is', async () => {
    const log = partlyLabelled(table, 6)
    const labels = new Map([...data.truth].filter((_, i) => i % 10 === 0))
    const said = await askLearnt(log, await learnPartly(log, labels, options()), options())
    expect(said).toHaveLength(table.eventOf.length)
    const others = said.flatMap((prediction, line) => (labels.has(idOf(line)) ? [] : [{ prediction, want: wantedLabel(table, line, data.truth) }])).filter(({ want }) => want !== null)
    const right = others.filter(({ prediction, want }) => prediction.label && want && labelKey(prediction.label) === labelKey(want))
    expect(right.length / others.length).toBeGreaterThan(0.8)
    const mean = (of: typeof others): number => of.reduce((sum, { prediction }) => sum + prediction.entropy, 0) / of.length
    const wrong = others.filter((one) => !right.includes(one))
    if (wrong.length > 5) expect(mean(wrong)).toBeGreaterThan(mean(right))
    expect(said.every(({ entropy, others: rest, confidence }) => entropy >= 0 && rest.every(({ probability }) => probability <= confidence + 1e-6))).toBe(true)
  }, 60_000)

  test('refuses to learn from nothing', async () => {
    await expect(learnPartly(partlyLabelled(table, 6), new Map(), options())).rejects.toThrow(RangeError)
  })
})
