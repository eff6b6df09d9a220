import type { BatchAnswer } from '@/lib/labelling/types'
import { requireInSample } from '@/lib/store/labelling/assignments'
import { requireSeen } from '@/lib/store/labelling/blind'
import { writeBatch } from '@/lib/store/labelling/write-batch'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { checkRole } from '../../../../who'
import { conflictReply } from '../conflict'
import { BATCH_LIMIT, batchBody, REVIEWER_KINDS } from '../contracts'
import { learnSoon } from '../learn-soon'
import { scopeOf } from '../scope'

/** One act of labelling; sent again under its id it is not carried out again. */
export const POST = handle({ params: idParams, body: batchBody, bodyLimit: BATCH_LIMIT, role: 'annotator' }, async ({ params, body, who }) => {
  if (REVIEWER_KINDS.includes(body.kind)) checkRole(who, 'reviewer')
  const { datasetId, assignment } = await scopeOf(params.id, body.assignment, who, 'write')
  const touched = body.changes.map(({ auditID }) => auditID)
  if (assignment !== null) await requireInSample(assignment, touched)
  else await requireSeen(datasetId, touched, who)
  const outcome = await writeBatch(datasetId, body, who.name)
  if (outcome.state === 'conflict') return conflictReply(outcome.conflicts)
  learnSoon(datasetId)
  return { newest: outcome.newest, labels: outcome.labels } satisfies BatchAnswer
})
