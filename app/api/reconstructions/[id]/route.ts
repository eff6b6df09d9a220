import { deleteReconstruction, requireReconstruction } from '@/lib/store/reconstructions'
import { idParams } from '../../contracts'
import { handle } from '../../handle'

export const GET = handle({ params: idParams }, async ({ params }) => requireReconstruction(params.id))

/** Goes with its contexts and what people corrected in them. */
export const DELETE = handle({ params: idParams }, async ({ params }) => {
  await deleteReconstruction(params.id)
  return { deleted: params.id }
})
