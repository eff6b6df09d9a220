import { AuditweaveError } from '@/lib/audit/errors'
import { METHODS, type ReconstructionMethod } from '@/lib/contexts/methods'
import { launchReconstruction } from '@/lib/jobs/queue'
import { requireDataset } from '@/lib/store/datasets'
import { listReconstructions } from '@/lib/store/reconstructions'
import { z } from 'zod'
import { idParams, modelParams } from '../../../contracts'
import { handle } from '../../../handle'
import { findCard, listLibrary } from '../../../models/library'

const body = z.strictObject({
  /** none: links alone; default: whichever is the default; else a model by id or name. */
  model: modelParams.shape.id.default('default'),
  method: z.enum(METHODS).default('linked'),
})

/** What was made of a data set, the newest first. */
export const GET = handle({ params: idParams }, async ({ params }) => {
  const { id } = await requireDataset(params.id)
  return { reconstructions: await listReconstructions({ datasetId: id }) }
})

/** Queues finding the contexts of a data set. */
export const POST = handle({ params: idParams, body, role: 'reviewer' }, async ({ params, body: { model, method } }) => {
  const dataset = await requireDataset(params.id)
  if (dataset.state !== 'ready') throw new AuditweaveError('wrong-state', `${dataset.name} is ${dataset.state}. Its contexts can be found when it is imported.`)
  const chosen = await modelOf(model, method)
  return { id: await launchReconstruction({ datasetId: dataset.id, method, modelId: chosen?.origin === 'stored' ? chosen.id : null, modelName: chosen?.name ?? null }) }
})

async function modelOf(model: string, method: ReconstructionMethod) {
  if (model === 'none') {
    if (method === 'linked') return null
    throw new AuditweaveError('bad-request', `The method ${method} needs a model that labels the lines. Choose one, or the method linked.`)
  }
  const card = model === 'default' ? (await listLibrary()).find(({ isDefault }) => isDefault) : (await findCard(model))?.card
  if (!card) throw new AuditweaveError('unknown-model', `There is no model "${model}". Open Models for those there are, or choose none for links alone.`)
  return card
}
