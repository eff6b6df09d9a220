import { describe, expect, it } from 'vitest'
import { parseQuery, visitPaths, type QueryNode } from '@/lib/query'
import { PAPER_QUERIES, paperQuery, queryValues } from './paper-queries'

const values = { user: 'alice', from: Date.UTC(2026, 0, 2) * 1000, to: Date.UTC(2026, 0, 3) * 1000 }

function parsed(name: string, user = 'alice'): QueryNode {
  const text = paperQuery(name, { ...values, user })
  if (text === null) throw new Error(`${name} has no text`)
  return parseQuery(text)
}

describe('paperQuery', () => {
  it('has the four of Table 7, of which the first asks nothing', () => {
    expect(PAPER_QUERIES).toEqual(['none', '1-clause', '3-clauses', '4-clauses'])
    expect(paperQuery('none', values)).toBeNull()
    for (const name of PAPER_QUERIES.slice(1)) expect(parsed(name).kind).toBe('OrNode')
  })

  it('keeps a hostile user name a value', () => {
    const hostile = 'x" or exists(verb) or username == "\\'
    for (const name of PAPER_QUERIES.slice(1)) {
      const paths = new Set<string>()
      visitPaths(parsed(name, hostile), (path) => { paths.add(path.segments.join('.')) })
      expect([...paths]).not.toContain('verb')
      expect(JSON.stringify(parsed(name, hostile))).toContain(JSON.stringify(hostile))
    }
  })

  it('names those there are where it is asked for another', () => {
    expect(() => paperQuery('constructor', values)).toThrow(/1-clause, 3-clauses/)
  })
})

describe('queryValues', () => {
  it('takes the user of most triggers, the first by name of equals, and times by rank', () => {
    const triggers = ['bob', 'alice', 'bob', 'alice', null, 'eve', 'alice', 'bob'].map((user, i) => ({ user, stageMicros: i === 4 ? null : 1000 * (8 - i) }))
    // seven times: 1000, 2000, 3000, 5000, 6000, 7000, 8000
    expect(queryValues(triggers)).toEqual({ user: 'alice', from: 5000, to: 7000 })
  })

  it('has values for a log without triggers', () => {
    expect(queryValues([])).toEqual({ user: '', from: 0, to: 0 })
  })
})
