import type { LoadedSplit } from '@/lib/experiments/execute-types'
import type { SplitName } from '@/lib/experiments/run-spec'
import { requireDataset } from '@/lib/store/datasets'
import { requireSplit } from '@/lib/store/dataset-versions/splits'

/** A split that is stored with a data set. @throws AuditweaveError 'unknown-dataset', 'unknown-split' telling those there are */
export async function loadSplit(datasetIdOrName: string, { name, version }: SplitName): Promise<LoadedSplit> {
  const { id } = await requireDataset(datasetIdOrName)
  const { partOf, ...split } = await requireSplit(id, name, version)
  return { name: split.name, version: split.version, partOf }
}
