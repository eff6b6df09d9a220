import type { LabelsAnswer } from '@/lib/labelling/types'
import { labelsSince } from '@/lib/store/labelling/labels-since'
import { listStacks } from '@/lib/store/labelling/stacks'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { labelsQuery } from '../contracts'
import { scopeOf } from '../scope'

/** What stands of all requests, or of those changed after `since`, and what the asker may undo and redo. */
export const GET = handle({ params: idParams, query: labelsQuery }, async ({ params, query, who }) => {
  const scope = await scopeOf(params.id, query.assignment ?? null, who, 'read')
  const [labels, stacks] = [await labelsSince(scope, query.since), await listStacks(scope, who.name)]
  return { ...labels, ...stacks, annotator: who } satisfies LabelsAnswer
})
