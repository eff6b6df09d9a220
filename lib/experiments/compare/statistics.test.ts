import { describe, expect, it, test } from 'vitest'
import { cohensKappa } from '@/lib/model/metrics/classification'
import { confusionOf } from '@/lib/model/metrics/confusion'
import { groupNumbers, pairedBootstrap, type ComparedFigure } from './bootstrap'
import golden from './golden/statistics.json'
import { mcNemar } from './mcnemar'
import { regroupings, signFlips, compareRepetitions } from './repetitions'
import { drawPlaces } from '@/lib/model/metrics/resamples'
import { chiSquaredTail, erfc, fairCoinTail, logFactorial } from './special-functions'

const near = (value: number, want: number) => expect(Math.abs(value - want)).toBeLessThan(1e-9)

test('functions of scipy', () => {
  for (const [x = 0, want = 0] of golden.erfc) near(erfc(x), want)
  for (const [k = 0, n = 0, want = 0] of golden.coin) near(fairCoinTail(k, n), want)
  near(chiSquaredTail(3.841458820694124), 0.05)
  expect(logFactorial(31)).toBeCloseTo(logFactorial(32) - Math.log(32), 10)
  expect([fairCoinTail(-1, 4), fairCoinTail(4, 4)]).toEqual([0, 1])
})

describe('McNemar', () => {
  test.each(golden.mcnemar)('as statsmodels: $a against $b', (want) => {
    const found = mcNemar(want.a, want.b)
    near(found.exact, want.exact)
    near(found.statistic, want.statistic)
    near(found.corrected, want.corrected)
    expect(mcNemar(want.b, want.a)).toEqual(found)
  })
  test('equal counts, none at all among them, speak for nobody', () => {
    for (const count of [0, 1, 50, 5000]) expect(mcNemar(count, count)).toEqual({ exact: 1, statistic: 0, corrected: 1 })
  })
})

test.each(golden.kappa)('kappa of two annotators, as scikit-learn, statsmodels and nltk', (want) => near(cohensKappa(confusionOf(want.a, want.b)), want.kappa))

describe.each(golden.bootstrap)('paired bootstrap as numpy: $name', (want) => {
  const pairs = { classes: want.classes, want: Int32Array.from(want.want), a: Int32Array.from(want.a), b: Int32Array.from(want.b) }
  const groups = Int32Array.from(want.groups)
  const same = (found: ComparedFigure, wanted: typeof want.accuracy): void => {
    for (const side of ['a', 'b', 'difference'] as const) [found[side].value, found[side].low, found[side].high].forEach((value, place) => near(value, wanted[side][place] as number))
    near(found.difference.p, wanted.p)
  }
  test('over the same resamples', async () => {
    const found = await pairedBootstrap(pairs, { groups, seed: 0, resamples: want.draws.length, draw: (round) => Int32Array.from(want.draws[round] as number[]) })
    same(found.accuracy, want.accuracy)
    same(found.macroF1, want.macroF1)
    expect(found.units).toBe(Math.max(...want.groups) + 1)
  })
  test('over its own: the same for a seed, near the golden ones, another for another seed', async () => {
    const [once, again, other] = await Promise.all([1, 1, 2].map((seed) => pairedBootstrap(pairs, { groups, seed })))
    expect(once).toEqual(again)
    expect(other).not.toEqual(once)
    for (const side of ['low', 'high'] as const) expect(Math.abs((once?.accuracy.difference[side] ?? 9) - (want.accuracy.difference[side === 'low' ? 1 : 2] ?? 0))).toBeLessThan(0.08)
  })
})

test('lines that stand or fall together widen the interval', async () => {
  // 20 contexts of 10 lines; B has whole contexts right that A has wrong.
  const lines = 200
  const context = Int32Array.from({ length: lines }, (_, line) => Math.floor(line / 10))
  const pairs = { classes: 2, want: new Int32Array(lines), a: Int32Array.from(context, (one) => (one % 3 === 0 ? 1 : 0)), b: Int32Array.from(context, (one) => (one % 4 === 1 ? 1 : 0)) }
  const width = async (groups: Int32Array): Promise<number> => {
    const { accuracy: { difference } } = await pairedBootstrap(pairs, { groups, seed: 5 })
    return difference.high - difference.low
  }
  expect(await width(context)).toBeGreaterThan(2 * (await width(Int32Array.from({ length: lines }, (_, line) => line))))
})

test('groups tell how many equal ones they are worth', async () => {
  const pairs = { classes: 1, want: new Int32Array(12), a: new Int32Array(12), b: new Int32Array(12) }
  const worth = async (groups: readonly number[]): Promise<number> => (await pairedBootstrap(pairs, { groups: Int32Array.from(groups), seed: 1, resamples: 2 })).evenUnits
  near(await worth([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]), 3)
  near(await worth([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]), 144 / 102)
})

test('a line without a context is a group of its own', () => {
  expect([...groupNumbers(['c', null, 'c', null, 'd'])]).toEqual([0, 1, 0, 2, 3])
})

test('draws are even and depend on the round', () => {
  const counts = new Int32Array(10)
  for (let round = 0; round < 100; round++) for (const place of drawPlaces(3, round, 10, new Int32Array(1000))) counts[place]!++
  // Chi squared with 9 degrees of freedom stays below 30 in all but one of 2000 seeds.
  expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(30)
  const draw = (round: number): Int32Array => drawPlaces(3, round, 1000, new Int32Array(8))
  expect(draw(0)).toEqual(draw(0))
  expect(draw(0)).not.toEqual(draw(1))
})

describe('repetitions over seeds', () => {
  test.each(golden.repetitions)('permutations as scipy: paired $paired, $permutations', (want) => {
    const found = want.paired ? signFlips(want.a.map((value, i) => (want.b[i] ?? 0) - value), 0) : regroupings(want.a, want.b, 0)
    near(found.p, want.p)
    expect(found).toMatchObject({ exact: true, permutations: want.permutations })
  })

  const list = (values: readonly number[], from = 1) => values.map((value, i) => ({ seed: from + i, value }))
  const values = [0.9, 0.92, 0.88, 0.91, 0.93]

  it('are paired by seed, whatever their order', () => {
    const shifted = list(values.map((value) => value + 0.01)).reverse()
    const found = compareRepetitions(list(values), shifted, 1)
    expect(found).toMatchObject({ paired: true, permutation: { exact: true, permutations: 32, p: 2 / 32 } })
    near(found?.difference.value ?? 0, 0.01)
    near(found?.difference.low ?? 0, 0.01)
    expect(compareRepetitions(list(values), list(values, 2), 1)?.paired).toBe(false)
  })

  it('of which there is one say nothing', () => {
    expect(compareRepetitions(list(values), list([0.9]), 1)).toBeNull()
  })

  it('too many for every permutation are drawn, and come near to the exact answer', () => {
    const differences = Array.from({ length: 24 }, (_, i) => Math.sin(i * 7) * 0.02 + 0.004)
    const [drawn, exact] = [signFlips(differences, 4), signFlips(differences.slice(0, 17), 4)]
    expect([drawn.exact, exact.exact]).toEqual([false, true])
    const [a, b] = [differences.slice(0, 12), differences.slice(12)]
    expect(regroupings(a, b, 1).exact).toBe(false)
    expect(Math.abs(regroupings(a, b, 1).p - regroupings(a, b, 2).p)).toBeLessThan(0.03)
    expect(drawn.p).toBeGreaterThan(0)
  })
})
