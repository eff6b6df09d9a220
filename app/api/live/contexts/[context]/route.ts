import { AuditweaveError } from '@/lib/audit/errors'
import { liveContext } from '@/lib/jobs/live/live-client'
import { handle } from '../../../handle'
import { contextParams } from '../../live-contracts'

/** The row of a context among those that come in. */
export const GET = handle({ params: contextParams }, async ({ params }) => {
  const found = await liveContext(params.context)
  if (!found) throw new AuditweaveError('unknown-context', `The context ${params.context} is not among those that are held. Keep what was received as a data set to find it again.`)
  return found
})
