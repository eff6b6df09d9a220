import { modelParams } from '../../../contracts'
import { handle } from '../../../handle'
import { modelFiles } from '../../library'

export const GET = handle({ params: modelParams }, async ({ params }) => {
  const { weights } = await modelFiles(params.id)
  return new Response(new Uint8Array(await weights()), { headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' } })
})
