import { safeJson } from '@/lib/contexts/visible-text'
import { exportedRecords } from '@/lib/store/contexts/export-records'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { idParams } from '../../../contracts'
import { handle } from '../../../handle'

/** Every line with its role, label, context and links as they stand, corrections said, as JSON lines. */
export const GET = handle({ params: idParams, role: 'reviewer' }, async ({ params }) => {
  const { id, datasetName } = await requireReconstruction(params.id)
  const encoder = new TextEncoder()
  const batches = exportedRecords(id)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await batches.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value.map((record) => `${safeJson(record)}\n`).join('')))
    },
    cancel: () => void batches.return(undefined),
  })
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'content-disposition': `attachment; filename="${datasetName.replace(/[^\w.-]/g, '_')}-${id}.jsonl"`, 'cache-control': 'no-store' } })
})
