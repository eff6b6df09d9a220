import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportDrift } from './drift'
import { MISSING_CODE, UNKNOWN_CODE, decodeValue, encodeRows, encodeValue, fitOnLines, fitVocabularies, risingCodes, vocabularySize } from './vocabulary'

const rows: (string | null)[][] = [['b', null], ['a', 'x'], ['b', 'y'], ['test-only', 'x']]

describe('vocabularies', () => {
  it('number values in order of first appearance after the two reserved codes', () => {
    const [first, second] = fitVocabularies(rows.slice(0, 3))
    expect(first?.values).toEqual(['b', 'a'])
    expect(second?.values).toEqual(['x', 'y'])
    expect(first && vocabularySize(first)).toBe(4)
  })

  it('read no row outside the training lines', () => {
    const guarded = rows.slice()
    Object.defineProperty(guarded, 3, { get: () => { throw new Error('a test row was read') } })
    const vocabularies = fitOnLines(guarded, [0, 1, 2])
    expect(vocabularies[0]?.values).not.toContain('test-only')
    expect(() => fitOnLines(guarded, [3])).toThrowError('a test row was read')
  })

  it('give what training lacked the one unknown code, and do not grow by it', () => {
    const vocabularies = fitOnLines(rows, [0, 1, 2])
    const before = JSON.stringify(vocabularies)
    const codes = encodeRows([...rows, ['newer', null]], vocabularies)
    expect([...codes]).toEqual([2, 0, 3, 2, 2, 3, UNKNOWN_CODE, 2, UNKNOWN_CODE, MISSING_CODE])
    expect(JSON.stringify(vocabularies)).toBe(before)
    const frozen = vocabularies[0]?.values as string[]
    expect(() => frozen.push('x')).toThrowError()
  })

  it('survive JSON and decode what they encode', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.option(fc.string()), fc.option(fc.string())), { minLength: 1 }), (sample) => {
      const vocabularies: ReturnType<typeof fitVocabularies> = JSON.parse(JSON.stringify(fitVocabularies(sample)))
      const codes = encodeRows(sample, vocabularies)
      sample.forEach((row, line) => row.forEach((value, feature) => {
        const vocabulary = vocabularies[feature]!
        const code = codes[line * 2 + feature]!
        expect(decodeValue(code, vocabulary)).toBe(value)
        expect(encodeValue(value, vocabulary)).toBe(code)
        expect(code).not.toBe(UNKNOWN_CODE)
      }))
    }))
  })

  it('differ from the paper\'s encoder, which numbers test values too', () => {
    expect([...risingCodes(rows)]).toEqual([0, 0, 1, 1, 0, 2, 2, 1])
  })
})

describe('reportDrift', () => {
  it('counts what a model would read as unknown', () => {
    const report = reportDrift([...rows, ['test-only', null], ['other', 'x']], fitOnLines(rows, [0, 1, 2]), { features: ['f', 'g'], top: 1 })
    expect(report[0]).toEqual({ feature: 'f', rows: 6, missing: 0, unseen: 3, unseenShare: 0.5, distinctUnseen: 2, commonest: [{ value: 'test-only', count: 2 }] })
    expect(report[1]).toMatchObject({ feature: 'g', missing: 2, unseen: 0, unseenShare: 0, distinctUnseen: 0 })
  })
})
