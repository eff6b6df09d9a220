import { describe, expect, it } from 'vitest'
import { LinkedLines } from '@/lib/model/linked/linked-lines'
import type { VotedPrediction } from '@/lib/model/linked/linked-votes'
import { measureActiveLearning } from './active-learning'
import { drawLines, LABEL_ORDERS, nextLabels, type LabelOrder } from './label-orders'
import { depsFor, shippedData } from './testing/sample-deps'

const sample = await shippedData('sample')
const settings = { measurement: 'active-learning' as const, lines: 250, rules: 'silent' as const, labels: [10, 20], held: 40, window: 16, units: 4, steps: 6, batch: 8, leastSeen: 6 }
const measure = (order: LabelOrder, seed = 1) => measureActiveLearning({ ...settings, order }, depsFor(sample, { seed }))

describe('measureActiveLearning', () => {
  it('gives a point a count, the first the same by every order but the log\'s, and repeats itself', async () => {
    const [random, uncertain, log] = [await measure('random'), await measure('uncertain'), await measure('log')]
    expect(random.map(({ axes }) => axes)).toEqual([{ labels: 10 }, { labels: 20 }])
    expect(uncertain[0]).toEqual(random[0])
    expect(log[0]).not.toEqual(random[0])
    expect(await measure('uncertain')).toEqual(uncertain)
    expect(await measure('random', 2)).not.toEqual(random)
    for (const { measures } of [...random, ...uncertain]) {
      expect(measures.heldLines).toBe(40)
      expect(measures.heldAccuracy).toBeGreaterThan(0.3)
      expect(measures.labelledClasses).toBeGreaterThan(1)
    }
  }, 60_000)
})

describe('orders', () => {
  const lines = new LinkedLines()
  lines.add(sample.events.slice(0, 200))
  const table = lines.table()
  const drawn = drawLines(Array.from(table.eventOf, (_, line) => line), 1, 7)
  const said = drawn.map((_, line) => ({ entropy: line % 7 === 0 ? 1 : 0, label: null }) as unknown as VotedPrediction)

  it('take as many as asked, none twice and none that is labelled', () => {
    const labelled = new Set(drawn.slice(0, 50))
    for (const order of LABEL_ORDERS) {
      const next = nextLabels(order, { table, drawn, seed: 1 }, labelled, 40, said)
      expect(new Set(next).size, order).toBe(40)
      expect(next.filter((line) => labelled.has(line)), order).toEqual([])
    }
  })

  it('follow what they are called after', () => {
    const next = (order: LabelOrder) => nextLabels(order, { table, drawn, seed: 1 }, new Set(), 20, said)
    expect(next('log')).toEqual(Array.from({ length: 20 }, (_, line) => line))
    expect(next('random')).toEqual(drawn.slice(0, 20))
    expect(next('entropy').every((line) => line % 7 === 0)).toBe(true)
    expect(next('uncertain').filter((line) => line % 7 === 0).length).toBeGreaterThanOrEqual(18)
  })
})
