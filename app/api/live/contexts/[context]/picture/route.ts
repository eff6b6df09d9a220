import { AuditweaveError } from '@/lib/audit/errors'
import { livePicture } from '@/lib/jobs/live/live-client'
import { handle } from '../../../../handle'
import { contextParams } from '../../../live-contracts'

/** A context as it stands, also one that has left the window if it raised an alert. */
export const GET = handle({ params: contextParams }, async ({ params }) => {
  const picture = await livePicture(params.context)
  if (!picture) throw new AuditweaveError('unknown-context', `The context ${params.context} is not among those that are held. Keep what was received as a data set to find it again.`)
  return picture
})
