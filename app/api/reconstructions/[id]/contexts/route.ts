import { foundRows } from '@/lib/store/contexts/found-rows'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { wireContexts } from '@/components/contexts/contexts-wire'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'

/** All contexts as columns, up to 200,000. A browser that has this revision already is told so, and loads nothing. */
export const GET = handle({ params: idParams }, async ({ params, request }) => {
  const { id, state, revision } = await requireReconstruction(params.id)
  const headers = { etag: `"${id}-${state}-${revision}"`, 'cache-control': 'private, no-cache' }
  if (request.headers.get('if-none-match')?.replace(/^W\//, '') === headers.etag) return new Response(null, { status: 304, headers })
  const { rows, total } = await foundRows(id)
  // The server packs it where the asker takes that.
  return Response.json(wireContexts(rows, revision, total), { headers })
})
