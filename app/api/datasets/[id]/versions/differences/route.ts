import { compareVersions } from '@/lib/store/dataset-versions/compare'
import { newestVersion, requireVersion } from '@/lib/store/dataset-versions/versions'
import { requireDataset } from '@/lib/store/datasets'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'
import { differencesQuery } from '../../dataset-contracts'

/** From a version (the newest where none is named) to another, or to what stands now. */
export const GET = handle({ params: idParams, query: differencesQuery }, async ({ params, query }) => {
  const dataset = await requireDataset(params.id)
  const place = async (number: number | 'now' | undefined) => {
    const wanted = number === undefined ? ((await newestVersion(dataset.id))?.number ?? 'now') : number
    return { datasetId: dataset.id, name: dataset.name, number: wanted === 'now' ? null : (await requireVersion(dataset, wanted)).number }
  }
  return compareVersions(await place(query.from), await place(query.to))
})
