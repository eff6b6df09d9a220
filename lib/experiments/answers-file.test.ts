import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { decodeAnswers, encodeAnswers } from './answers-file'
import type { LineAnswers } from './line-answers'

const id = fc.oneof(fc.uuid(), fc.uuid().map((text) => text.toUpperCase()), fc.string({ unit: 'binary' }), fc.constantFrom('', '\u0000', '\ud800', '\udc00x'))

function answersOf(labels: fc.Arbitrary<string[]>): fc.Arbitrary<LineAnswers> {
  return labels.chain((names) => fc.uniqueArray(id, { maxLength: 40, minLength: 0 }).chain((auditIDs) => {
    const exactly = { minLength: auditIDs.length, maxLength: auditIDs.length }
    const place = fc.integer({ min: 0, max: names.length - 1 })
    return fc.record({
      auditIDs: fc.constant(auditIDs), labels: fc.constant(names), want: fc.array(place, exactly).map((list) => Int32Array.from(list)), got: fc.array(place, exactly).map((list) => Int32Array.from(list)),
      confidence: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), exactly).map((list) => Float32Array.from(list)),
    })
  }))
}

const some = answersOf(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 5 }))

describe('answers as bytes', () => {
  it('come back as they were, whatever the log calls its events', () => {
    fc.assert(fc.property(some, (answers) => { expect(decodeAnswers(encodeAnswers(answers))).toEqual(answers) }))
  })

  it.each([256, 257, 65_536, 65_537])('hold %d labels', (count) => {
    const labels = Array.from({ length: count }, (_, place) => `pods|${place}`)
    const answers = { auditIDs: ['a', 'b'], labels, want: Int32Array.of(count - 1, 0), got: Int32Array.of(0, count - 1), confidence: Float32Array.of(0, 1) }
    expect(decodeAnswers(encodeAnswers(answers))).toEqual(answers)
  })

  it('are 23 bytes a line with UUIDs and at most 256 labels', () => {
    const auditIDs = Array.from({ length: 800 }, (_, line) => `00000000-0000-4000-8000-${line.toString(16).padStart(12, '0')}`)
    const bytes = encodeAnswers({ auditIDs, labels: ['x'], want: new Int32Array(800), got: new Int32Array(800), confidence: new Float32Array(800) })
    expect(bytes.length).toBeLessThanOrEqual(800 * 23)
  })

  test.each([
    ['arrays of different lengths', { want: Int32Array.of(0) }],
    ['a place without a label', { got: Int32Array.of(0, 9) }],
    ['a place before the first', { want: Int32Array.of(-1, 0) }],
    ['an auditID twice', { auditIDs: ['a', 'a'] }],
    ['a label twice', { labels: ['x', 'x'] }],
    ['a confidence above 1', { confidence: Float32Array.of(0, 1.5) }],
    ['no number', { confidence: Float32Array.of(0, Number.NaN) }],
  ])('are refused with %s', (_, change) => {
    const answers = { auditIDs: ['a', 'b'], labels: ['x', 'y'], want: Int32Array.of(0, 1), got: Int32Array.of(0, 1), confidence: Float32Array.of(0, 1) }
    expect(() => encodeAnswers({ ...answers, ...change })).toThrow(expect.objectContaining({ code: 'bad-answers' }))
  })

  it('draw a confidence back that rounding carried past 1', () => {
    const one = { auditIDs: ['a'], labels: ['x'], want: Int32Array.of(0), got: Int32Array.of(0), confidence: Float32Array.of(1.000001) }
    expect(decodeAnswers(encodeAnswers(one)).confidence).toEqual(Float32Array.of(1))
  })
})

/** What reading must do with any bytes: give answers that hold together, or say why not. */
function readSafely(bytes: Uint8Array): void {
  let answers: LineAnswers
  try {
    answers = decodeAnswers(bytes)
  } catch (error) {
    expect(error).toMatchObject({ code: 'bad-answers' })
    return
  }
  expect(answers.want.every((place) => answers.labels[place] !== undefined)).toBe(true)
  expect(new Set(answers.auditIDs).size).toBe(answers.want.length)
}

describe('hostile bytes', () => {
  it('are refused by name, not by a crash', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => { readSafely(bytes) }))
  })

  it('that begin well are refused too: any byte changed, any end cut or added', () => {
    fc.assert(fc.property(some, fc.nat(), fc.nat(255), fc.integer({ min: -9, max: 9 }), (answers, place, value, more) => {
      const good = encodeAnswers(answers)
      const bytes = new Uint8Array(good.length + Math.max(0, more))
      bytes.set(good)
      bytes[place % good.length] = value
      readSafely(bytes)
      readSafely(bytes.subarray(0, Math.max(0, good.length - Math.abs(more))))
      if (more !== 0) expect(() => decodeAnswers(more > 0 ? Uint8Array.from([...good, ...new Uint8Array(more)]) : good.subarray(0, good.length + more))).toThrow(expect.objectContaining({ code: 'bad-answers' }))
    }), { numRuns: 300 })
  })

  it('that speak of four thousand million lines make nothing of that size', () => {
    const bytes = encodeAnswers({ auditIDs: ['a'], labels: ['x'], want: Int32Array.of(0), got: Int32Array.of(0), confidence: Float32Array.of(0) })
    for (const at of [8, 12, 16, 20]) {
      const changed = bytes.slice()
      new DataView(changed.buffer).setUint32(at, 0xffffffff, true)
      expect(() => decodeAnswers(changed)).toThrow(expect.objectContaining({ code: 'bad-answers' }))
    }
  })
})
