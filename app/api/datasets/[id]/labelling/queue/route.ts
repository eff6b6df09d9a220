import { z } from 'zod'
import { planQueue, QUEUE_ORDERS, type QueueAnswer } from '@/lib/labelling/queue/plan-queue'
import { readEvidence } from '@/lib/store/labelling/evidence'
import { assignmentRequests } from '@/lib/store/labelling/assignments'
import { labelsSince } from '@/lib/store/labelling/labels-since'
import { suggesting } from '@/lib/store/labelling/learnings'
import { readLabellingLog } from '@/lib/store/labelling/log'
import { idParams, idSchema } from '../../../../contracts'
import { handle } from '../../../../handle'
import { scopeOf } from '../scope'

const query = z.object({ order: z.enum(QUEUE_ORDERS).default('uncertain'), assignment: idSchema.optional(), n: z.coerce.number().int().min(1).max(1_000_000).default(5000), seed: z.coerce.number().int().min(0).max(2 ** 31 - 1).default(1) })

/** What to label next: the requests that teach a model most first, and the sample that is held back to measure with. */
export const GET = handle({ params: idParams, query }, async ({ params, query: { order, assignment, n, seed }, who }) => {
  const scope = await scopeOf(params.id, assignment ?? null, who, 'read')
  const log = await readLabellingLog(scope.datasetId)
  const source = await suggesting(scope.datasetId)
  const evidence = new Map((source === null ? [] : await readEvidence(source.id)).map((one) => [one.auditID, one]))
  const labels = new Map((await labelsSince(scope, 0)).labels.map((one) => [one.auditID, one]))
  const among = scope.assignment === null ? null : new Set(await assignmentRequests(scope.assignment))
  const answer = planQueue(log, (auditID) => {
    const [label, known] = [labels.get(auditID), evidence.get(auditID)]
    return { standing: label?.standing ?? 'unlabelled', skipped: label?.skipped ?? false, uncertainty: known?.uncertainty ?? -1, said: known ? `${known.role} ${known.code}` : '' }
  }, { kind: order, count: n, seed, among })
  return answer satisfies QueueAnswer
})
