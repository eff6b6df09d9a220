import { AuditweaveError } from '@/lib/audit/errors'
import { parseQuery } from '@/lib/query'
import { tryInWindow } from '@/lib/jobs/live/live-client'
import { handle } from '../../handle'
import { tryBody } from '../../live/live-contracts'

/** What a query finds among the contexts that are held, before it watches. */
export const POST = handle({ body: tryBody }, async ({ body }) => {
  parseQuery(body.query)
  const trial = await tryInWindow(body.query)
  if (!trial) throw new AuditweaveError('not-receiving', 'Nothing is received here, so there is nothing to try the query on. Start with --receive-port; see /live/set-up.')
  return trial
})
