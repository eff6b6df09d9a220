import type { z } from 'zod'
import type { Annotator, BatchAnswer } from '@/lib/labelling/types'
import { listStacks } from '@/lib/store/labelling/stacks'
import { takeBack } from '@/lib/store/labelling/take-back'
import { conflictReply } from './conflict'
import type { stackBody } from './contracts'
import { learnSoon } from './learn-soon'
import { scopeOf } from './scope'

/** Undoes or redoes one act of who asks. */
export async function answerStack(kind: 'undo' | 'redo', datasetId: string, body: z.infer<typeof stackBody>, who: Annotator): Promise<unknown> {
  const scope = await scopeOf(datasetId, body.assignment, who, 'write')
  const outcome = await takeBack(scope, { kind, batch: body.batch, id: body.id, changed: body.changed }, who.name)
  if (outcome.state === 'conflict') return conflictReply(outcome.conflicts)
  learnSoon(scope.datasetId)
  return { newest: outcome.newest, labels: outcome.labels, ...(await listStacks(scope, who.name)) } satisfies BatchAnswer
}
