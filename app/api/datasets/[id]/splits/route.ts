import { PARTS } from '@/lib/labelling/dataset/splits/spec'
import { createSplit, deleteSplit, listSplits, requireSplit } from '@/lib/store/dataset-versions/splits'
import { requireDataset } from '@/lib/store/datasets'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'
import { splitBody, splitQuery } from '../dataset-contracts'

/** The splits, or with `split` the auditIDs of each part of one. */
export const GET = handle({ params: idParams, query: splitQuery }, async ({ params, query }) => {
  const { id } = await requireDataset(params.id)
  if (query.split === '') return { splits: await listSplits(id) }
  const { partOf, parts: _, ...summary } = await requireSplit(id, query.split)
  return { ...summary, requests: Object.fromEntries(PARTS.map((part, i) => [part, [...partOf].flatMap(([auditID, at]) => (at === i ? auditID : []))])) }
})

export const POST = handle({ params: idParams, body: splitBody, role: 'reviewer' }, ({ params, body: { version, ...plan }, who }) => createSplit(params.id, { ...plan, ...(version === undefined ? {} : { version }) }, who.name))

export const DELETE = handle({ params: idParams, query: splitQuery, role: 'reviewer' }, async ({ params, query }) => {
  const { id } = await requireDataset(params.id)
  await deleteSplit(id, query.split)
  return { ok: true }
})
