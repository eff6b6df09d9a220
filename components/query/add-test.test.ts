import * as fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { compileQuery, explainQuery, parseQuery } from '@/lib/query'
import { equalTest, hasTimes, withoutTimes, withTest, withTimes } from './add-test'
import { shellWord } from './command-line'
import { chosenLog } from './log-choices'
import { queryCodec } from './query-state'

const QUERIES = ['verb == "get"', 'verb == "get" or verb == "list"', 'not verb == "get"', 'verb == "get" and code > 200', '(verb == "get" or code == 1)']
const [FROM, TO] = [1795415985000000, 1795415986500000]

describe('a test added to a query', () => {
  it('narrows it, whatever it is', () => {
    const rows = [{ verb: 'get' }, { verb: 'list', responseStatus: { code: 1 } }, { verb: 'delete', responseStatus: { code: 403 } }, {}]
    for (const text of QUERIES) {
      for (const test of [equalTest('verb', 'get', '=='), equalTest('responseStatus.code', 403, '!='), equalTest('objectRef.namespace', null, '=='), equalTest('user.username', null, '!=')]) {
        const [both, one, other] = [withTest(text, test), text, test].map((each) => compileQuery(parseQuery(each)))
        for (const row of rows) expect(both?.(row), withTest(text, test)).toBe(one?.(row) && other?.(row))
      }
    }
  })

  it('is not added twice, and stands alone where nothing was asked', () => {
    const once = withTest('verb == "get"', equalTest('user.username', 'alice', '=='))
    expect(once).toBe('verb == "get" and username == "alice"')
    expect(withTest(once, equalTest('user.username', 'alice', '=='))).toBe(once)
    expect(withTest(' ', 'code == 1')).toBe('code == 1')
  })

  it('holds any text a log may have', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (value) => {
      const matches = compileQuery(parseQuery(equalTest('user.username', value, '==')))
      expect(matches({ user: { username: value } })).toBe(true)
      expect(matches({ user: { username: `${value}x` } })).toBe(false)
    }))
  })

  it('of a stretch of time takes the place of the one before', () => {
    for (const text of ['', ...QUERIES]) {
      const brushed = withTimes(text, FROM, TO)
      expect(hasTimes(brushed)).toBe(true)
      const again = withTimes(brushed, FROM + 1, TO)
      expect(again.match(/requestTime/g)).toHaveLength(1)
      const rest = withoutTimes(again)
      if (text === '') expect(rest).toBe('')
      else expect(explainQuery(parseQuery(rest))).toBe(explainQuery(parseQuery(text)))
      expect(hasTimes(text)).toBe(false)
    }
    expect(withoutTimes('a == 1 or 2026-01-01 <= requestTime < 2026-01-02')).toBe('a == 1 or 2026-01-01 <= requestTime < 2026-01-02')
  })
})

describe('a word for the shell', () => {
  it('is handed on as it is', () => {
    const words = fc.array(fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed().replaceAll('\0', '')), { minLength: 1, maxLength: 20 })
    fc.assert(fc.property(words, (given) => {
      const script = `printf '%s\\0' ${given.map(shellWord).join(' ')}`
      expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(given)
    }), { numRuns: 30 })
  })
})

describe('the address', () => {
  it('says everything that is shown', () => {
    const state = { dataset: 'd', reconstruction: 'links', q: 'verb == "a&b"', of: 'lines', now: 'end', columns: ['micros', 'user'], tab: 'plan' } as const
    expect(queryCodec.read(new URLSearchParams(queryCodec.write(state).toString()))).toEqual(state)
    expect(queryCodec.write(queryCodec.read(new URLSearchParams())).toString()).toBe('')
  })

  it('chooses the newest reconstruction, none where links are said, and no data set in place of one that is gone', () => {
    const log = (id: string, ...ids: string[]) => ({ id, name: id, events: 1, sourceName: id, lastMicros: null, reconstructions: ids.map((one) => ({ id: one, title: one })) })
    const logs = [log('a'), log('b', 'new', 'old')]
    const at = (dataset: string, reconstruction = '') => { const found = chosenLog(logs, 'b', { dataset, reconstruction }); return found && [found.log.id, found.reconstructionId] }
    expect([at(''), at('a'), at('b', 'old'), at('b', 'links'), at('gone')]).toEqual([['b', 'new'], ['a', null], ['b', 'old'], ['b', null], null])
  })
})
