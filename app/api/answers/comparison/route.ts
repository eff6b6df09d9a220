import { handle } from '../../handle'
import { pairQuery } from '../contracts'
import { comparisonOf, pairedRuns } from '../paired-runs'

export const GET = handle({ query: pairQuery }, async ({ query }) => comparisonOf(await pairedRuns(query)))
