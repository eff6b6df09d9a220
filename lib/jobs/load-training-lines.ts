import type { TrainingLines } from '@/lib/experiments/execute-types'
import { TrainingLineCollector } from '@/lib/experiments/training-lines'
import { requireDataset } from '@/lib/store/datasets'
import { streamTrainingLines } from '@/lib/store/training-lines'
import { AuditweaveError } from '@/lib/audit/errors'

/**
 * The first `limit` API lines of a stored data set (all when null) with their newest labels, ready for a network.
 * @throws AuditweaveError 'unknown-dataset', 'wrong-state' while it is being imported, 'no-truth' without one label
 */
export async function loadTrainingLines(datasetIdOrName: string, limit: number | null): Promise<TrainingLines> {
  const dataset = await requireDataset(datasetIdOrName)
  if (dataset.state !== 'ready') throw new AuditweaveError('wrong-state', `${dataset.name} is ${dataset.state}. Train on it when it is imported.`)
  const collector = new TrainingLineCollector(limit)
  let labelled = false
  for await (const lines of streamTrainingLines(dataset.id)) {
    for (const { event, truth } of lines) {
      collector.add(event, truth)
      labelled ||= truth !== null && truth.label !== null
    }
    if (collector.full) break
  }
  if (!labelled) throw new AuditweaveError('no-truth', `${dataset.name} has no labels to learn from. Import it with a truth, or label it first.`)
  return collector.lines({ name: dataset.name, sha256: dataset.sha256 ?? '' })
}
