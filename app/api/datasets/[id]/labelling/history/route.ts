import { requestHistory } from '@/lib/store/labelling/history'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { historyQuery } from '../contracts'
import { scopeOf } from '../scope'

/** Who said what of a request, the newest first. The auditID is no part of the path: a log may hold `..` and slashes. */
export const GET = handle({ params: idParams, query: historyQuery }, async ({ params, query, who }) => {
  const scope = await scopeOf(params.id, query.assignment ?? null, who, 'read')
  return { entries: await requestHistory(scope, query.auditID) }
})
