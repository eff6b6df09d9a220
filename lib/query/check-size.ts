import { QueryError } from './error'
import { QUERY_LIMITS } from './limits'
import { scanQuery, type ScanToken } from './scan'

/** Refuses, by a count of its pieces, what would cost the parser too much before it could be refused for its meaning. */
export function checkSize(text: string): void {
  if (text.length > QUERY_LIMITS.text) {
    const span = { start: QUERY_LIMITS.text, end: text.length }
    throw new QueryError('query-limit', `the query has ${text.length} characters, more than ${QUERY_LIMITS.text}`, text, span)
  }
  const counts = { brackets: 0, negations: 0, tests: 1, values: 1 }
  for (const token of scanQuery(text)) {
    count(counts, token)
    const problem = findExcess(counts)
    if (problem) throw new QueryError('query-limit', problem, text, token)
  }
}

interface Counts {
  brackets: number
  /** In a row. */
  negations: number
  tests: number
  values: number
}

function count(counts: Counts, token: ScanToken): void {
  const word = token.text.toLowerCase()
  if (word === '(') counts.brackets++
  if (word === ')') counts.brackets--
  if (word === ',') counts.values++
  if (word === 'and' || word === 'or' || word === '&&' || word === '||') counts.tests++
  counts.negations = word === 'not' || word === '!' ? counts.negations + 1 : 0
}

function findExcess({ brackets, negations, tests, values }: Counts): string | null {
  if (Math.max(brackets, negations) > QUERY_LIMITS.depth) return `the query nests deeper than ${QUERY_LIMITS.depth} levels`
  if (tests > QUERY_LIMITS.tests) return `the query has more than ${QUERY_LIMITS.tests} tests`
  return values > QUERY_LIMITS.values ? `the query lists more than ${QUERY_LIMITS.values} values` : null
}
