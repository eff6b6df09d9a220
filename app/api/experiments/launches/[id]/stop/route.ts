import { requireExperiment, stopExperiment } from '@/lib/store/experiments'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'

export const POST = handle({ params: idParams }, async ({ params }) => {
  const { id } = await requireExperiment(params.id)
  await stopExperiment(id)
  return { ok: true }
})
