import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { disagreementMatrix, disagreements } from './disagreements'
import { fleissKappa, krippendorffAlpha, pairConfusion, pairKappa, percentAgreement } from './figures'
import golden from './golden/agreement.json'
import { measureAgreement } from './measure'
import { foldTable, partRows } from './patterns'
import type { Rating, RatingTable } from './ratings'

const rating = (value: number): Rating | null => (value < 0 ? null : { role: 'trigger', label: { resource: `c${value}`, verb: 'create', namespaced: true, single: true } })
const tableOf = (rows: readonly (readonly number[])[]): RatingTable => ({ raters: rows.map((_, rater) => `r${rater}`), ratings: rows.map((row) => row.map(rating)) })

function near(value: number | null | undefined, want: number | null | undefined): void {
  if (typeof value !== 'number' || typeof want !== 'number') return expect(value).toBe(want)
  expect(Math.abs(value - want)).toBeLessThan(1e-9)
}

describe.each(golden.cases)('agreement as scikit-learn, NLTK and statsmodels: $name', (want) => {
  const table = tableOf(want.table)
  const patterns = foldTable(table)
  const rows = partRows(patterns, 'whole')
  // Where one class is all there is, scikit-learn and statsmodels have NaN, NLTK 1.
  const only = new Set(want.table.flat().filter((value) => value >= 0)).size === 1

  test('all raters', () => {
    near(percentAgreement(rows, patterns.weights).value, want.percent)
    near(krippendorffAlpha(rows, patterns.weights).value, want.alpha)
    near(fleissKappa(rows, patterns.weights).value, only ? 1 : want.fleiss)
  })
  test('each two', () => {
    for (const pair of want.pairs) {
      const found = pairKappa(pairConfusion(rows, patterns.weights, pair.a, pair.b))
      near(found.value, only ? 1 : pair.kappa)
      expect(found.units).toBe(pair.units)
      const matrix = disagreementMatrix(table.ratings[pair.a] ?? [], table.ratings[pair.b] ?? [], 'resource')
      expect(matrix.units).toBe(pair.units)
      expect(matrix.classes).toHaveLength(Object.keys(pair.specific).length)
      for (const { label, f1 } of matrix.classes) near(f1, (pair.specific as Record<string, number>)[label.slice(1)])
    }
  })
})

const resampled = golden.cases.flatMap(({ name, table, bootstrap }) => (bootstrap ? [{ name, table, bootstrap }] : []))
test.each(resampled)('intervals over the same resamples as numpy: $name', async ({ table, bootstrap }) => {
  const found = await measureAgreement(tableOf(table), { seed: 1, groups: Int32Array.from(bootstrap.groups), resamples: bootstrap.draws.length, draw: (round) => Int32Array.from(bootstrap.draws[round] as number[]) })
  const whole = found.parts.find(({ part }) => part === 'whole')
  const pair = found.pairs.find(({ part, a, b }) => part === 'whole' && a === 0 && b === 1)
  for (const [figure, [low, high]] of [[whole?.percent, bootstrap.percent], [whole?.alpha, bootstrap.alpha], [whole?.fleiss, bootstrap.fleiss], [pair?.kappa, bootstrap.kappa]] as const) {
    near(figure?.low, low)
    near(figure?.high, high)
  }
})

describe('agreement by part of the label', () => {
  const label = (resource: string, verb: string): Rating => ({ role: 'trigger', label: { resource, subresource: '', verb, namespaced: true, single: true } })
  const background: Rating = { role: 'background', label: null }
  const table: RatingTable = {
    raters: ['ann', 'bob'],
    ratings: [
      [label('pods', 'create'), label('pods', 'update'), label('secrets', 'get'), background, background, null],
      [label('pods', 'delete'), label('pods', 'patch'), label('configmaps', 'list'), background, label('pods', 'get'), label('pods', 'get')],
    ],
  }
  it('takes verbs of one class for equal, and background against a label for different on every part', async () => {
    const found = await measureAgreement(table, { seed: 1, resamples: 10 })
    const percent = Object.fromEntries(found.parts.map(({ part, percent: figure }) => [part, figure.value]))
    expect(percent).toEqual({ whole: 2 / 5, role: 4 / 5, resource: 3 / 5, subresource: 4 / 5, verb: 3 / 5, namespaced: 4 / 5, single: 4 / 5 })
    expect(found.raters).toEqual([{ key: 'ann', rated: 5 }, { key: 'bob', rated: 6 }])
  })
  it('names the requests behind each cell', () => {
    const matrix = disagreementMatrix(table.ratings[0] ?? [], table.ratings[1] ?? [], 'verb')
    expect(matrix).toMatchObject({ units: 5, agreed: 3 })
    expect(matrix.cells).toContainEqual({ a: '1', b: '2', count: 1, units: [0] })
    expect(matrix.cells).toContainEqual({ a: 'background', b: '3', count: 1, units: [4] })
    expect(disagreements(table.ratings[0] ?? [], table.ratings[1] ?? [])).toEqual([0, 2, 4])
  })
  it('tells another role of the same label', () => {
    const consequence: Rating = { ...label('pods', 'create'), role: 'consequence' }
    expect(disagreements([label('pods', 'create')], [consequence])).toEqual([0])
    expect(disagreements([label('pods', 'create')], [{ ...consequence, role: null }])).toEqual([])
  })
  it('keeps resources with a bar in their name apart from the parts of a label', () => {
    const odd: Rating = { role: 'trigger', label: { resource: 'a|b', subresource: 'status', verb: 'get', namespaced: false, single: true } }
    expect(disagreementMatrix([odd], [odd], 'resource').cells[0]?.a).toBe('a|b')
    expect(disagreementMatrix([odd], [odd], 'subresource').cells[0]?.a).toBe('status')
  })
})

describe('laws', () => {
  const tables = fc.integer({ min: 2, max: 4 }).chain((raters) => fc.integer({ min: 1, max: 30 }).chain((units) => fc.array(fc.array(fc.integer({ min: -1, max: 3 }), { minLength: units, maxLength: units }), { minLength: raters, maxLength: raters })))
  const figuresOf = (rows: readonly (readonly number[])[]) => {
    const patterns = foldTable(tableOf(rows))
    const part = partRows(patterns, 'whole')
    return [percentAgreement(part, patterns.weights), fleissKappa(part, patterns.weights), krippendorffAlpha(part, patterns.weights)]
  }
  it('neither the order of raters, of requests nor the names of classes matter', () => {
    fc.assert(fc.property(tables, (rows) => {
      const base = figuresOf(rows)
      for (const other of [rows.toReversed(), rows.map((row) => row.toReversed()), rows.map((row) => row.map((value) => (value < 0 ? value : 3 - value)))]) {
        figuresOf(other).forEach((found, at) => { near(found.value, base[at]?.value); expect(found.units).toBe(base[at]?.units) })
      }
    }), { numRuns: 60 })
  })
  it('nothing is above 1, and all are 1 where nobody differs', () => {
    fc.assert(fc.property(tables, (rows) => {
      for (const { value } of figuresOf(rows)) if (value !== null) expect(value).toBeLessThanOrEqual(1 + 1e-12)
      for (const { value } of figuresOf([rows[0] ?? [], rows[0] ?? []])) if (value !== null) expect(value).toBeCloseTo(1, 12)
    }), { numRuns: 60 })
  })
})

test('intervals are the same for a seed, and wider where requests of a context stand or fall together', async () => {
  const rows = [Array.from({ length: 200 }, () => 1), Array.from({ length: 200 }, (_, unit) => (Math.floor(unit / 10) % 3 === 0 ? 2 : 1))]
  const width = async (groups: Int32Array): Promise<number> => {
    const [once, again] = await Promise.all([1, 2].map(() => measureAgreement(tableOf(rows), { seed: 3, groups, resamples: 200 })))
    expect(once).toEqual(again)
    return (once?.parts[0]?.percent.high ?? 0) - (once?.parts[0]?.percent.low ?? 0)
  }
  expect(await width(Int32Array.from({ length: 200 }, (_, unit) => Math.floor(unit / 10)))).toBeGreaterThan(2 * (await width(Int32Array.from({ length: 200 }, (_, unit) => unit))))
})
