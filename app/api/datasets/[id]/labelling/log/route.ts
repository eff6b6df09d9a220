import { requireDataset } from '@/lib/store/datasets'
import { readLabellingLog } from '@/lib/store/labelling/log'
import { idParams } from '../../../../contracts'
import { handle } from '../../../../handle'

/** The log in columns. A browser that has this version already is told so, and loads nothing. */
export const GET = handle({ params: idParams }, async ({ params, request }) => {
  const dataset = await requireDataset(params.id)
  const etag = `"${dataset.id}-${dataset.version}-${encodeURIComponent(dataset.name)}"`
  const headers = { etag, 'cache-control': 'private, no-cache' }
  if (dataset.state === 'ready' && request.headers.get('if-none-match')?.replace(/^W\//, '') === etag) return new Response(null, { status: 304, headers })
  return Response.json(await readLabellingLog(dataset.id), { headers })
})
