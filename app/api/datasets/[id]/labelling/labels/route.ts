import type { LabelsAnswer } from '@/lib/labelling/types'
import { hiddenFrom } from '@/lib/store/labelling/blind'
import { labelsSince } from '@/lib/store/labelling/labels-since'
import { listStacks } from '@/lib/store/labelling/stacks'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { labelsQuery } from '../contracts'
import { scopeOf } from '../scope'

/** What stands of all requests, or of those changed after `since`, and what the asker may undo and redo. What is his to label blindly is left out of the shared labels. */
export const GET = handle({ params: idParams, query: labelsQuery }, async ({ params, query, who }) => {
  const scope = await scopeOf(params.id, query.assignment ?? null, who, 'read')
  const [found, stacks] = [await labelsSince(scope, query.since), await listStacks(scope, who.name)]
  const hidden = scope.assignment === null ? await hiddenFrom(scope.datasetId, who) : new Set()
  const labels = hidden.size === 0 ? found.labels : found.labels.filter(({ auditID }) => !hidden.has(auditID))
  return { newest: found.newest, labels, ...stacks, annotator: who } satisfies LabelsAnswer
})
