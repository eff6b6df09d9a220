import type { ReconstructedRecord } from '@/lib/contexts/types'
import { scoreReconstruction, type ScoreResult } from '@/lib/contexts/score'
import type { Dataset } from '@/lib/store/datasets'
import { currentLabels } from '@/lib/store/labels'

/** Fewer labelled requests than this share are no truth to measure a whole reconstruction by. */
const ENOUGH = 0.9

/** How near a reconstruction comes to what is known of its data set, and how many of its requests are known; nothing where too few are. */
export async function truthFigures(dataset: Pick<Dataset, 'id' | 'hasLabels' | 'auditIDs' | 'version'>, records: readonly ReconstructedRecord[]): Promise<{ datasetVersion: number; truth?: ScoreResult & { known: number } }> {
  const { version: datasetVersion } = dataset
  if (!dataset.hasLabels) return { datasetVersion }
  const known = [...await currentLabels(dataset.id)].filter(([, { role }]) => role !== null)
  if (known.length < ENOUGH * dataset.auditIDs) return { datasetVersion }
  return { datasetVersion, truth: { ...scoreReconstruction(known.map(([auditID, label]) => ({ auditID, ...label })), records), known: known.length } }
}
