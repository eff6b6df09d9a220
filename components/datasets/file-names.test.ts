import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importShare, importText } from './import-progress'
import { nameFromFile, sortFiles } from './file-names'

describe('names from files', () => {
  it.each([['lab-a.audit.jsonl.gz', 'lab-a'], ['my log (2).json', 'my-log-2'], ['../../etc/passwd', 'etc-passwd'], ['.gz', 'log']])('%s becomes %s', (file, name) => {
    expect(nameFromFile(file)).toBe(name)
  })
  it('are always names', () => {
    fc.assert(fc.property(fc.string(), (file) => {
      expect(nameFromFile(file)).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    }))
  })
  it('finds the truth beside a log', () => {
    const [log, truth] = [{ name: 'lab-a.audit.jsonl.gz' }, { name: 'lab-a.truth.jsonl.gz' }]
    expect(sortFiles([truth, log])).toEqual({ log, truth })
    expect(sortFiles([truth])).toEqual({ log: truth, truth: null })
  })
})

describe('import progress', () => {
  it('tells how far it is', () => {
    const progress = { phase: 'reading' as const, bytes: 5e6, totalBytes: 1e7, events: 1200, rejected: 3 }
    expect(importShare(progress)).toBe(0.5)
    expect(importText(progress)).toBe('1,200 events, 5.0 MB of 10.0 MB, 3 rejected')
    expect(importText(null)).toBe('Waits for a worker')
  })
})
