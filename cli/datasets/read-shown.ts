import { missingFields, type DatasetCard } from '@/lib/labelling/dataset/card'
import { readCard, readOrigin } from '@/lib/store/dataset-versions/about'
import { standingLabels } from '@/lib/store/dataset-versions/current'
import { listSplits } from '@/lib/store/dataset-versions/splits'
import type { DatasetVersion, Origin, SplitSummary } from '@/lib/store/dataset-versions/types'
import { hasChanged, listVersions } from '@/lib/store/dataset-versions/versions'
import { requireDataset, type Dataset } from '@/lib/store/datasets'

/** All that `dataset show` tells. */
export interface ShownDataset {
  readonly dataset: Dataset
  readonly labelled: number
  readonly changed: boolean
  readonly versions: readonly DatasetVersion[]
  readonly splits: readonly SplitSummary[]
  readonly origin: Origin
  readonly card: DatasetCard
  readonly missing: readonly string[]
}

/** @throws AuditweaveError 'unknown-dataset' */
export async function readShown(reference: string): Promise<ShownDataset> {
  const dataset = await requireDataset(reference)
  const [versions, splits, origin, card] = [await listVersions(dataset.id), await listSplits(dataset.id), await readOrigin(dataset.id), await readCard(dataset.id)]
  return { dataset, labelled: (await standingLabels(dataset.id)).size, changed: await hasChanged(dataset.id, versions[0] ?? null), versions, splits, origin, card, missing: missingFields(card) }
}
