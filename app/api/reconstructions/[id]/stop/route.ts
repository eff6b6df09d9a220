import { stopReconstruction } from '@/lib/jobs/queue'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'

export const POST = handle({ params: idParams }, async ({ params }) => {
  await stopReconstruction(params.id)
  return { stopped: params.id }
})
