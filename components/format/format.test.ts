import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAgo, formatDuration } from './duration'
import { formatClock, formatInstant, formatSpan } from './instant'
import { formatBytes, formatCount, formatFigure, formatScore, formatShare, plural } from './number'
import { visibleParts, visibleText } from './visible'

describe('numbers', () => {
  it('separates thousands and counts things', () => {
    expect(formatCount(18_478)).toBe('18,478')
    expect(plural(1, 'event')).toBe('1 event')
    expect(plural(54_354, 'event')).toBe('54,354 events')
    expect(plural(2, 'class', 'classes')).toBe('2 classes')
  })
  it('shows scores with four digits and a dash for none', () => {
    expect(formatScore(0.98663)).toBe('0.9866')
    expect(formatScore(null)).toBe('–')
  })
  it('never rounds a share to all or nothing', () => {
    expect(formatShare(0.9999)).toBe('> 99.9 %')
    expect(formatShare(0.0001)).toBe('< 0.1 %')
    expect(formatShare(1)).toBe('100 %')
    expect(formatShare(0.425)).toBe('42.5 %')
  })
  it('shows bytes in decimal units', () => {
    expect([0, 999, 1000, 230_000_000].map(formatBytes)).toEqual(['0 B', '999 B', '1.0 kB', '230 MB'])
  })
  it('keeps figures short', () => {
    expect([0.123456, 1234.5678, 12, 0.00001].map(formatFigure)).toEqual(['0.1235', '1235', '12', '1.0e-5'])
  })
})

describe('durations', () => {
  it.each([[0, '0 s'], [0.0004, '0.4 ms'], [0.34, '340 ms'], [1.24, '1.2 s'], [59.7, '1 min'], [200, '3 min 20 s'], [7500, '2 h 5 min'], [3600, '1 h'], [270_000, '3 d 3 h']])('%d s reads %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })
  it('never shows sixty of a unit', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (s) => !/\b60 (s|min)\b|\b24 h\b|\b1000 ms\b/.test(formatDuration(s))))
  })
  it('tells how long ago', () => {
    expect([0, 30e3, 300e3, 7200e3].map((ms) => formatAgo(0, ms))).toEqual(['just now', '30 s ago', '5 min ago', '2 h ago'])
  })
})

describe('instants', () => {
  it('keeps microseconds', () => {
    expect(formatClock(Date.UTC(2026, 10, 23, 6, 39, 45) * 1000 + 427_442)).toBe('06:39:45.427442')
  })
  it('says a shared day once', () => {
    expect(formatSpan('2026-11-23T06:39:45Z', '2026-11-23T06:53:00Z')).toBe('2026-11-23 06:39:45 – 06:53:00 UTC')
    expect(formatInstant('nonsense')).toBe('–')
  })
})

describe('text of a log', () => {
  it('names what cannot be seen', () => {
    expect(visibleText('a\u202eb\u0007\u200b')).toBe('a<U+202E>b<U+0007><U+200B>')
    expect(visibleText('<img src=x onerror=1>')).toBe('<img src=x onerror=1>')
    expect(visibleParts('x'.repeat(50), 10).cut).toBe(40)
  })
  it('leaves no control or bidirectional character in plain parts', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const plain = visibleParts(text).parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('')
      // oxlint-disable-next-line no-control-regex
      expect(plain).not.toMatch(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069\u200b-\u200f]/)
    }))
  })
})
