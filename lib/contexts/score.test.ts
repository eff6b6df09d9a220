import { describe, expect, it } from 'vitest'
import golden from '@/lib/contexts/golden/scores.json'
import { scoreReconstruction } from '@/lib/contexts/score'

/** Figures printed by the reference scorer for the same records. */
describe.each(Object.entries(golden))('%s', (_, { truth, predicted, expected }) => {
  it('gives the figures of the reference scorer', () => {
    expect(scoreReconstruction(truth, predicted)).toEqual(expected)
  })
})

describe('a truth file that does not belong', () => {
  const truth = golden.noisy.truth
  const predicted = golden.noisy.predicted

  it('is refused when it is of another capture', () => {
    const other = truth.map((record) => ({ ...record, auditID: `other-${record.auditID}` }))
    expect(() => scoreReconstruction(other, predicted)).toThrow(/of another capture: none of its 40 auditIDs is among the 40 of the reconstruction/)
  })

  it('is refused when it holds no truth records', () => {
    const events = [{ kind: 'Event', auditID: 'a', context: null }]
    expect(() => scoreReconstruction(events, predicted)).toThrow(/holds no truth records/)
    expect(() => scoreReconstruction([], predicted)).toThrow(expect.objectContaining({ code: 'not-truth-records' }))
  })

  it('is refused when nothing was predicted', () => {
    expect(() => scoreReconstruction(truth, [])).toThrow(expect.objectContaining({ code: 'wrong-truth' }))
  })
})
