import { modelParams } from '../../../contracts'
import { handle } from '../../../handle'
import { modelFiles } from '../../library'

export const GET = handle({ params: modelParams }, async ({ params }) => {
  const { manifest } = await modelFiles(params.id)
  return new Response(manifest, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } })
})
