import { describe, expect, test } from 'vitest'
import { isQueryError, parseQuery, QUERY_LIMITS } from '@/lib/query'
import { cpuMilliseconds } from './testing/cpu-time'

function errorOf(text: string) {
  try {
    parseQuery(text)
  } catch (error) {
    if (isQueryError(error)) return error
    throw error
  }
  throw new Error(`${text} is a query`)
}

describe('a suggestion', () => {
  test.each([
    ['username == 5', 'username == "5"'], ['verb in ["get"] and verb == true', 'verb in ["get"] and verb == "true"'], ['code == "200"', 'code == 200'], ['"404" <= code', '404 <= code'],
    ['label.single == "true"', 'label.single == true'], ['usernme == "a"', 'username == "a"'],
  ])('mends %s', (text, mended) => {
    const { suggestion } = errorOf(text)
    expect(suggestion && text.slice(0, suggestion.start) + suggestion.text + text.slice(suggestion.end)).toBe(mended)
    expect(() => parseQuery(mended)).not.toThrow()
  })

  test.each(['code == "ok"', 'verb == now', 'label.single == "yes"'])('is not made up: %s', (text) => {
    expect(errorOf(text).suggestion).toBeNull()
  })
})

describe('patterns', () => {
  const heavy = (count: number): string => Array.from({ length: count }, () => 'requestURI matches "[a-z]{900}"').join(' or ')

  test('of a query are counted together, and refused before all of them are made', () => {
    expect(errorOf(heavy(3))).toMatchObject({ code: 'query-limit' })
    expect(cpuMilliseconds(() => errorOf(heavy(250)))).toBeLessThan(50)
    expect(() => parseQuery(heavy(2))).not.toThrow()
    // What is counted for one query is not counted for the next.
    expect(() => parseQuery(heavy(2))).not.toThrow()
  })

  test('that only look for a text cost nothing', () => {
    const plain = Array.from({ length: QUERY_LIMITS.tests }, (_, at) => `name matches "^x${at}"`).join(' or ')
    expect(() => parseQuery(plain)).not.toThrow()
  })
})
