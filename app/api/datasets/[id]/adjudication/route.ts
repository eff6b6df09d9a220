import { requireDataset } from '@/lib/store/datasets'
import { reviewOf } from '@/lib/store/labelling/review'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { pairQuery } from '../trust-contracts'

/** What two sides say differently. Decisions are written as batches of the kind `adjudicate`. */
export const GET = handle({ params: idParams, query: pairQuery, role: 'reviewer' }, async ({ params, query }) => {
  const { id } = await requireDataset(params.id)
  return await reviewOf(id, query)
})
