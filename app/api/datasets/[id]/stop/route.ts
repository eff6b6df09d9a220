import { stopImport } from '@/lib/jobs/queue'
import { requireDataset } from '@/lib/store/datasets'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'

export const POST = handle({ params: idParams }, async ({ params }) => {
  const { id } = await requireDataset(params.id)
  await stopImport(id)
  return { ok: true }
})
