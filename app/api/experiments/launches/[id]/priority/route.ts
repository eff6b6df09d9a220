import { prioritise } from '@/lib/jobs/queue'
import { idParams, priorityBody } from '../../../../contracts'
import { handle } from '../../../../handle'

export const POST = handle({ params: idParams, body: priorityBody }, async ({ params, body }) => {
  await prioritise(params.id, body.priority)
  return { ok: true }
})
