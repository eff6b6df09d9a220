import { AuditweaveError } from '@/lib/audit/errors'
import type { LabelledLog } from '@/lib/experiments/labelled-log'
import { requireDataset } from '@/lib/store/datasets'
import { streamEvents } from '@/lib/store/events'
import { currentLabels } from '@/lib/store/labels'
import { makeLabel } from '@/lib/labels/codec'

/**
 * A stored data set as a log with its newest labels.
 * @throws AuditweaveError 'unknown-dataset', 'wrong-state' while it is being imported, 'no-truth' without one label
 */
export async function loadLabelledLog(datasetIdOrName: string): Promise<LabelledLog> {
  const dataset = await requireDataset(datasetIdOrName)
  if (dataset.state !== 'ready') throw new AuditweaveError('wrong-state', `${dataset.name} is ${dataset.state}. Train on it when it is imported.`)
  return {
    source: { name: dataset.name, sha256: dataset.sha256 ?? '' },
    cacheKey: JSON.stringify([dataset.sha256 ?? dataset.id, dataset.secretsKept]),
    events: async function* () {
      for await (const batch of streamEvents(dataset.id)) yield batch.map(({ event }) => event)
    },
    truth: async () => {
      const labels = await currentLabels(dataset.id)
      if (![...labels.values()].some(({ label }) => label !== null)) throw new AuditweaveError('no-truth', `${dataset.name} has no labels to learn from. Import it with a truth, or label it first.`)
      return new Map([...labels].map(([auditID, { role, context, label }]) => [auditID, { role, context, label: label ? makeLabel(label) : null }]))
    },
  }
}
