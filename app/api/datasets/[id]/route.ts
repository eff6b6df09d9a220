import { deleteDataset, requireDataset } from '@/lib/store/datasets'
import { idParams } from '../../contracts'
import { handle } from '../../handle'

export const GET = handle({ params: idParams }, async ({ params }) => requireDataset(params.id))

export const DELETE = handle({ params: idParams }, async ({ params }) => {
  await deleteDataset(params.id)
  return { ok: true }
})
