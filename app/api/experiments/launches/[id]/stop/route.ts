import { stopExperiment } from '@/lib/store/experiments'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'

export const POST = handle({ params: idParams }, async ({ params }) => {
  await stopExperiment(params.id)
  return { ok: true }
})
