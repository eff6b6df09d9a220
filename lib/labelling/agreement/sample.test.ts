import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawSample, type Candidate } from './sample'

const candidates: Candidate[] = Array.from({ length: 1000 }, (_, i) => ({ auditID: `id-${i}`, stratum: i < 900 ? 'common' : i < 990 ? 'middle' : `rare ${i}` }))
const of = (auditIDs: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const id of auditIDs) { const stratum = candidates[Number(id.slice(3))]?.stratum ?? ''; counts[stratum] = (counts[stratum] ?? 0) + 1 }
  return counts
}

describe('a sample', () => {
  it('is the same for a seed, whatever the order of the candidates, and another for another', () => {
    const draw = (list: readonly Candidate[], seed: number): string[] => drawSample(list, { method: 'stratified', seed, size: { count: 60 } })
    expect(draw(candidates, 1)).toEqual(draw(candidates.toReversed(), 1))
    expect(draw(candidates, 2)).not.toEqual(draw(candidates, 1))
  })
  it('has every class where it is stratified, and the rest by share', () => {
    const counts = of(drawSample(candidates, { method: 'stratified', seed: 3, size: { share: 0.1 } }))
    expect(Object.keys(counts)).toHaveLength(12)
    expect(counts['common']).toBeGreaterThan(75)
    expect(counts['middle']).toBeGreaterThan(7)
    expect(Object.values(counts).reduce((sum, one) => sum + one)).toBe(100)
  })
  it('leaves rare classes to chance where it is random', () => {
    const drawn = drawSample(candidates, { method: 'random', seed: 3, size: { count: 100 } })
    expect(new Set(drawn).size).toBe(100)
    // 100 of 1000, of which 900 are common: outside 80 and 98 once in thousands of seeds.
    expect(of(drawn)['common']).toBeGreaterThan(80)
    expect(of(drawn)['common']).toBeLessThan(98)
  })
  it('has the size asked for, none twice, whatever the strata', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 6 }), { maxLength: 80 }), fc.nat({ max: 100 }), fc.constantFrom('random', 'stratified'), (strata, count, method) => {
      const drawn = drawSample(strata.map((stratum, i) => ({ auditID: String(i), stratum: String(stratum) })), { method, seed: 5, size: { count } })
      expect(drawn).toHaveLength(Math.min(count, strata.length))
      expect(new Set(drawn).size).toBe(drawn.length)
      if (method === 'stratified' && count >= 7) expect(new Set(drawn.map((id) => strata[Number(id)]))).toEqual(new Set(strata))
    }))
  })
})
