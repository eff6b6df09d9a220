import { lineColumns } from '@/lib/experiments/compare/line-columns'
import { handle } from '../../handle'
import { pairQuery } from '../contracts'
import { pairedRuns } from '../paired-runs'

/** Some 120 bytes each. */
const MOST_LINES = 50_000

export const GET = handle({ query: pairQuery }, async ({ query }) => {
  const { pairs, facets } = await pairedRuns(query)
  return lineColumns(pairs, facets, MOST_LINES)
})
