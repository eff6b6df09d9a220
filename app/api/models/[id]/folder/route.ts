import { zipSync } from 'fflate'
import { modelParams } from '../../../contracts'
import { handle } from '../../../handle'
import { modelFiles } from '../../library'

/** The model folder as one zip: model.json and weights.safetensors. */
export const GET = handle({ params: modelParams }, async ({ params }) => {
  const { manifest, weights } = await modelFiles(params.id)
  const zip = zipSync({ 'model.json': new TextEncoder().encode(manifest), 'weights.safetensors': new Uint8Array(await weights()) }, { level: 0 })
  return new Response(new Uint8Array(zip), { headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${params.id}.zip"`, 'cache-control': 'no-store' } })
})
