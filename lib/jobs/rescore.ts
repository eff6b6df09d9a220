import type { ReconstructedRecord } from '@/lib/contexts/types'
import { exportedRecords } from '@/lib/store/contexts/export-records'
import { keepFigures } from '@/lib/store/contexts/figures'
import { requireDataset } from '@/lib/store/datasets'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { roleCounts } from './role-counts'
import { truthFigures } from './truth-figures'

/**
 * Measures a reconstruction anew, as people have corrected it. Figures that another correction has overtaken meanwhile bear an older revision, so that they
 * are worked out again.
 * @throws AuditweaveError 'unknown-reconstruction', 'unknown-dataset'
 */
export async function rescore(id: string): Promise<void> {
  const { datasetId, revision } = await requireReconstruction(id)
  const records: ReconstructedRecord[] = []
  for await (const batch of exportedRecords(id)) records.push(...batch)
  const { truth } = await truthFigures(await requireDataset(datasetId), records)
  // Without enough that is known any more, the old figures are of nothing.
  await keepFigures(id, revision, { ...roleCounts(records), truth: truth ?? null })
}
