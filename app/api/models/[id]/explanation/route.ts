import { launchExplanation } from '@/lib/jobs/queue'
import { requireModel } from '@/lib/store/models'
import { modelParams } from '../../../contracts'
import { handle } from '../../../handle'
import { explanationOf } from '../../library'

export const GET = handle({ params: modelParams }, ({ params }) => explanationOf(params.id))

/** Has a worker find out what a stored model looks at. */
export const POST = handle({ params: modelParams }, async ({ params }) => {
  const { id } = await requireModel(params.id)
  await launchExplanation(id)
})
