import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mean, ranks, sampleDeviation, spearman } from './statistics'

interface Case { kind: string; x: number[]; y: number[]; mean: number; deviation: number | null; ranks: number[]; spearman: number | null }
const { cases } = JSON.parse(readFileSync(new URL('./golden/statistics.json', import.meta.url), 'utf8')) as { cases: Case[] }

describe('statistics of reports', () => {
  it.each(cases.map((one) => [`${one.kind}, n = ${one.x.length}`, one] as const))('agree with scipy: %s', (_, one) => {
    expect(Math.abs(mean(one.x) - one.mean)).toBeLessThan(1e-12)
    expect(ranks(one.x)).toEqual(one.ranks)
    if (one.deviation === null) expect(sampleDeviation(one.x)).toBeNull()
    else expect(Math.abs((sampleDeviation(one.x) ?? NaN) - one.deviation)).toBeLessThan(1e-12)
    const rho = spearman(one.x.map((x, index) => [x, one.y[index] ?? NaN] as const))
    if (one.spearman === null) expect(rho).toBeNull()
    else expect(Math.abs((rho ?? NaN) - one.spearman)).toBeLessThan(1e-12)
  })

  it('correlates in the same way whatever grows with a side', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), { minLength: 3, maxLength: 30 }), (pairs) => {
      expect(spearman(pairs.map(([a, b]) => [Math.exp(a / 10), b ** 3] as const))).toEqual(spearman(pairs))
    }))
  })
})
