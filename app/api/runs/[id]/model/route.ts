import { zipSync } from 'fflate'
import { AuditweaveError } from '@/lib/audit/errors'
import { findModel, modelWeights } from '@/lib/store/models'
import { requireRun } from '@/lib/store/runs'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'

/** The run's model folder as one zip: model.json and weights.safetensors. */
export const GET = handle({ params: idParams }, async ({ params }) => {
  const run = await requireRun(params.id)
  const model = run.models[0] ? await findModel(run.models[0].id) : null
  if (!model) throw new AuditweaveError('unknown-model', `Run ${run.number} has no model yet. It is written when the run is done.`)
  const files = { 'model.json': new TextEncoder().encode(`${JSON.stringify(model.manifest, null, 2)}\n`), 'weights.safetensors': await modelWeights(model.id) }
  const zip = zipSync(files, { level: 0 })
  return new Response(new Uint8Array(zip), { headers: { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="run-${run.number}-model.zip"`, 'cache-control': 'no-store' } })
})
