import { AuditweaveError } from '@/lib/audit/errors'
import { liveLine } from '@/lib/jobs/live/live-client'
import { handle } from '../../../../../handle'
import { lineParams } from '../../../../live-contracts'

/** A received line of a context with its bodies, and the links that put it there. */
export const GET = handle({ params: lineParams }, async ({ params }) => {
  const line = await liveLine(params.context, params.seq)
  if (!line) throw new AuditweaveError('unknown-line', `Line ${params.seq} is not in the context ${params.context}.`)
  return line
})
