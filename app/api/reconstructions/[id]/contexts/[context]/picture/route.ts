import { readPicture } from '@/lib/store/contexts/picture'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { handle } from '../../../../../handle'
import { contextParams } from '../../../contracts'

/** One context with its lines as columns, without bodies. `x-revision` is what corrections name as seen. */
export const GET = handle({ params: contextParams }, async ({ params }) => {
  await requireReconstruction(params.id)
  const { picture, revision } = await readPicture(params.id, params.context)
  return Response.json(picture, { headers: { 'x-revision': String(revision), 'cache-control': 'private, no-cache' } })
})
