import { z } from 'zod'
import { isAuditweaveError } from '@/lib/audit/errors'
import { handle } from '../../handle'
import { pairQuery } from '../contracts'
import { comparisonOf, pairedRuns, type ComparedPair } from '../paired-runs'

/** With `refusals=told`, that two runs cannot be compared is an answer: whoever compares many expects some of it. */
const comparisonQuery = pairQuery.extend({ refusals: z.literal('told').optional() })

/** Reasons that lie in the two runs and not in the request. */
const REASONS: ReadonlySet<string> = new Set(['no-answers', 'no-common-lines'])

export const GET = handle({ query: comparisonQuery }, async ({ query }): Promise<ComparedPair | { refusal: string }> => {
  try {
    return await comparisonOf(await pairedRuns(query))
  } catch (error) {
    if (query.refusals === 'told' && isAuditweaveError(error) && REASONS.has(error.code)) return { refusal: error.message }
    throw error
  }
})
