import { requireSeen } from '@/lib/store/labelling/blind'
import { requestHistory } from '@/lib/store/labelling/history'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { historyQuery } from '../contracts'
import { scopeOf } from '../scope'

/** Who said what of a request, the newest first. The auditID is no part of the path: a log may hold `..` and slashes. */
export const GET = handle({ params: idParams, query: historyQuery }, async ({ params, query, who }) => {
  const scope = await scopeOf(params.id, query.assignment ?? null, who, 'read')
  if (scope.assignment === null) await requireSeen(scope.datasetId, [query.auditID], who)
  return { entries: await requestHistory(scope, query.auditID) }
})
