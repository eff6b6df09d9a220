import { datasetCardSchema } from '@/lib/labelling/dataset/card'
import { exportCard, readCard, writeCard } from '@/lib/store/dataset-versions/about'
import { requireDataset } from '@/lib/store/datasets'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { attachment } from '../attachment'
import { cardQuery } from '../dataset-contracts'

export const GET = handle({ params: idParams, query: cardQuery }, async ({ params, query }) => {
  const dataset = await requireDataset(params.id)
  if (query.format === 'json') return readCard(dataset.id)
  return new Response(await exportCard(dataset.id), { headers: attachment(`${dataset.name}.card.md`, 'text/markdown; charset=utf-8') })
})

/** Answers what the card said before, for taking the change back. */
export const PUT = handle({ params: idParams, body: datasetCardSchema, role: 'reviewer' }, async ({ params, body }) => {
  const { id } = await requireDataset(params.id)
  return { before: await writeCard(id, body) }
})
