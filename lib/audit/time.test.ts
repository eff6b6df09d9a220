import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMicros, parseMicros } from './time'

describe('parseMicros', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T00:00:00.000001Z', 1],
    ['2026-11-23T06:39:45.427442Z', Date.UTC(2026, 10, 23, 6, 39, 45) * 1000 + 427_442],
    ['2026-11-23T06:39:45.427442999Z', Date.UTC(2026, 10, 23, 6, 39, 45) * 1000 + 427_442],
    ['2026-11-23T06:39:45.5Z', Date.UTC(2026, 10, 23, 6, 39, 45) * 1000 + 500_000],
    ['2026-11-23T06:39:45Z', Date.UTC(2026, 10, 23, 6, 39, 45) * 1000],
    ['2026-11-23T08:39:45.000001+02:00', Date.UTC(2026, 10, 23, 6, 39, 45) * 1000 + 1],
    ['2026-11-22T23:09:45-07:30', Date.UTC(2026, 10, 23, 6, 39, 45) * 1000],
    ['2024-02-29 12:00:00z', Date.UTC(2024, 1, 29, 12) * 1000],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1) * 1000],
    ['1969-12-31T23:59:59.999999Z', -1],
  ])('%s', (text, micros) => expect(parseMicros(text)).toBe(micros))

  test.each([
    null, '', 'yesterday', '2026-11-23', '2026-11-23T06:39:45', '2026-13-01T00:00:00Z', '2025-02-29T00:00:00Z', '2026-11-23T24:00:00Z',
    '2026-11-23T06:39:45.Z', '2026-11-23T06:39:45Zx', '2026-11-23T06:39:45+0200', '2026-11-23T06:39:45+24:00', '2026/11/23T06:39:45Z', '٢٠٢٦-11-23T06:39:45Z',
  ])('no time: %s', text => expect(parseMicros(text)).toBeNull())

  test('every microsecond of four digit years survives writing and reading', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: Date.UTC(2254, 0, 1) * 1000 }), micros => {
      expect(parseMicros(formatMicros(micros))).toBe(micros)
    }))
  })

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 45 }), text => {
      const micros = parseMicros(text)
      expect(micros === null || Number.isSafeInteger(micros)).toBe(true)
    }))
  })
})
