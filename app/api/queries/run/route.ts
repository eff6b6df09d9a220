import { isAuditweaveError } from '@/lib/audit/errors'
import { asker } from '@/lib/jobs/asking/asker'
import type { Ask, Said } from '@/lib/jobs/asking/messages'
import { requireReconstruction } from '@/lib/store/reconstructions'
import { handle } from '../../handle'
import { runBody } from '../contracts'
import { bytesOf } from '../stream'

/** Answers a query with JSON lines (`QueryMessage`): how far the reading is, the plan, the histogram, facets, answers in blocks, and the end. */
export const POST = handle({ body: runBody, role: 'annotator' }, async ({ body, request }) => {
  const { reconstruction = null } = body
  const datasetId = body.dataset ?? (await requireReconstruction(reconstruction ?? '')).datasetId
  const said = asker().ask({ kind: 'run', log: { datasetId, reconstructionId: reconstruction }, text: body.text, of: body.of, nowIs: body.now, from: body.cursor, limit: body.limit } satisfies Ask, request.signal)
  const first = await said.next()
  return new Response(bytesOf(lines(first, said)), { headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' } })
})

/** A fault that comes before the first message is the response's; a later one is a message. */
async function* lines(first: IteratorResult<Said>, rest: AsyncGenerator<Said>): AsyncGenerator<string> {
  try {
    if (!first.done) yield `${JSON.stringify(first.value)}\n`
    for await (const said of rest) yield `${JSON.stringify(said)}\n`
  } catch (error) {
    if (!isAuditweaveError(error)) console.error(error)
    const fault = isAuditweaveError(error) ? { code: error.code, message: error.message } : { code: 'internal', message: 'The query failed for a reason that the server\'s log has.' }
    yield `${JSON.stringify({ kind: 'failed', fault })}\n`
  }
}
