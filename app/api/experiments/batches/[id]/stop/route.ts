import { stopBatch } from '@/lib/jobs/queue'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'

export const POST = handle({ params: idParams }, async ({ params }) => {
  await stopBatch(params.id)
  return { ok: true }
})
