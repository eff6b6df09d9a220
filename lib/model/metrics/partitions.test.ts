import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scoreReconstruction } from '@/lib/contexts/score'
import scored from '@/lib/contexts/golden/scores.json'
import golden from '@/lib/model/golden/partitions.json'
import { partitionScores } from './partitions'

test.each(golden.cases)('as scikit-learn and the definition of B-cubed: $name', (want) => {
  const found = partitionScores(want.truth, want.predicted)
  for (const [name, value] of Object.entries(want.scores)) expect(Math.abs(found[name as keyof typeof found] - value), name).toBeLessThan(1e-9)
})

test('agrees with the scorer of reconstructions, to its four places', () => {
  for (const { truth, predicted } of Object.values(scored)) {
    const said = scoreReconstruction(truth, predicted)
    // Of the stages of one auditID the first counts there.
    const first = <T extends { auditID: string }>(records: readonly T[]): Map<string, T> => new Map(records.toReversed().map((record) => [record.auditID, record]))
    const guess = first<{ auditID: string; context?: unknown }>(predicted)
    const members = [...first<(typeof truth)[number]>(truth).values()].filter((record) => record.role === 'trigger' || record.role === 'consequence')
    const found = partitionScores(members.map((record) => String(record.context)), members.map((record) => String(guess.get(record.auditID)?.context ?? `alone:${record.auditID}`)))
    // The scorer says nothing where it would divide by no pairs at all; scikit-learn does.
    if (said.ari === null) continue
    const [b3, pair, ari] = [found.bCubedF1, found.pairF1, found.adjustedRand].map((value) => Math.round(value * 1e4) / 1e4)
    expect({ b3_f1: b3, pair_f1: pair, ari }).toEqual({ b3_f1: said.b3_f1, pair_f1: said.pair_f1 ?? 0, ari: said.ari })
  }
})

test('names do not matter, and nothing is above full agreement', () => {
  const grouping = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 60 })
  fc.assert(fc.property(grouping, (things) => {
    const [truth, guess] = [things.map(([one]) => String(one)), things.map(([, other]) => String(other))]
    const found = partitionScores(truth, guess)
    expect(partitionScores(truth.map((name) => `${name} ${name}`), guess.map((name) => `g${9 - Number(name)}`))).toEqual(found)
    expect(Object.values(found).every((value) => value <= 1 + 1e-12 && value >= -1)).toBe(true)
    expect(partitionScores(truth, truth)).toEqual({ bCubedPrecision: 1, bCubedRecall: 1, bCubedF1: 1, pairPrecision: 1, pairRecall: 1, pairF1: 1, adjustedRand: 1 })
  }))
})

test('lists of different lengths are refused', () => {
  expect(() => partitionScores(['a'], [])).toThrow(RangeError)
})
