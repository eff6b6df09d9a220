import type { Annotator } from '@/lib/labelling/types'
import { requireDataset } from '@/lib/store/datasets'
import { requireAssignment } from '@/lib/store/labelling/assignments'
import type { LabelScope } from '@/lib/store/labelling/read-states'

/**
 * The labels that are asked for, where the asker may read or write them: a second labelling is blind, so that others' stay closed.
 * @throws AuditweaveError 'unknown-dataset', 'unknown-assignment', 'not-assigned', 'wrong-state'
 */
export async function scopeOf(datasetId: string, assignment: string | null, who: Annotator, right: 'read' | 'write'): Promise<LabelScope> {
  const { id } = await requireDataset(datasetId)
  if (assignment !== null) await requireAssignment(id, assignment, who, right)
  return { datasetId: id, assignment }
}
