import { parseManifest, parseModel, type AnyManifest, type TrainedModel } from '@/lib/model/model-file'
import { withDatabase } from '../../with-database'

/** The models that runs have left in the database; what is stored and no longer fits the format is left out. */
export async function storedModels(): Promise<AnyManifest[]> {
  const { listModels } = await import('@/lib/store/models')
  const rows = await withDatabase(listModels)
  return rows.flatMap(({ name, manifest }) => {
    try {
      return [{ ...parseManifest(JSON.stringify(manifest)), name }]
    } catch {
      return []
    }
  })
}

/** A model of the database by id or name. @throws AuditweaveError 'unknown-model', 'bad-model' or 'bad-weights' */
export async function storedModel(name: string): Promise<TrainedModel> {
  const { modelWeights, requireModel } = await import('@/lib/store/models')
  return withDatabase(async () => {
    const { id, manifest } = await requireModel(name)
    return parseModel(JSON.stringify(manifest), await modelWeights(id))
  })
}
