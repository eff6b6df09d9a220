import { AuditweaveError } from '@/lib/audit/errors'
import { tableFromFile, tableKey, tableToFile } from '@/lib/experiments/encoded/line-cache'
import type { LineTable } from '@/lib/experiments/encoded/line-table'
import type { TrainingLines } from '@/lib/experiments/execute-types'
import { TrainingLineCollector } from '@/lib/experiments/training-lines'
import { requireDataset, type Dataset } from '@/lib/store/datasets'
import { currentLabels, labelsDigest } from '@/lib/store/labels'
import { streamTrainingLines } from '@/lib/store/training-lines'
import { encodedCache } from './encoded-cache'

const CODEC = { parse: tableFromFile, serialise: tableToFile }

/**
 * The first `limit` API lines of a stored data set (all when null) with their newest labels, ready for a network. They are kept
 * encoded in the data folder, so that only the first run of a sweep reads the events.
 * @throws AuditweaveError 'unknown-dataset', 'wrong-state' while it is being imported, 'no-truth' without one label
 */
export async function loadTrainingLines(datasetIdOrName: string, limit: number | null, log: (text: string) => void = console.error): Promise<TrainingLines> {
  const dataset = await requireDataset(datasetIdOrName)
  if (dataset.state !== 'ready') throw new AuditweaveError('wrong-state', `${dataset.name} is ${dataset.state}. Train on it when it is imported.`)
  const cache = encodedCache(log)
  const key = tableKey({ log: dataset.sha256 ?? dataset.id, labels: await labelsDigest(dataset.id), secretsKept: dataset.secretsKept, limit })
  const table = await cache.through(key, CODEC, () => readTable(dataset, limit))
  return { table, source: { name: dataset.name, sha256: dataset.sha256 ?? '', lines: table.lines } }
}

async function readTable(dataset: Dataset, limit: number | null): Promise<LineTable> {
  const collector = new TrainingLineCollector(limit)
  let labelled = false
  for await (const lines of streamTrainingLines(dataset.id)) {
    for (const { event, truth } of lines) {
      collector.add(event, truth)
      labelled ||= truth !== null && truth.label !== null
    }
    if (collector.full) break
  }
  // The first lines may all be background: that is something to learn, too.
  if (!labelled && !(await hasLabels(dataset.id))) throw new AuditweaveError('no-truth', `${dataset.name} has no labels to learn from. Import it with a truth, or label it first.`)
  return collector.lines({ name: dataset.name, sha256: dataset.sha256 ?? '' }).table
}

async function hasLabels(datasetId: string): Promise<boolean> {
  return [...(await currentLabels(datasetId)).values()].some(({ label }) => label !== null)
}
