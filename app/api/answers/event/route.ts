import { AuditweaveError } from '@/lib/audit/errors'
import { getEvent } from '@/lib/store/events'
import { handle } from '../../handle'
import { eventQuery } from '../contracts'

/** One event as it was imported, secrets redacted. */
export const GET = handle({ query: eventQuery }, async ({ query }) => {
  const found = await getEvent(query.dataset, query.seq)
  if (found === null) throw new AuditweaveError('unknown-event', `There is no event ${query.seq} in this data set; it may have been deleted.`)
  return found.event
})
